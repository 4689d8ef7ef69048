/** The one place where the page's state is; what is shown follows it, and changes it only through `update`. */
import type {PageThing} from '../data.ts';
import {canPick, rewritten, withNeeds} from '../state/choice.ts';
import type {Project} from '../state/project.ts';
import {firstState, viewer, type State, type View} from '../state/state.ts';
import {pathTo} from '../state/tree.ts';

type Listener = (view: View, last: View | undefined) => void;

export class Store {
  readonly project: Project;
  readonly #viewOf: (state: State) => View;
  readonly #listeners: Listener[] = [];
  #view: View;

  constructor(project: Project) {
    this.project = project;
    this.#viewOf = viewer(project);
    this.#view = this.#viewOf(firstState);
  }

  get view(): View {
    return this.#view;
  }

  thing(key: string | undefined): PageThing | undefined {
    return key === undefined ? undefined : this.project.byKey.get(key);
  }

  /** Is told of each change, and of how it is now. */
  watch(listener: Listener): void {
    this.#listeners.push(listener);
    listener(this.#view, undefined);
  }

  update(change: Partial<State>): void {
    const last = this.#view;
    const state = {...last.state, ...change};
    this.#view = this.#viewOf(state);
    for (const listener of this.#listeners) listener(this.#view, last);
  }

  /** Tells of these in the panel, and shows the first in the list. */
  tell(keys: readonly string[], {enter = false} = {}): void {
    const {tree, state} = this.#view;
    const entered = state.entered + (enter ? 1 : 0);
    const path = keys.length === 1 ? pathTo(tree, keys[0] ?? '') : undefined;
    if (path === undefined) this.update({told: keys, entered});
    else {
      const isThere = state.active.endsWith(`/${keys[0]}`);
      const open = new Set([...state.open, ...path.slice(0, -1)]);
      this.update({told: keys, entered, ...(isThere ? {} : {open, active: path.at(-1) ?? ''})});
    }
  }

  isPicked(key: string): boolean {
    return this.#view.choosing.picked.has(key);
  }

  /** All of them are picked, unless they were. */
  pick(keys: readonly string[], {needs = false} = {}): void {
    const own = keys.filter(key => canPick(this.project, key));
    if (own.length === 0) return;
    const {written} = this.#view.state;
    const {picked} = this.#view.choosing;
    const isOff = !needs && own.every(key => picked.has(key));
    const all = needs ? own.flatMap(key => withNeeds(this.project, key)) : own;
    const select = rewritten(this.project, written.select, picked, isOff ? {remove: all} : {add: all});
    this.update({written: {...written, select}});
  }
}
