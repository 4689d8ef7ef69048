/** Things as a tree, by kind or by network, as the rows of it that are open. Pure. */
import type {PageThing} from '../data.ts';
import {textsOf} from '../../shape/select/facts.ts';
import {kindWords, labelOf} from './words.ts';
import type {Project} from './project.ts';

export type Grouping = 'kind' | 'network';

/** A branch, or a thing; networks are both. */
export interface Twig {
  /** Path in the tree: a thing may stand in several places. */
  readonly id: string;
  readonly label: string;
  readonly thing?: PageThing;
  readonly twigs: readonly Twig[];
}

/** A row of the list as it is shown. */
export interface TreeRow {
  readonly twig: Twig;
  readonly level: number;
  /** Among its siblings, from 1. */
  readonly place: number;
  readonly siblings: number;
  /** Undefined for what has nothing below it. */
  readonly open: boolean | undefined;
  /** Id of the row that it is below. */
  readonly parent: string | undefined;
}

export function treeOf(project: Project, grouping: Grouping, shown: ReadonlySet<string>): readonly Twig[] {
  const things = project.data.things.filter(({key}) => shown.has(key));
  return grouping === 'kind' ? byKind(things, '') : byNetwork(project, things);
}

function leaf(thing: PageThing, path: string): Twig {
  return {id: `${path}/${thing.key}`, label: labelOf(thing), thing, twigs: []};
}

function byKind(things: readonly PageThing[], path: string): readonly Twig[] {
  const kinds = new Map<string, PageThing[]>();
  for (const thing of things) {
    const own = kinds.get(thing.kind);
    if (own === undefined) kinds.set(thing.kind, [thing]);
    else own.push(thing);
  }
  return [...kinds].map(([kind, own]) => {
    const id = `${path}/${kind}`;
    return {id, label: kindWords(kind), twigs: own.map(thing => leaf(thing, id))};
  });
}

function byNetwork({nodes, scope, byKey}: Project, things: readonly PageThing[]): readonly Twig[] {
  const on = new Map<string, PageThing[]>();
  const nowhere: PageThing[] = [];
  for (const thing of things) {
    const node = nodes.get(thing.key);
    const keys =
      node === undefined
        ? []
        : textsOf(node, 'network', undefined, scope)
            .map(id => `network:${id}`)
            .filter(key => byKey.has(key));
    if (keys.length === 0) nowhere.push(thing);
    for (const key of new Set(keys)) {
      const own = on.get(key);
      if (own === undefined) on.set(key, [thing]);
      else own.push(thing);
    }
  }
  const networks = [...on].flatMap(([key, own]): Twig[] => {
    const network = byKey.get(key);
    if (network === undefined) return [];
    const others = own.filter(thing => thing !== network);
    return [{id: `/${key}`, label: labelOf(network), thing: network, twigs: byKind(others, `/${key}`)}];
  });
  if (nowhere.length === 0) return networks;
  return [...networks, {id: '/-', label: 'on no network', twigs: byKind(nowhere, '/-')}];
}

/** How many things are below, each place counted. */
export function size({twigs}: Twig): number {
  return twigs.reduce((sum, twig) => sum + (twig.twigs.length > 0 ? size(twig) : 1), 0);
}

export function rowsOf(tree: readonly Twig[], open: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (twigs: readonly Twig[], level: number, parent: string | undefined): void => {
    for (const [index, twig] of twigs.entries()) {
      const isOpen = twig.twigs.length === 0 ? undefined : open.has(twig.id);
      rows.push({twig, level, place: index + 1, siblings: twigs.length, open: isOpen, parent});
      if (isOpen === true) walk(twig.twigs, level + 1, twig.id);
    }
  };
  walk(tree, 1, undefined);
  return rows;
}

/** The branches that lead to the thing's first place. */
export function pathTo(tree: readonly Twig[], key: string): readonly string[] | undefined {
  for (const {id, thing, twigs} of tree) {
    if (thing?.key === key) return [id];
    const below = pathTo(twigs, key);
    if (below !== undefined) return [id, ...below];
  }
  return undefined;
}
