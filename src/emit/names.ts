/** Logical names: what the thing is called, made fit for a template; a hash of its id only where a name is taken. */
import {createHash} from 'node:crypto';
import {RekindleError} from '../model/errors.ts';
import {KeptNames} from './kept.ts';

const LONGEST = 60;

/** Lower-case words of ASCII letters and digits, joined by `_`; '' where nothing of the text can be kept. */
export function slug(text: string): string {
  const plain = text
    .slice(0, 400)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return plain.length <= LONGEST ? plain : plain.slice(0, LONGEST).replace(/_+$/, '');
}

export function shortHash(id: string, length = 6): string {
  return createHash('sha256').update(id).digest('hex').slice(0, length);
}

/** Says which one thing a name is of, among all that have one. */
export function handleOf(owner: string, id: string): string {
  return `${owner} = ${id}`;
}

/** Names that somebody chose. */
export interface NameChoices {
  /** By handle. */
  readonly chosen: ReadonlyMap<string, string>;
  /** For things that ask for exactly that name, and where that was said. */
  readonly exact: ReadonlyMap<string, string>;
}

/** Hands out names, each once. Ask in order of age: the older thing keeps the plain name. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #kept: KeptNames;
  readonly #choices: NameChoices;
  readonly #chosen: ReadonlySet<string>;
  readonly #handles = new Map<string, string>();

  constructor(kept = new KeptNames(), choices: NameChoices = {chosen: new Map(), exact: new Map()}) {
    this.#kept = kept;
    this.#choices = choices;
    this.#chosen = new Set(choices.chosen.values());
  }

  /** By name: what it was given to. */
  get handles(): ReadonlyMap<string, string> {
    return this.#handles;
  }

  /**
   * @param prefix As `server`. @param label What people call it. @param id Decides the hash, if one is needed.
   * @param owner Whose it is: what had a name in the earlier bundle keeps it, whatever it is called now.
   */
  take(prefix: string, label: string, id: string, owner = id): string {
    const handle = handleOf(owner, id);
    const chosen = this.#choices.chosen.get(handle);
    if (chosen !== undefined) return this.#keep(chosen, handle);
    const words = slug(label);
    const plain =
      words === '' || words === prefix || words.startsWith(`${prefix}_`) ? words : `${prefix}_${words}`;
    const before = this.#kept.of(owner) ?? this.#kept.among(hashed(plain || prefix, id), owner);
    if (before !== undefined && !this.#taken.has(before) && !this.#isPromised(before, label))
      return this.#keep(before, handle);
    if (plain !== '' && this.#isFree(plain, owner) && !this.#isPromised(plain, label))
      return this.#keep(plain, handle);
    for (const name of hashed(plain || prefix, id))
      if (this.#isFree(name, owner)) return this.#keep(name, handle);
    throw new Error(`two things share the id ${id}`);
  }

  /** A name that must be exactly this, with a number-free fallback. */
  exactly(name: string, id: string, owner = id): string {
    const isOther = this.#choices.chosen.has(handleOf(owner, id)) || this.#kept.of(owner) !== undefined;
    return isOther || !this.#isFree(name, owner) || this.#isPromised(name, '')
      ? this.take(name, '', id, owner)
      : this.#keep(name, handleOf(owner, id));
  }

  /** A name that was promised to it, unless another was chosen for it since. */
  promised(name: string, id: string): string {
    const handle = handleOf(id, id);
    return this.#keep(this.#choices.chosen.get(handle) ?? name, handle);
  }

  #isFree(name: string, owner: string): boolean {
    return !this.#taken.has(name) && !this.#kept.isHeld(name, owner);
  }

  /** @throws RekindleError 'input' where somebody wants the name of another thing for a parameter. */
  #isPromised(name: string, label: string): boolean {
    const at = this.#choices.exact.get(name);
    if (at === undefined || this.#chosen.has(name)) return this.#chosen.has(name);
    throw new RekindleError(
      'input',
      `${at}: the parameter ${name} would have the name that ${label === '' ? 'another thing' : JSON.stringify(label)} has in the template`,
      {hint: 'call the parameter something else, or that thing by --names'},
    );
  }

  #keep(name: string, handle: string): string {
    this.#taken.add(name);
    this.#handles.set(name, handle);
    return name;
  }
}

function* hashed(stem: string, id: string): Generator<string> {
  for (let length = 6; length <= 64; length += 2) yield `${stem}_${shortHash(id, length)}`;
}
