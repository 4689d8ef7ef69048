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

/** Bands, one below the other; the last has what touches no lane. */
export function layoutsOf(lanes: readonly Lane[], crowds: readonly Crowd[]): readonly Layout[] {
  const index = new Map(lanes.map(({key}, at) => [key, at]));
  const alone: Crowd[] = [];
  const spans: {readonly crowd: Crowd; readonly from: number; readonly to: number}[] = [];
  for (const crowd of crowds) {
    const touched = crowd.first.nics.flatMap(({lane}) => index.get(lane) ?? []);
    if (touched.length === 0) alone.push(crowd);
    else spans.push({crowd, from: Math.min(...touched), to: Math.max(...touched)});
  }
  const bands: Layout[] = [];
  let from = 0;
  while (from < lanes.length) {
    let made: {readonly to: number; readonly layout: Layout} | undefined;
    for (let to = from + 1; to <= lanes.length; to += 1) {
      if (spans.some(span => span.from < to && span.to >= to)) continue;
      const own = spans.filter(span => span.from >= from && span.to < to).map(({crowd}) => crowd);
      const layout = layoutOf(lanes.slice(from, to), own);
      if (made !== undefined && layout.width > sizes.widest) break;
      made = {to, layout};
    }
    if (made === undefined) break;
    bands.push(made.layout);
    from = made.to;
  }
  return alone.length === 0 ? bands : [...bands, gridOf(alone)];
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

/** Columns are the gaps right of each lane. */
function layoutOf(lanes: readonly Lane[], crowds: readonly Crowd[]): Layout {
  const index = new Map(lanes.map(({key}, at) => [key, at]));
  const top = sizes.margin + sizes.head;
  /** First free row of each column; a leg that crosses a column takes its row there. */
  const free = new Map<number, number>();
  /** Columns with a box in them. */
  const boxes = new Set<number>();
  const placed: (Omit<PlacedCrowd, 'x'> & {readonly column: number})[] = [];
  for (const crowd of [...crowds].sort((a, b) => spanOf(a, index) - spanOf(b, index))) {
    const on = crowd.first.nics
      .map(({lane}, nic) => ({lane: index.get(lane) ?? -1, nic}))
      .filter(({lane}) => lane >= 0);
    const touched = on.map(({lane}) => lane);
    const from = Math.min(...touched);
    const to = Math.max(from, Math.max(...touched) - 1);
    const columns = Array.from({length: to - from + 1}, (_, at) => from + at);
    const row = Math.max(...columns.map(column => free.get(column) ?? 0));
    // Legs on one lane stand one below the other.
    const most = Math.max(1, ...countsOf(touched));
    const rows = Math.max(1, Math.ceil(most / 2));
    for (const column of columns) free.set(column, row + rows);
    const y = top + row * sizes.row;
    const height = sizes.box.height + (rows - 1) * sizes.row;
    boxes.add(from);
    placed.push({column: from, crowd, y, height, legs: legsOf(on, y, height)});
  }
  const lefts = new Map<number, number>();
  let x: number = sizes.margin;
  for (const at of lanes.keys()) {
    lefts.set(at, x);
    x += boxes.has(at) ? sizes.step : sizes.narrow;
  }
  const inside = (sizes.step - sizes.lane - sizes.box.width) / 2;
  return {
    width: x + sizes.margin,
    height: top + Math.max(1, ...free.values()) * sizes.row + sizes.margin,
    top,
    lanes: lanes.map((lane, at) => ({lane, x: lefts.get(at) ?? 0})),
    crowds: placed.map(({column, ...one}) =>
      Object.assign(one, {x: (lefts.get(column) ?? 0) + sizes.lane + inside}),
    ),
  };
}

/** Wide ones first: what is narrow fits into the rows that they leave. */
function spanOf({first}: Crowd, index: ReadonlyMap<string, number>): number {
  const lanes = first.nics.flatMap(({lane}) => index.get(lane) ?? []);
  return Math.min(...lanes) - Math.max(...lanes);
}

function countsOf(lanes: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const lane of lanes) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  return [...counts.values()];
}

/** Spread over the height of the box, those of each lane by themselves. */
function legsOf(
  on: readonly {readonly lane: number; readonly nic: number}[],
  y: number,
  height: number,
): readonly Leg[] {
  const counts = new Map<number, number>();
  const all = new Map<number, number>();
  for (const {lane} of on) all.set(lane, (all.get(lane) ?? 0) + 1);
  return on.map(({lane, nic}) => {
    const before = counts.get(lane) ?? 0;
    counts.set(lane, before + 1);
    return {lane, nic, y: y + ((before + 1) * height) / ((all.get(lane) ?? 1) + 1)};
  });
}
