/** Where lanes and boxes stand: lanes side by side, boxes in rows between them, legs straight across. Pure. */
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

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly lanes: readonly PlacedLane[];
  readonly crowds: readonly PlacedCrowd[];
}

/** Columns are the gaps right of each lane; what touches no lane has one of its own, left of all. */
export function layoutOf(lanes: readonly Lane[], crowds: readonly Crowd[]): Layout {
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
    const from = touched.length === 0 ? -1 : Math.min(...touched);
    const to = touched.length === 0 ? -1 : Math.max(from, Math.max(...touched) - 1);
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
  // Left edges of the lanes; before the first, the column of what touches none.
  const lefts = new Map<number, number>([[-1, sizes.margin]]);
  let x = sizes.margin + (boxes.has(-1) ? sizes.step : 0);
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
  return lanes.length === 0 ? 0 : Math.min(...lanes) - Math.max(...lanes);
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
