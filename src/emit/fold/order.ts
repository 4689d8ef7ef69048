/** Which number each member has: the one it had, else by its name, else by age. Pure. */
import type {EarlierBundle} from '../../model/bundle.ts';
import type {Numbered} from './group.ts';
import type {Siblings, Whole} from './siblings.ts';

/** In the order of their numbers. */
export function numbered(siblings: Siblings, whole: Whole, earlier: EarlierBundle | undefined): Numbered {
  const {places, highest} = placesBefore(earlier);
  const taken = new Set<number>();
  const kept = new Map<string, number>();
  let next = 0;
  for (const {server} of siblings) {
    const place = places.get(server);
    if (place === undefined || taken.has(place.index)) continue;
    taken.add(place.index);
    kept.set(server, place.index);
    // The number of one that is gone is nobody else's: Heat would make the new one of the old.
    next = Math.max(next, (highest.get(place.group) ?? 0) + 1);
  }
  const byName = kept.size === 0 ? namesCount(siblings, whole) : undefined;
  return siblings
    .map((member, age) => ({member, index: kept.get(member.server) ?? byName?.[age] ?? next++}))
    .sort((a, b) => a.index - b.index);
}

interface Before {
  /** By server. */
  readonly places: ReadonlyMap<string, {readonly group: string; readonly index: number}>;
  /** Highest number by group, gone or not. */
  readonly highest: ReadonlyMap<string, number>;
}

function placesBefore(earlier: EarlierBundle | undefined): Before {
  const places = new Map<string, {readonly group: string; readonly index: number}>();
  const highest = new Map<string, number>();
  const folds = new Set((earlier?.report.folds ?? []).map(({name}) => name));
  for (const {name, kind, id} of earlier?.report.resources ?? []) {
    const [, group = '', digits = ''] = /^([^.]+)\.(\d{1,6})\.[^.]+$/.exec(name) ?? [];
    if (kind !== 'server' || !folds.has(group)) continue;
    const index = Number(digits);
    places.set(`${kind}:${id}`, {group, index});
    highest.set(group, Math.max(highest.get(group) ?? 0, index));
  }
  return {places, highest};
}

/** The numbers in `web-0`, `web-1`, …, if they count from 0; undefined where they don't. */
function namesCount(siblings: Siblings, {graph}: Whole): readonly number[] | undefined {
  const names = siblings.map(({server}) =>
    /^(.*?)(0|[1-9]\d{0,5})(\D*)$/s.exec(graph.nodes.get(server)?.name ?? ''),
  );
  const [first] = names;
  const numbers = names.map(found =>
    found?.[1] === first?.[1] && found?.[3] === first?.[3] ? Number(found?.[2]) : Number.NaN,
  );
  const isCount = [...numbers].sort((a, b) => a - b).every((number, index) => number === index);
  return isCount ? numbers : undefined;
}
