/** Which things of a project are meant, with what they need. Pure, and without the registry: the page runs it too. */
import type {Graph, Node, Place} from '../../model/graph.ts';
import {RekindleError} from '../../model/errors.ts';
import {leftOut, type Shape} from '../../model/shape.ts';
import {closure, excludedWith, isSelectable, said, worldOf, type Reasons, type Selection} from './closure.ts';
import {testOf} from './match.ts';
import {refuseEmpty} from './misses.ts';
import {parseSelection} from './parse.ts';
import {printSelection} from './print.ts';
import type {Lookup, World} from './rules.ts';

export interface SelectOptions {
  /** A term that nothing fits is no error: the rows are not those it was written for. */
  readonly lenient?: boolean | undefined;
}

/** What is chosen from. */
export interface Choice {
  readonly graph: Pick<Graph, 'nodes'>;
  readonly scope: Lookup;
  /** All that a term can ask for. */
  readonly kinds: readonly string[];
}

/**
 * @throws RekindleError 'usage' for a term that can't be read, or that nothing fits
 */
export function choose(
  choice: Choice,
  {select: wanted, exclude}: Pick<Shape, 'select' | 'exclude'>,
  options: SelectOptions = {},
): Selection {
  const {graph, scope} = choice;
  const chosen =
    wanted === undefined
      ? everything(graph)
      : fitting(choice, {text: wanted, option: '--select', verb: 'selected'}, options);
  const matched =
    exclude === undefined
      ? new Map<string, string>()
      : fitting(choice, {text: exclude, option: '--exclude', verb: 'excluded'}, options);
  const selection = selectionOf(worldOf(graph, scope), chosen, matched);
  if (options.lenient !== true) refuseNothing(selection.inside, graph.nodes, wanted);
  return selection;
}

/** Where nobody selected: what is not excluded is in. */
export function everything({nodes}: Choice['graph']): Reasons {
  return new Map([...nodes.values()].filter(isSelectable).map(({key}) => [key, 'everything is in'] as const));
}

/**
 * The things that an expression fits, with the term that does.
 * @throws RekindleError 'usage' for a term that can't be read, or that nothing fits
 */
export function fitting(
  {graph, scope, kinds}: Choice,
  {text, option, verb}: {readonly text: string; readonly option: string; readonly verb: string},
  {lenient = false}: SelectOptions = {},
): Reasons {
  const nodes = [...graph.nodes.values()].filter(isSelectable);
  const expression = parseSelection(text, kinds);
  if (!lenient) refuseEmpty(expression, option, nodes, {graph, scope});
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
}

/**
 * @param chosen What is selected by itself, with why, in the graph's order.
 * @param matched What is excluded by itself, likewise.
 */
export function selectionOf(world: World, chosen: Reasons, matched: Reasons): Selection {
  const {graph} = world;
  const excluded = excludedWith(matched, world);
  const reasons = closure(chosen, excluded, world);
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
