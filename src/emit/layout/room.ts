/** What a stack has left of Heat's limits. */
import type {FileSizes, Limits, Weight} from './weights.ts';

export class Room {
  readonly #limits: Limits;
  readonly #sizes: FileSizes;
  readonly #files = new Map<string, number>();
  #resources = 0;
  #size = 0;
  #bytes = 0;

  constructor(limits: Limits, sizes: FileSizes) {
    this.#limits = limits;
    this.#sizes = sizes;
  }

  get isEmpty(): boolean {
    return this.#resources === 0;
  }

  get isOver(): boolean {
    const {resources, size, body} = this.#limits;
    return this.#resources > resources || this.#size > size || this.#size + this.#bytes > body;
  }

  fits(weights: readonly Weight[]): boolean {
    let [resources, size, bytes] = [this.#resources, this.#size, this.#bytes];
    const seen = new Set<string>();
    for (const weight of weights) {
      resources += weight.resources;
      size += weight.size;
      for (const name of weight.files) {
        if (this.#files.has(name) || seen.has(name)) continue;
        seen.add(name);
        bytes += this.#sizes.bytes(name);
      }
    }
    const {resources: most, size: longest, body} = this.#limits;
    return resources <= most && size <= longest && size + bytes <= body;
  }

  add({resources, size, files}: Weight, sign: 1 | -1 = 1): void {
    this.#resources += sign * resources;
    this.#size += sign * size;
    for (const name of files) {
      const before = this.#files.get(name) ?? 0;
      if (before + sign === 0) this.#files.delete(name);
      else this.#files.set(name, before + sign);
      if (before === 0 || before + sign === 0) this.#bytes += sign * this.#sizes.bytes(name);
    }
  }
}
