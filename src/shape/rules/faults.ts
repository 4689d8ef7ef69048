/** What is wrong with a rules file: all of it is told at once. */
import type {Entry, Fault, Spot} from '../../model/located.ts';
import {nearest} from '../../model/nearest.ts';

export class Faults {
  readonly all: Fault[] = [];

  /** @returns undefined, for what could not be understood. */
  add(at: Spot, what: string): undefined {
    this.all.push({at, what});
    return undefined;
  }

  onlyKeys(entries: ReadonlyMap<string, Entry>, known: readonly string[], whose: string): void {
    for (const [key, {at}] of entries) {
      if (known.includes(key)) continue;
      const like = nearest(key, known);
      const hint = like === undefined ? `it has ${known.join(', ')}` : `did you mean ${like}?`;
      this.add(at, `${whose} has no ${JSON.stringify(key)}: ${hint}`);
    }
  }
}
