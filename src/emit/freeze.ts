/** Which parameters the user wants as literals in the template. */
import {RekindleError} from '../model/errors.ts';
import type {ReportParameter} from '../model/bundle.ts';
import {nearest} from '../model/nearest.ts';
import {classOf, classesOf, whyNotFrozen} from '../model/parameter-classes.ts';

type Frozen = Pick<ReportParameter, 'name' | 'role' | 'kind'>;

export class Freezer {
  readonly #wanted: ReadonlySet<string>;
  readonly #classes: ReadonlySet<string>;
  readonly #here = new Set<string>();
  /** Names of all parameters that there would be without it. */
  readonly #seen = new Set<string>();

  /** @param kinds Of which a class is no mistake, though this project may have no parameter of it. */
  constructor(wanted: readonly string[] = [], kinds: readonly string[] = []) {
    this.#wanted = new Set(wanted);
    this.#classes = new Set(wanted.length === 0 ? [] : classesOf(kinds));
  }

  /** Whether the parameter is to be none. @param others Names of those that it can't be without. */
  takes({name, role, kind}: Frozen, ...others: readonly string[]): boolean {
    const names = [name, ...others];
    for (const one of names) this.#seen.add(one);
    if (role !== 'name-prefix') this.#here.add(classOf(kind));
    const byName = names.some(one => this.#wanted.has(one));
    const byClass = role !== 'name-prefix' && this.#wanted.has(classOf(kind));
    // Of a class the secrets and the like stay what they are; by its name it is asked for.
    if (!byName && !byClass) return false;
    const why = whyNotFrozen(role);
    if (why === undefined) return true;
    if (byName) refuse(name, why);
    return false;
  }

  /** @throws RekindleError 'usage' for a word that names nothing */
  check(): void {
    for (const word of this.#wanted) {
      const classes = [...new Set([...this.#classes, ...this.#here])].sort();
      if (this.#seen.has(word) || classes.includes(word)) continue;
      const near = nearest(word, classes) ?? nearest(word, [...this.#seen].sort());
      throw new RekindleError('usage', `--freeze ${word}: there is no such parameter, and no such class`, {
        hint:
          near === undefined
            ? `classes of this project are ${[...this.#here].sort().join(', ')}; environment.yaml has the parameters`
            : `did you mean ${near}?`,
      });
    }
  }
}

/** @throws RekindleError 'usage' */
export function refuse(name: string, why: string): never {
  throw new RekindleError('usage', `--freeze: the parameter ${name} can't be frozen: ${why}`, {
    hint: 'leave it out of --freeze; where a class names it, freeze the others by their names',
  });
}
