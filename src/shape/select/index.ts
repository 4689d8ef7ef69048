/** Which things of a project are meant (`select`, `exclude`), with what they need: what is left out is cut from the graph. */
import type {Node, Place} from '../../model/graph.ts';
import {RekindleError} from '../../model/errors.ts';
import {leftOut, type Shape} from '../../model/shape.ts';
import type {Related} from '../../relate/index.ts';
import {registry} from '../../resources/index.ts';
import {closure, excludedWith, isSelectable, said, worldOf, type Reasons, type Selection} from './closure.ts';
import type {Expression} from './expression.ts';
import {testOf} from './match.ts';
import {refuseEmpty} from './misses.ts';
import {parseSelection} from './parse.ts';
import {printSelection} from './print.ts';

export type {Selection} from './closure.ts';
export {explain, type Explained} from './explain.ts';

export interface SelectOptions {
  /** A term that nothing fits is no error: the rows are not those it was written for. */
  readonly lenient?: boolean | undefined;
}

const kinds = registry.filter(({heat}) => heat !== undefined).map(({kind}) => kind);

/** @throws RekindleError 'usage': one sentence with the column */
export function readSelection(text: string): Expression {
  return parseSelection(text, kinds);
}

/** The text in its one form. @throws RekindleError 'usage' */
export function canonicalSelection(text: string): string {
  return printSelection(readSelection(text));
}

/**
 * @param related The whole project.
 * @throws RekindleError 'usage' for a term that can't be read, or that nothing fits
 */
export function select(
  related: Related,
  {select: wanted, exclude}: Pick<Shape, 'select' | 'exclude'>,
  {lenient = false}: SelectOptions = {},
): Selection {
  const {graph, scope} = related;
  const nodes = [...graph.nodes.values()].filter(isSelectable);
  const matching = (text: string, option: string, verb: string): Reasons => {
    const expression = readSelection(text);
    if (!lenient) refuseEmpty(expression, option, nodes, related);
    const branches = (expression.is === 'or' ? expression.of : [expression]).map(branch => ({
      fits: testOf(branch, scope),
      why: `${verb} by ${printSelection(branch)}`,
    }));
    return new Map(
      nodes.flatMap(node => {
        const found = branches.find(({fits}) => fits(node));
        return found === undefined ? [] : [[node.key, found.why] as const];
      }),
    );
  };
  const chosen =
    wanted === undefined
      ? new Map(nodes.map(({key}) => [key, 'everything is in'] as const))
      : matching(wanted, '--select', 'selected');
  const world = worldOf(graph, scope);
  const matched: Reasons = exclude === undefined ? new Map() : matching(exclude, '--exclude', 'excluded');
  const excluded = excludedWith(matched, world);
  const reasons = closure(chosen, excluded, world);
  if (!lenient) refuseNothing(reasons, graph.nodes, wanted);

  const inside = new Map<string, string>();
  const outside = new Map<string, string>();
  const cut = new Map<string, Place>();
  const settled = new Map<string, Place>();
  for (const node of graph.nodes.values()) {
    const {key, place} = node;
    const why = reasons.get(key);
    if (why !== undefined) {
      const kept = matched.has(key) && !excluded.has(key);
      inside.set(key, kept ? `${why}; not excluded: its stack's own template makes it` : why);
    }
    // A stack too, which stands for what it owns.
    if (place.as === 'skipped') settled.set(key, place);
    else if (why === undefined) {
      cut.set(key, placeOutside(place, excluded.has(key), reasons));
      outside.set(key, excluded.get(key)?.why ?? leftOut.unselected);
    }
  }
  return {inside, outside, cut, settled};
}

/** Where a thing that is out stands. */
function placeOutside(place: Place, isExcluded: boolean, inside: Reasons): Place {
  const reason = isExcluded ? leftOut.excluded : leftOut.unselected;
  if (place.as === 'part' && inside.has(`${place.of.kind}:${place.of.id}`)) return {as: 'lost', reason};
  return place.as === 'existing' ? {as: 'skipped', reason, existing: true} : {as: 'skipped', reason};
}

function refuseNothing(inside: Reasons, nodes: ReadonlyMap<string, Node>, wanted: string | undefined): void {
  const here = [...inside.keys()].map(key => nodes.get(key)).filter(node => node !== undefined);
  if (here.some(({place}) => place.as !== 'skipped') || nodes.size === 0) return;
  const [first] = here;
  throw new RekindleError('usage', 'The selection is empty: nothing of the project is in it', {
    hint:
      first?.place.as === 'skipped'
        ? `${said(first)}: ${first.place.reason}`
        : wanted === undefined
          ? 'everything is excluded'
          : 'each of its terms fits something, but nothing fits all of them, or all that does is excluded',
  });
}
