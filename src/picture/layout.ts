/**
 * Where lanes and boxes stand: lanes side by side, boxes in rows between them, legs straight across; what is too wide for
 * a screen goes on below, where no leg is cut. Pure.
 */
import type {Crowd} from './alike.ts';
import type {Lane} from './scene-types.ts';

/** All in pixels of an unscaled drawing. */
export const sizes = {
  margin: 24,
  lane: 14,
  /** From one lane to the next; less where no box stands between them. */
  step: 340,
  narrow: 130,
  box: {width: 150, height: 44},
  /** From one row to the next. */
  row: 66,
  /** Of the lanes' names above them. */
  head: 56,
  /** A drawing is no wider, unless its legs are. */
  widest: 2400,
} as const;

export interface PlacedLane {
  readonly lane: Lane;
  /** Of its left edge. */
  readonly x: number;
}

export interface Leg {
  readonly lane: number;
  readonly nic: number;
  readonly y: number;
}

export interface PlacedCrowd {
  readonly crowd: Crowd;
  /** Of its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly legs: readonly Leg[];
}

/** One band of the drawing, by itself. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly lanes: readonly PlacedLane[];
  readonly crowds: readonly PlacedCrowd[];
}

/** A box with legs, by the places of its lanes. */
interface Span {
  readonly crowd: Crowd;
  readonly on: readonly {readonly lane: number; readonly nic: number}[];
  readonly from: number;
  readonly to: number;
}

/** Bands, one below the other; the last has what touches no lane. */
export function layoutsOf(lanes: readonly Lane[], crowds: readonly Crowd[]): readonly Layout[] {
  const index = new Map(lanes.map(({key}, at) => [key, at]));
  const alone: Crowd[] = [];
  const spans: Span[] = [];
  for (const crowd of crowds) {
    const on = crowd.first.nics.flatMap(({lane: key}, nic) => {
      const lane = index.get(key);
      return lane === undefined ? [] : [{lane, nic}];
    });
    const touched = on.map(({lane}) => lane);
    if (touched.length === 0) alone.push(crowd);
    else spans.push({crowd, on, from: Math.min(...touched), to: Math.max(...touched)});
  }
  const lefts = leftsOf(lanes.length, spans);
  const bands: Layout[] = [];
  for (let from = 0; from < lanes.length;) {
    const left = lefts[from] ?? 0;
    let end = lanes.length;
    for (let to = lanes.length - 1; to > from; to -= 1) {
      if (spans.some(span => span.from < to && span.to >= to)) continue;
      if ((lefts[end] ?? 0) - left + 2 * sizes.margin <= sizes.widest) break;
      end = to;
    }
    bands.push(bandOf(lanes, spans, lefts, from, end));
    from = end;
  }
  return alone.length === 0 ? bands : [...bands, gridOf(alone)];
}

/** Left edges of all lanes side by side, and where the last one's column ends. */
function leftsOf(lanes: number, spans: readonly Span[]): readonly number[] {
  // A box stands in the column right of its first lane.
  const boxes = new Set(spans.map(({from}) => from));
  const lefts = [0];
  for (let at = 0; at < lanes; at += 1)
    lefts.push((lefts[at] ?? 0) + (boxes.has(at) ? sizes.step : sizes.narrow));
  return lefts;
}

/** Boxes without legs, as many in a row as have room. */
function gridOf(crowds: readonly Crowd[]): Layout {
  const across = sizes.box.width + sizes.margin;
  const inRow = Math.floor(sizes.widest / 2 / across);
  const rows = Math.ceil(crowds.length / inRow);
  return {
    width: 2 * sizes.margin + Math.min(crowds.length, inRow) * across,
    height: 2 * sizes.margin + rows * sizes.row,
    top: sizes.margin,
    lanes: [],
    crowds: crowds.map((crowd, at) => ({
      crowd,
      x: sizes.margin + (at % inRow) * across,
      y: sizes.margin + Math.floor(at / inRow) * sizes.row,
      height: sizes.box.height,
      legs: [],
    })),
  };
}

/** The lanes from one up to another, which no leg crosses. Columns are the gaps right of each lane. */
function bandOf(
  lanes: readonly Lane[],
  spans: readonly Span[],
  lefts: readonly number[],
  first: number,
  end: number,
): Layout {
  const top = sizes.margin + sizes.head;
  const xOf = (lane: number): number => sizes.margin + (lefts[lane] ?? 0) - (lefts[first] ?? 0);
  const inside = (sizes.step - sizes.lane - sizes.box.width) / 2;
  /** First free row of each column; a leg that crosses a column takes its row there. */
  const free = new Map<number, number>();
  const placed: PlacedCrowd[] = [];
  // Wide ones first: what is narrow fits into the rows that they leave.
  const own = spans.filter(({from, to}) => from >= first && to < end);
  for (const {crowd, on, from, to} of own.sort((a, b) => a.from - a.to - (b.from - b.to))) {
    const columns = Array.from({length: Math.max(1, to - from)}, (_, at) => from + at);
    const row = Math.max(...columns.map(column => free.get(column) ?? 0));
    // Legs on one lane stand one below the other.
    const counts = countsOf(on);
    const rows = Math.ceil(Math.max(...counts.values()) / 2);
    for (const column of columns) free.set(column, row + rows);
    const y = top + row * sizes.row;
    const height = sizes.box.height + (rows - 1) * sizes.row;
    const legs = legsOf(on, counts, y, height).map(leg => Object.assign(leg, {lane: leg.lane - first}));
    placed.push({crowd, x: xOf(from) + sizes.lane + inside, y, height, legs});
  }
  return {
    width: xOf(end) + sizes.margin,
    height: top + Math.max(1, ...free.values()) * sizes.row + sizes.margin,
    top,
    lanes: lanes.slice(first, end).map((lane, at) => ({lane, x: xOf(first + at)})),
    crowds: placed,
  };
}

function countsOf(on: Span['on']): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const {lane} of on) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  return counts;
}

/** Spread over the height of the box, those of each lane by themselves. */
function legsOf(on: Span['on'], counts: ReadonlyMap<number, number>, y: number, height: number): Leg[] {
  const before = new Map<number, number>();
  return on.map(({lane, nic}) => {
    const nth = (before.get(lane) ?? 0) + 1;
    before.set(lane, nth);
    return {lane, nic, y: y + (nth * height) / ((counts.get(lane) ?? 1) + 1)};
  });
}
