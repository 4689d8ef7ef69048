/** Logical names: what the thing is called, made fit for a template; a hash of its id only where a name is taken. */
import {createHash} from 'node:crypto';

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

  /** @param prefix As `server`. @param label What people call it. @param id Decides the hash, if one is needed. */
  take(prefix: string, label: string, id: string): string {
    const words = slug(label);
    const clean = words === prefix || words.startsWith(`${prefix}_`) ? words : `${prefix}_${words}`;
    const plain = words === '' ? '' : clean;
    if (plain !== '' && !this.#taken.has(plain)) return this.#keep(plain);
    for (let length = 6; ; length += 2) {
      const name = `${plain === '' ? prefix : plain}_${shortHash(id, length)}`;
      if (!this.#taken.has(name)) return this.#keep(name);
      if (length > 64) throw new Error(`two things share the id ${id}`);
    }
  }

  /** A name that must be exactly this, with a number-free fallback. */
  exactly(name: string, id: string): string {
    return this.#taken.has(name) ? this.take(name, '', id) : this.#keep(name);
  }

  #keep(name: string): string {
    this.#taken.add(name);
    return name;
  }
}
