/** What a thing is by its content alone: ids count as the kind of thing they name. */
import type {Outside} from './outside.ts';
import {pointerText, textOf, type Pointer} from './tree.ts';
import {ignoreOf, projectKey, userKey, type Thing, type View} from './view.ts';

type SideIndex = 0 | 1;

/** Name of the pair that the key belongs to, if it is matched. */
export type PairName = (side: SideIndex, key: string) => string | undefined;

export interface Likeness {
  /** 0 to 1. */
  readonly share: number;
  /** Fields that differ. */
  readonly differing: number;
}

export class Signatures {
  work = 0;
  readonly #views: readonly [View, View];
  readonly #outside: Outside;
  readonly #things: readonly Thing[];
  /** Per vertex: number of the text of each field that says something. */
  readonly #texts: readonly ReadonlyMap<string, number>[];
  readonly #noisy: ReadonlySet<string>;
  readonly #sure = new Map<number, string>();

  constructor(source: View, clone: View, outside: Outside, unsure: ReadonlySet<string> = new Set()) {
    this.#views = [source, clone];
    this.#outside = outside;
    this.#things = [...source.things.values(), ...clone.things.values()];
    const numbers = new Map<string, number>();
    const naming = [this.#naming(0, () => undefined), this.#naming(1, () => undefined)] as const;
    this.#texts = this.#things.map(({fields, unordered}, vertex) => {
      const texts = new Map<string, number>();
      for (const [field, tree] of fields) {
        this.work++;
        if (tree === undefined) continue;
        const text = textOf(tree, naming[this.#side(vertex)], unordered.has(field));
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        texts.set(field, number);
      }
      return texts;
    });
    this.#noisy = new Set([...unsure, ...this.#noise()]);
  }

  /** All comparable fields. */
  full(vertex: number): string {
    return this.#join(vertex, () => true);
  }

  /** Without the fields that may well differ: lossy ones, announced ones, and those that hardly ever agree. */
  sure(vertex: number): string {
    const known = this.#sure.get(vertex);
    if (known !== undefined) return known;
    const thing = this.#things[vertex];
    const text = this.#join(
      vertex,
      field =>
        typeof ignoreOf(thing?.spec, field) !== 'object' && !this.#noisy.has(`${thing?.node.kind} ${field}`),
    );
    this.#sure.set(vertex, text);
    return text;
  }

  /** How much of two things agrees: fields, references by matched pairs, and the matched things around them. */
  likeness(
    source: number,
    clone: number,
    pairName: PairName,
    around: readonly [string[], string[]],
  ): Likeness {
    const [a, b] = [this.#things[source] as Thing, this.#things[clone] as Thing];
    const [left, right] = [this.#naming(0, pairName), this.#naming(1, pairName)];
    let all = 0;
    let equal = 0;
    let differing = 0;
    for (const field of new Set([...a.fields.keys(), ...b.fields.keys()])) {
      this.work++;
      const [one, other] = [a.fields.get(field), b.fields.get(field)];
      if (one === undefined && other === undefined) continue;
      const unordered = a.unordered.has(field);
      const same = textOf(one, left, unordered) === textOf(other, right, unordered);
      // An equal name says much, another name little.
      const weight = same && field === 'name' ? 3 : 1;
      all += weight;
      if (same) equal += weight;
      else differing++;
    }
    const near = new Set(around[0]);
    const shared = around[1].filter(anchor => near.has(anchor)).length;
    all += around[0].length + around[1].length - shared;
    equal += shared;
    return {share: all === 0 ? 1 : equal / all, differing};
  }

  #side(vertex: number): SideIndex {
    return vertex < this.#views[0].things.size ? 0 : 1;
  }

  #join(vertex: number, filter: (field: string) => boolean): string {
    let text = this.#things[vertex]?.node.kind ?? '';
    for (const [field, value] of this.#texts[vertex] ?? []) {
      this.work++;
      if (filter(field)) text += ` ${JSON.stringify(field)}=${value}`;
    }
    return text;
  }

  #naming(side: SideIndex, pairName: PairName): (pointer: Pointer) => string {
    const outside = side === 0 ? this.#outside.source : this.#outside.clone;
    return ({key, loose}) => {
      if (loose) return '@';
      if (key === projectKey || key === userKey) return pointerText(key);
      const pair = pairName(side, key);
      if (pair !== undefined) return pointerText(pair);
      const isOwn = side === 0 || !this.#outside.isMeant(key);
      const own = isOwn ? this.#views[side].things.get(key) : undefined;
      return pointerText(own?.node.kind ?? `outside ${outside(key)}`);
    };
  }

  /** Fields whose values agree for less than half of a kind's things: they tell nothing apart. */
  #noise(): Set<string> {
    const values = new Map<string, Map<number, [number, number]>>();
    for (const [vertex, {node, fields}] of this.#things.entries()) {
      for (const field of fields.keys()) {
        this.work++;
        const name = `${node.kind} ${field}`;
        const known = values.get(name) ?? new Map<number, [number, number]>();
        values.set(name, known);
        const text = this.#texts[vertex]?.get(field) ?? -1;
        const counts = known.get(text) ?? [0, 0];
        counts[this.#side(vertex)]++;
        known.set(text, counts);
      }
    }
    const noisy = new Set<string>();
    for (const [name, counts] of values) if (isNoise(counts, true) || isNoise(counts, false)) noisy.add(name);
    return noisy;
  }
}

function isNoise(values: ReadonlyMap<number, readonly [number, number]>, empties: boolean): boolean {
  let [sources, clones, shared] = [0, 0, 0];
  for (const [text, [a, b]] of values) {
    if (text < 0 && !empties) continue;
    sources += a;
    clones += b;
    shared += Math.min(a, b);
  }
  return shared * 2 < Math.min(sources, clones);
}
