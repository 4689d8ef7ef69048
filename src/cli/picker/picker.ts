/** A project that somebody picks from: what each key does. No I/O; the closure is that of `--select`. */
import type {Graph} from '../../model/graph.ts';
import {leftOut} from '../../model/shape.ts';
import {treeOf, type TreeForm, type TreeItem} from '../../picture/index.ts';
import {isSelectable, type Chooser, type Picked, type Selection} from '../../shape/index.ts';
import type {Key} from '../world.ts';
import {keysBelow, rowsOf, type Row} from './rows.ts';

/** How a thing stands to what is picked. */
export type Mark = 'selected' | 'along' | 'excluded' | 'cut' | 'out' | 'none';

export interface PickerOptions {
  readonly graph: Graph;
  readonly chooser: Chooser;
  readonly picked: Picked;
}

/** What comes of a key. */
export type Pressed = 'on' | 'done' | 'left';

export class Picker {
  readonly graph: Graph;
  readonly #chooser: Chooser;
  readonly #trees = new Map<TreeForm, readonly TreeItem[]>();
  readonly #turned = new Map<TreeForm, Set<string>>();
  readonly #below = new WeakMap<TreeItem, readonly string[]>();
  #picked: Picked;
  #selection: Selection;
  #written: ReturnType<Chooser['written']>;
  #rows: readonly Row[] = [];
  #form: TreeForm = 'kind';
  #cursor = 0;
  #query = '';
  #typing = false;
  #help = false;
  #message = '';

  constructor({graph, chooser, picked}: PickerOptions) {
    this.graph = graph;
    this.#chooser = chooser;
    this.#picked = picked;
    this.#selection = chooser.choose(picked);
    this.#written = chooser.written(picked);
    this.#list();
  }

  get picked(): Picked {
    return this.#picked;
  }

  get selection(): Selection {
    return this.#selection;
  }

  /** The expressions that come of it. */
  get written(): ReturnType<Chooser['written']> {
    return this.#written;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get form(): TreeForm {
    return this.#form;
  }

  /** Index of the row under the cursor. */
  get cursor(): number {
    return this.#cursor;
  }

  get query(): string {
    return this.#query;
  }

  /** Letters go into the query. */
  get typing(): boolean {
    return this.#typing;
  }

  /** The keys are shown. */
  get help(): boolean {
    return this.#help;
  }

  /** What the last key has to say; '' for nothing. */
  get message(): string {
    return this.#message;
  }

  markOf(key: string): Mark {
    const node = this.graph.nodes.get(key);
    if (node === undefined || !isSelectable(node)) return 'none';
    if (this.#picked.excluded.has(key)) return 'excluded';
    const isIn = this.#selection.inside.has(key);
    if (this.#picked.selected.has(key)) return isIn ? 'selected' : 'cut';
    if (isIn) return 'along';
    const why = this.#selection.outside.get(key);
    return why === undefined || why === leftOut.unselected ? 'out' : 'cut';
  }

  /** Of an item and all below it: what can be selected, and what of it is in. */
  countOf(item: TreeItem): {readonly inside: number; readonly all: number} {
    const keys = this.#pickable(item);
    return {inside: keys.filter(key => this.#selection.inside.has(key)).length, all: keys.length};
  }

  /** @param page Rows that are on the screen. */
  press(key: Key, page: number): Pressed {
    this.#message = '';
    if (this.#help) {
      this.#help = false;
      return 'on';
    }
    return this.#typing ? this.#type(key, page) : this.#command(key, page);
  }

  #type({name, text, ctrl}: Key, page: number): Pressed {
    if (name === 'return' || name === 'enter') this.#typing = false;
    else if (name === 'escape') this.#search('', false);
    else if (name === 'backspace') {
      if (this.#query === '') this.#typing = false;
      else this.#search(Array.from(this.#query).slice(0, -1).join(''), true);
    } else if (ctrl && name === 'u') this.#search('', true);
    else if (text !== '') this.#search(this.#query + text, true);
    else this.#move(name, page);
    return 'on';
  }

  #command(key: Key, page: number): Pressed {
    const {name, text, ctrl} = key;
    if (this.#move(name, page) || ctrl) return 'on';
    switch (text === '' ? name : text) {
      case 'k':
        this.#to(this.#cursor - 1);
        break;
      case 'j':
        this.#to(this.#cursor + 1);
        break;
      case ' ':
        this.#toggle('selected', this.#here());
        break;
      case 'x':
        this.#toggle('excluded', this.#here());
        break;
      case 'a':
        this.#toggle('selected', this.#listed());
        break;
      case 'u':
        this.#pick({selected: new Set(), excluded: new Set()});
        break;
      case 'tab':
        this.#switch();
        break;
      case '/':
        this.#typing = true;
        break;
      case '?':
        this.#help = true;
        break;
      case 'q':
        return 'left';
      case 'escape':
        if (this.#query === '') return 'left';
        this.#search('', false);
        break;
      case 'return':
      case 'enter':
        if (this.#picked.selected.size + this.#picked.excluded.size > 0) return 'done';
        this.#message = 'nothing is selected yet: space selects what the cursor is on';
        break;
      default:
    }
    return 'on';
  }

  /** @returns whether that is a key for moving */
  #move(name: string, page: number): boolean {
    const row = this.#rows[this.#cursor];
    const step = Math.max(1, page - 1);
    const to: Readonly<Record<string, number>> = {
      up: this.#cursor - 1,
      down: this.#cursor + 1,
      pageup: this.#cursor - step,
      pagedown: this.#cursor + step,
      home: 0,
      end: this.#rows.length - 1,
    };
    const target = Object.hasOwn(to, name) ? to[name] : undefined;
    if (target !== undefined) this.#to(target);
    else if (name === 'right') {
      if (row?.open === false) this.#turn(row);
      else if (row?.open === true) this.#to(this.#cursor + 1);
    } else if (name === 'left') {
      if (row?.open === true) this.#turn(row);
      else this.#to(this.#above());
    } else return false;
    return true;
  }

  #to(row: number): void {
    this.#cursor = Math.max(0, Math.min(row, this.#rows.length - 1));
  }

  /** What the row at the cursor stands under. */
  #above(): number {
    const depth = this.#rows[this.#cursor]?.depth ?? 0;
    for (let at = this.#cursor - 1; at >= 0; at -= 1) if ((this.#rows[at]?.depth ?? 0) < depth) return at;
    return this.#cursor;
  }

  #turn({path}: Row): void {
    if (this.#query !== '') {
      this.#message = 'what is found is not folded; Esc ends the search';
      return;
    }
    const turned = this.#turned.get(this.#form) ?? new Set();
    if (!turned.delete(path)) turned.add(path);
    this.#turned.set(this.#form, turned);
    this.#list();
  }

  #switch(): void {
    this.#form = this.#form === 'kind' ? 'network' : 'kind';
    this.#list();
  }

  #search(query: string, typing: boolean): void {
    this.#query = query;
    this.#typing = typing;
    this.#list();
  }

  /** The rows anew; the cursor stays on its thing where that is still listed. */
  #list(): void {
    const before = this.#rows[this.#cursor];
    const tree = this.#trees.get(this.#form) ?? treeOf(this.graph, this.#form, isSelectable);
    this.#trees.set(this.#form, tree);
    this.#rows = rowsOf(tree, this.#turned.get(this.#form) ?? new Set(), this.#query);
    const isOn = (test: (row: Row) => boolean): number => this.#rows.findIndex(row => row.found && test(row));
    const same = isOn(({path}) => path === before?.path);
    const thing = isOn(({item}) => item.key !== undefined && item.key === before?.item.key);
    // The first that was searched for, not what leads to it.
    const first = this.#query === '' ? 0 : isOn(() => true);
    this.#to([same, thing].find(at => at >= 0) ?? first);
  }

  #pickable(item: TreeItem): readonly string[] {
    const known = this.#below.get(item);
    if (known !== undefined) return known;
    const keys = keysBelow(item).filter(key => this.#isPickable(key));
    this.#below.set(item, keys);
    return keys;
  }

  #isPickable(key: string): boolean {
    const node = this.graph.nodes.get(key);
    return node !== undefined && isSelectable(node);
  }

  /** The thing at the cursor; at a heading, or at a thing that can't be selected, those below it that are listed. */
  #here(): readonly string[] {
    const row = this.#rows[this.#cursor];
    if (row === undefined) return [];
    const {item, path} = row;
    if (item.key !== undefined && this.#isPickable(item.key)) return [item.key];
    if (this.#query === '') return this.#pickable(item);
    return this.#listed(below => below.startsWith(`${path}/`));
  }

  /** What is found, or else all there is. */
  #listed(isWanted: (path: string) => boolean = () => true): readonly string[] {
    if (this.#query === '') return [...this.graph.nodes.keys()].filter(key => this.#isPickable(key));
    const found = this.#rows.filter(row => row.found && isWanted(row.path)).map(({item}) => item.key ?? '');
    return [...new Set(found)].filter(key => this.#isPickable(key));
  }

  /** All of them become so, or, where they all are, none of them. */
  #toggle(to: keyof Picked, keys: readonly string[]): void {
    if (keys.length === 0) {
      this.#message = 'there is nothing to select here: it is not rebuilt';
      return;
    }
    const other = to === 'selected' ? 'excluded' : 'selected';
    const [own, others] = [new Set(this.#picked[to]), new Set(this.#picked[other])];
    const isAll = keys.every(key => own.has(key));
    for (const key of keys) {
      others.delete(key);
      if (isAll) own.delete(key);
      else own.add(key);
    }
    this.#pick(to === 'selected' ? {selected: own, excluded: others} : {selected: others, excluded: own});
  }

  #pick(picked: Picked): void {
    this.#picked = picked;
    this.#selection = this.#chooser.choose(picked);
    this.#written = this.#chooser.written(picked);
  }
}
