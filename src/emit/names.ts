/** Logical names: what the thing is called, made fit for a template; a hash of its id only where a name is taken. */
import {createHash} from 'node:crypto';
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

/** Hands out names, each once. Ask in order of age: the older thing keeps the plain name. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #kept: KeptNames;

  constructor(kept = new KeptNames()) {
    this.#kept = kept;
  }

  /**
   * @param prefix As `server`. @param label What people call it. @param id Decides the hash, if one is needed.
   * @param owner Whose it is: what had a name in the earlier bundle keeps it, whatever it is called now.
   */
  take(prefix: string, label: string, id: string, owner = id): string {
    const words = slug(label);
    const plain =
      words === '' || words === prefix || words.startsWith(`${prefix}_`) ? words : `${prefix}_${words}`;
    const before = this.#kept.of(owner) ?? this.#kept.among(hashed(plain || prefix, id), owner);
    if (before !== undefined && !this.#taken.has(before)) return this.#keep(before);
    if (plain !== '' && this.#isFree(plain, owner)) return this.#keep(plain);
    for (const name of hashed(plain || prefix, id)) if (this.#isFree(name, owner)) return this.#keep(name);
    throw new Error(`two things share the id ${id}`);
  }

  /** A name that must be exactly this, with a number-free fallback. */
  exactly(name: string, id: string, owner = id): string {
    return this.#kept.of(owner) !== undefined || !this.#isFree(name, owner)
      ? this.take(name, '', id, owner)
      : this.#keep(name);
  }

  #isFree(name: string, owner: string): boolean {
    return !this.#taken.has(name) && !this.#kept.isHeld(name, owner);
  }

  #keep(name: string): string {
    this.#taken.add(name);
    return name;
  }
}

function* hashed(stem: string, id: string): Generator<string> {
  for (let length = 6; length <= 64; length += 2) yield `${stem}_${shortHash(id, length)}`;
}
