/** Which nets move where, and every reason why one can't. Pure. */
import {cidrText, doOverlap, holds, order, type Cidr, type Span} from '../../model/cidr.ts';
import {RekindleError} from '../../model/errors.ts';
import type {Inventory} from '../../model/inventory.ts';
import type {Shift} from '../../model/ips.ts';
import {neighbourhoods, type SubnetPlace} from './subnets.ts';

/** Every address keeps its place in the net. */
export interface Move {
  readonly from: Cidr;
  /** Of the same size. */
  readonly to: Cidr;
}

/** Nets don't overlap, neither where they come from nor where they go. */
export class Moves {
  readonly #from: readonly Move[];
  readonly #to: readonly Move[];
  constructor(all: readonly Move[]) {
    this.#from = [...all].sort((a, b) => byNet(a.from, b.from));
    this.#to = [...all].sort((a, b) => byNet(a.to, b.to));
  }

  /** The move that takes all of it along. */
  of(span: Span): Move | undefined {
    const [move] = this.from(span);
    return move !== undefined && holds(move.from, span) ? move : undefined;
  }

  /** Moves away from there. */
  from(span: Span): readonly Move[] {
    return within(span, this.#from, ({from}) => from);
  }

  /** Moves to there. */
  to(span: Span): readonly Move[] {
    return within(span, this.#to, ({to}) => to);
  }

  /** Where the subnet's range will be. */
  placeOf(cidr: Cidr): Cidr {
    const move = this.of(cidr);
    if (move === undefined) return cidr;
    const [first, last] = [cidr.first, cidr.last].map(value => moved(value, move)) as [bigint, bigint];
    return {...cidr, first, last};
  }
}

/** Those whose net overlaps, by halving; the nets are sorted and apart. */
function within(span: Span, moves: readonly Move[], net: (move: Move) => Cidr): readonly Move[] {
  let [low, high] = [0, moves.length];
  const isBefore = (one: Cidr): boolean =>
    one.version < span.version || (one.version === span.version && one.last < span.first);
  while (low < high) {
    const middle = (low + high) >> 1;
    const move = moves[middle];
    if (move !== undefined && isBefore(net(move))) low = middle + 1;
    else high = middle;
  }
  let end = low;
  for (let move = moves[end]; move !== undefined && doOverlap(net(move), span); move = moves[end]) end += 1;
  return moves.slice(low, end);
}

export function moved(value: bigint, {from, to}: Move): bigint {
  return value - from.first + to.first;
}

/** @throws RekindleError 'usage' for what doesn't fit the project */
export function movesOf(
  inventory: Inventory,
  shifts: readonly Shift[],
  subnets: readonly SubnetPlace[],
): Moves {
  const own = subnets.filter(subnet => subnet.own);
  const named = shifts.flatMap(({from, to}) => (from === undefined ? [] : [namedMove(from, to, own)]));
  const rest = shifts.filter(({from}) => from === undefined).flatMap(({to}) => movesInto(to, own, named));
  checkApart([...named, ...rest]);
  const moves = new Moves([...named, ...rest]);
  checkNeighbours(moves, inventory, subnets);
  return moves;
}

function namedMove(from: Cidr, target: Cidr, own: readonly SubnetPlace[]): Move {
  const net = cidrText(from);
  const inside = own.filter(({cidr}) => holds(from, cidr));
  const across = own.find(({cidr}) => doOverlap(from, cidr) && !holds(from, cidr));
  if (across !== undefined)
    refuse(
      `${net} is only a part of the subnet ${JSON.stringify(across.label)}, which is ${cidrText(across.cidr)}`,
      `name the whole: shift=${cidrText(across.cidr)}=NET`,
    );
  if (inside.length === 0)
    refuse(`no subnet of the project's own is in ${net}`, `the project has ${listed(own)}`);
  return {from, to: placedIn(target, from)};
}

/** The bits behind the target's length stay: 10.10.3.0/24 goes to 10.50.3.0/24 in 10.50.0.0/16. */
function placedIn(target: Cidr, {version, prefix, first, last}: Cidr): Cidr {
  const size = target.last - target.first + 1n;
  const start = target.first + (first % size);
  return {version, prefix, first: start, last: start + last - first};
}

/** The moves of all own subnets that none of the named moves takes along. */
function movesInto(target: Cidr, own: readonly SubnetPlace[], named: readonly Move[]): readonly Move[] {
  const {version, prefix} = target;
  const all = own
    .map(({cidr}) => cidr)
    .filter(cidr => cidr.version === version && !named.some(({from}) => holds(from, cidr)));
  // What lies in another net moves with that.
  const nets: Cidr[] = [];
  for (const cidr of all.sort(byNet)) if (!holds(nets.at(-1), cidr)) nets.push(cidr);
  if (nets.length === 0)
    refuse(
      `the project has no IPv${version} subnet of its own to move into ${cidrText(target)}`,
      `it has ${listed(own)}`,
    );
  const size = target.last - target.first + 1n;
  const bases = new Set(nets.map(({first}) => first / size));
  if (bases.size === 1 && nets.every(net => net.prefix >= prefix))
    return nets.map(from => ({from, to: placedIn(target, from)}));
  // Largest first: then each starts where it may, and nothing is left between them.
  let next = target.first;
  return [...nets]
    .sort((a, b) => a.prefix - b.prefix || byNet(a, b))
    .map(from => {
      const to = {...from, first: next, last: next + from.last - from.first};
      next = to.last + 1n;
      if (to.last > target.last)
        refuse(
          `${cidrText(target)} is too small for the project's ${nets.length} IPv${version} nets`,
          `they are ${listed(nets.map(cidr => ({cidr, label: ''})))}`,
        );
      return {from, to};
    });
}

function checkApart(moves: readonly Move[]): void {
  const sorted = [...moves].sort((a, b) => byNet(a.to, b.to));
  for (const [index, one] of sorted.entries()) {
    const other = sorted[index + 1];
    if (other !== undefined && doOverlap(one.to, other.to))
      refuse(
        `${cidrText(one.from)} and ${cidrText(other.from)} would both be in ${cidrText(one.to.prefix < other.to.prefix ? one.to : other.to)}`,
        'give each a target of its own',
      );
  }
}

/** What stays must not be in the way of what moves beside it. */
function checkNeighbours(moves: Moves, inventory: Inventory, subnets: readonly SubnetPlace[]): void {
  const byId = new Map(subnets.map(subnet => [subnet.id, subnet]));
  const moving = new Set(subnets.filter(({own, cidr}) => own && moves.of(cidr) !== undefined));
  for (const {what, subnets: ids} of neighbourhoods(inventory, subnets)) {
    const here = [...ids].sort(order).flatMap(id => byId.get(id) ?? []);
    for (const subnet of here.filter(one => moving.has(one))) {
      const place = moves.placeOf(subnet.cidr);
      const taken = here.find(one => !moving.has(one) && doOverlap(one.cidr, place));
      if (taken !== undefined)
        refuse(
          `${cidrText(place)}, where ${cidrText(subnet.cidr)} goes, is taken: the subnet ${JSON.stringify(taken.label)} (${cidrText(taken.cidr)}) stays, ${what}`,
          'take another target, or move that subnet as well',
        );
    }
  }
}

/** Nets with the names of their subnets, as many as people read. */
function listed(subnets: readonly Pick<SubnetPlace, 'cidr' | 'label'>[]): string {
  const labels = new Map<string, string>();
  for (const {cidr, label} of [...subnets].sort((a, b) => byNet(a.cidr, b.cidr)))
    labels.set(cidrText(cidr), labels.get(cidrText(cidr)) ?? label);
  const all = [...labels].map(([cidr, label]) =>
    label === '' ? cidr : `${cidr} (${JSON.stringify(label)})`,
  );
  if (all.length === 0) return 'none';
  return `${all.slice(0, 8).join(', ')}${all.length > 8 ? ` and ${all.length - 8} more` : ''}`;
}

function byNet(a: Cidr, b: Cidr): number {
  return a.version - b.version || order(a.first, b.first) || a.prefix - b.prefix;
}

function refuse(what: string, how: string): never {
  throw new RekindleError('usage', `--ips shift: ${what}`, {hint: how});
}
