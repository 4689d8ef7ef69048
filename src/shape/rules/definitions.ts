/** What a rules file says of parameters: under `parameters`, and in the rules themselves. */
import {isSameJson} from '../../model/json.ts';
import {isEntries, plainOf, spotText, type Entry, type Located, type Spot} from '../../model/located.ts';
import {nearest} from '../../model/nearest.ts';
import type {Plain} from '../../model/value.ts';
import {isWellFormed} from '../../model/well-formed.ts';
import {readConstraints} from './constraints.ts';
import type {Faults} from './faults.ts';
import {badName, isParameterName} from './parameter-name.ts';
import {saidAt} from './said.ts';
import type {Definition, SaidParameter} from './types.ts';

export class Definitions {
  /** By name. */
  readonly all = new Map<string, Definition>();
  readonly #faults: Faults;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Takes what is said under `parameters`. */
  declared({at, data}: Located): void {
    if (data === null) return;
    if (!isEntries(data)) {
      this.#faults.add(at, 'parameters is no mapping of names');
      return;
    }
    for (const [name, {at: nameAt, item}] of data) {
      if (!isParameterName(name)) this.#faults.add(nameAt, badName(name));
      else if (isEntries(item.data)) this.define(name, nameAt, item.data, []);
      else this.#faults.add(item.at, `the parameter ${name} is no mapping, as {default: 1.1.1.1}`);
    }
  }

  /** @param more Keys that it may have beside those of a parameter. */
  define(
    name: string,
    at: Spot,
    entries: ReadonlyMap<string, Entry>,
    more: readonly string[],
  ): Definition | undefined {
    const faults = this.#faults;
    const before = faults.all.length;
    faults.onlyKeys(entries, [...more, 'label', 'description', 'default', 'constraints'], 'a parameter');
    const textOf = (key: 'label' | 'description'): {readonly [key: string]: string} => {
      const item = entries.get(key)?.item;
      if (item === undefined) return {};
      if (typeof item.data === 'string' && item.data !== '' && isWellFormed(item.data))
        return {[key]: item.data};
      faults.add(item.at, `${key} is no text`);
      return {};
    };
    const value = entries.get('default')?.item;
    const constraints = entries.get('constraints')?.item;
    const definition: Definition = {
      at,
      ...textOf('label'),
      ...textOf('description'),
      ...(value === undefined ? {} : {default: this.#plain(value)}),
      ...(constraints === undefined ? {} : {constraints: readConstraints(constraints, faults.all)}),
    };
    const known = this.all.get(name);
    if (known !== undefined && !isSameJson({...known, at: ''}, {...definition, at: ''}))
      faults.add(at, `the parameter ${name} was said to be something else at ${spotText(known.at)}`);
    else if (known === undefined) this.all.set(name, definition);
    return faults.all.length === before ? definition : undefined;
  }

  /** Names that stand alone are defined elsewhere, with a value. */
  expect(named: readonly SaidParameter[]): void {
    for (const {at, name} of named) {
      const definition = this.all.get(name);
      if (definition === undefined) {
        const like = nearest(name, [...this.all.keys()]);
        const hint = like === undefined ? 'say what it is under parameters' : `did you mean ${like}?`;
        this.#faults.add(at, `there is no parameter ${JSON.stringify(name)}: ${hint}`);
      } else if (definition.default === undefined)
        this.#faults.add(at, `the parameter ${name} has no default, so nothing can be set to it`);
    }
  }

  #plain(item: Located): Plain {
    return saidAt(item, this.#faults) === undefined ? '' : plainOf(item);
  }
}
