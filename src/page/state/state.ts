/** What somebody looks at, and what follows from it. Each part is made again only where what it is made of changed. Pure. */
import type {PageThing} from '../data.ts';
import {chosenBy, type Choosing, type Written} from './choice.ts';
import {filterOf, unfiltered, type Filters} from './filter.ts';
import type {Project} from './project.ts';
import {finder, haystack, ranked} from './search.ts';
import {treeOf, type Grouping, type Twig} from './tree.ts';

export interface State {
  readonly query: string;
  readonly filters: Filters;
  readonly written: Written;
  /** Keys of what the panel tells of: one thing, or the members of a box. */
  readonly told: readonly string[];
  /** How often somebody asked to go to the panel. */
  readonly entered: number;
  readonly grouping: Grouping;
  /** Branches of the list that are open. */
  readonly open: ReadonlySet<string>;
  /** The list's row that has the focus, or would. */
  readonly active: string;
}

export const firstState: State = {
  query: '',
  filters: unfiltered,
  written: {select: '', exclude: ''},
  told: [],
  entered: 0,
  grouping: 'kind',
  open: new Set(),
  active: '',
};

export interface View {
  readonly state: State;
  /** Keys of what fits the filters and the words that somebody looks for. */
  readonly shown: ReadonlySet<string>;
  /** What the words fit among it, the best first; undefined where there are none. */
  readonly hits: readonly PageThing[] | undefined;
  readonly choosing: Choosing;
  readonly tree: readonly Twig[];
}

/** @returns a function from a state to its view, which remembers the last one */
export function viewer(project: Project): (state: State) => View {
  const {things} = project.data;
  let hays: readonly string[] | undefined;
  let last: View | undefined;
  return state => {
    const {query, filters, written, grouping} = state;
    const old = last?.state;
    let {shown, hits} = last ?? {};
    if (shown === undefined || old?.query !== query || old.filters !== filters) {
      const fits = filterOf(project, filters);
      const finds = finder(query);
      if (finds !== undefined) hays ??= things.map(haystack);
      const found = things.filter((thing, at) => fits(thing) && (finds?.(hays?.[at] ?? '') ?? true));
      shown = new Set(found.map(({key}) => key));
      hits = finds === undefined ? undefined : ranked(found, query);
    }
    const choosing =
      last !== undefined && old?.written === written ? last.choosing : chosenBy(project, written);
    const tree =
      last !== undefined && shown === last.shown && old?.grouping === grouping
        ? last.tree
        : treeOf(project, grouping, shown);
    last = {state, shown, hits, choosing, tree};
    return last;
  };
}
