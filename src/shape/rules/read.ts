/** The tree of a rules file -> rules, with every fault of it. The language: docs/rules.md. */
import {misfit, type PropertySchema} from '../../model/heat-schema.ts';
import {faultsError, isEntries, isItems, type Entry, type Located, type Spot} from '../../model/located.ts';
import {parsePath, type PropertyPath} from '../../model/property-path.ts';
import {specOf} from '../../resources/index.ts';
import {Definitions} from './definitions.ts';
import {Faults} from './faults.ts';
import {badName, isParameterName} from './parameter-name.ts';
import {replacementsAt} from './replacements.ts';
import {asValue, saidAt} from './said.ts';
import {heatKind, isRequired, schemaAt, aKind, type HeatKind} from './schema.ts';
import {testOf} from './tests.ts';
import type {FieldTest, Operation, Rule, Rules, Said, SaidParameter} from './types.ts';

/** Nobody writes that many. */
const MOST_RULES = 1000;

const operations = ['set', 'replace', 'parameter', 'drop'] as const;

/** The rules of a tree, and the parameters beside them. */
export function rootOf(tree: Located): {readonly rules: Located; readonly parameters: Located | undefined} {
  const {data} = tree;
  if (!isEntries(data)) return {rules: tree, parameters: undefined};
  return {
    rules: data.get('rules')?.item ?? {at: tree.at, data: []},
    parameters: data.get('parameters')?.item,
  };
}

/** @throws RekindleError 'input': every fault with its line and column. */
export function understood(file: string, tree: Located): Rules {
  const reader = new Reader();
  const rules = reader.read(tree);
  if (reader.faults.all.length > 0) throw faultsError(file, reader.faults.all);
  return {rules, definitions: reader.definitions.all};
}

interface At {
  readonly kinds: readonly HeatKind[];
  readonly path: PropertyPath;
  readonly text: string;
  readonly at: Spot;
}

class Reader {
  readonly faults = new Faults();
  readonly definitions = new Definitions(this.faults);
  /** Names that stand alone, to be defined elsewhere. */
  readonly #named: SaidParameter[] = [];

  read(tree: Located): readonly Rule[] {
    const {rules, parameters} = rootOf(tree);
    if (isEntries(tree.data)) this.faults.onlyKeys(tree.data, ['rules', 'parameters'], 'a rules file');
    if (parameters !== undefined) this.definitions.declared(parameters);
    if (rules.data === null) return [];
    if (!isItems(rules.data)) {
      this.faults.add(rules.at, 'the rules are no list: each begins with "- when:"');
      return [];
    }
    if (rules.data.length > MOST_RULES) {
      this.faults.add(rules.at, `there are more than ${MOST_RULES} rules`);
      return [];
    }
    const read = rules.data.flatMap(rule => this.#rule(rule) ?? []);
    this.definitions.expect(this.#named);
    return read;
  }

  #rule({at, data}: Located): Rule | undefined {
    if (!isEntries(data)) return this.faults.add(at, 'a rule is no mapping with when and what to do');
    const before = this.faults.all.length;
    this.faults.onlyKeys(data, ['when', ...operations], 'a rule');
    const when = data.get('when')?.item;
    if (when === undefined || !isEntries(when.data))
      return this.faults.add(
        when?.at ?? at,
        'a rule has no when: it says which things it is for, as {kind: server}',
      );
    const {kinds, ...tests} = this.#when(when.at, when.data);
    // In the order in which they are written.
    const done = [...data].flatMap(([key, {item}]) =>
      isOperation(key) && kinds.length > 0 ? this.#operations(key, item, kinds) : [],
    );
    if (data.size <= 1) this.faults.add(at, `a rule does nothing: it has one of ${operations.join(', ')}`);
    return this.faults.all.length > before
      ? undefined
      : {at, kinds: kinds.map(({kind}) => kind), ...tests, operations: done};
  }

  #when(
    at: Spot,
    entries: ReadonlyMap<string, Entry>,
  ): Pick<Rule, 'name' | 'fields'> & {readonly kinds: readonly HeatKind[]} {
    const kinds: HeatKind[] = [];
    const kind = entries.get('kind')?.item;
    if (kind === undefined)
      this.faults.add(at, 'when has no kind: one, or a list of them, as `rekindle list` shows it');
    for (const item of kind === undefined ? [] : isItems(kind.data) ? kind.data : [kind]) {
      const found = typeof item.data === 'string' ? heatKind(item.data) : 'a kind is a text, as server';
      if (typeof found === 'string') this.faults.add(item.at, found);
      else kinds.push(found);
    }
    if (kind !== undefined && isItems(kind.data) && kind.data.length === 0)
      this.faults.add(kind.at, 'kind is an empty list');
    let name: Rule['name'];
    const fields: FieldTest[] = [];
    for (const [key, {at: keyAt, item}] of entries) {
      if (key === 'kind') continue;
      const test = testOf(item);
      if (typeof test === 'string') this.faults.add(item.at, `${key}: ${test}`);
      else if (key === 'name') name = test;
      else {
        const path = parsePath(key);
        if (typeof path === 'string') this.faults.add(keyAt, path);
        else fields.push({at: keyAt, text: key, path, test});
      }
    }
    return {kinds, name, fields};
  }

  #operations(
    does: Operation['does'],
    {at, data}: Located,
    kinds: readonly HeatKind[],
  ): readonly Operation[] {
    if (does === 'drop') {
      const items = isItems(data) ? data : [{at, data}];
      return items.flatMap(item => {
        if (typeof item.data !== 'string')
          return this.faults.add(item.at, 'drop is a list of property paths') ?? [];
        const place = this.#place(item.at, item.data, kinds);
        if (place === undefined) return [];
        const needing = kinds.find(kind => isRequired(kind, place.path));
        if (needing !== undefined)
          return (
            this.faults.add(
              item.at,
              `Heat requires ${item.data} of ${aKind(needing.kind)}: it can't be dropped`,
            ) ?? []
          );
        return [{does, ...operationAt(place)}];
      });
    }
    if (!isEntries(data)) return this.faults.add(at, `${does} is no mapping of property paths`) ?? [];
    return [...data].flatMap(([text, {at: keyAt, item}]): readonly Operation[] => {
      const place = this.#place(keyAt, text, kinds);
      if (place === undefined) return [];
      if (does === 'set') {
        const value = this.#setValue(place, item);
        return value === undefined ? [] : [{does, ...operationAt(place), value}];
      }
      if (does === 'replace') {
        const replacements = replacementsAt(item, this.faults);
        return replacements === undefined ? [] : [{does, ...operationAt(place), replacements}];
      }
      const parameter = this.#parameter(place, item);
      return parameter === undefined ? [] : [{does, ...operationAt(place), parameter}];
    });
  }

  /** Where a path leads in each of the kinds. */
  #place(at: Spot, text: string, kinds: readonly HeatKind[]): At | undefined {
    const path = parsePath(text);
    if (typeof path === 'string') return this.faults.add(at, path);
    for (const kind of kinds) {
      const schema = schemaAt(kind, path);
      if (typeof schema === 'string') return this.faults.add(at, schema);
    }
    return {kinds, path, text, at};
  }

  #setValue(place: At, item: Located): Said | undefined {
    const value = saidAt(item, this.faults, parameter => this.#named.push(parameter));
    if (value === undefined) return undefined;
    return this.#fits(place, item.at, value) ? value : undefined;
  }

  /** Whether Heat takes the value there; a fault says why not. */
  #fits(place: At, at: Spot, value: Said): boolean {
    for (const kind of place.kinds) {
      const schema = schemaAt(kind, place.path) as PropertySchema;
      const reason = misfit(schema, asValue(value));
      if (reason !== undefined) {
        this.faults.add(at, `Heat refuses the value of ${place.text} of ${aKind(kind.kind)}: it ${reason}`);
        return false;
      }
      if (isChosen(kind, place.path) && typeof value !== 'string') {
        this.faults.add(
          at,
          `${place.text} of ${aKind(kind.kind)} takes a text only: it is the default of a parameter`,
        );
        return false;
      }
    }
    return true;
  }

  /** @returns the parameter's name. */
  #parameter(place: At, item: Located): string | undefined {
    const chosen = place.kinds.find(kind => isChosen(kind, place.path));
    if (chosen !== undefined)
      return this.faults.add(place.at, `${place.text} of ${aKind(chosen.kind)} is a parameter already`);
    if (typeof item.data === 'string')
      return isParameterName(item.data) ? item.data : this.faults.add(item.at, badName(item.data));
    if (!isEntries(item.data))
      return this.faults.add(
        item.at,
        'parameter takes a name, or a mapping with one, as {name: owner, label: Owner}',
      );
    const name = item.data.get('name')?.item;
    if (typeof name?.data !== 'string' || !isParameterName(name.data))
      return this.faults.add(
        name?.at ?? item.at,
        typeof name?.data === 'string' ? badName(name.data) : 'the parameter has no name',
      );
    if (item.data.size === 1) return name.data;
    const definition = this.definitions.define(name.data, item.at, item.data, ['name']);
    const value = item.data.get('default')?.item;
    if (definition?.default !== undefined && value !== undefined) {
      const said = saidAt(value, this.faults);
      if (said === undefined || !this.#fits(place, value.at, said)) return undefined;
    }
    return definition === undefined ? undefined : name.data;
  }
}

function operationAt({at, text, path}: At): Pick<Operation, 'at' | 'text' | 'path'> {
  return {at, text, path};
}

/** A property that is a parameter anyway, of a thing that is not always made. */
function isChosen({kind}: HeatKind, [top]: PropertyPath): boolean {
  return specOf(kind)?.optional?.property === top;
}

function isOperation(key: string): key is (typeof operations)[number] {
  return (operations as readonly string[]).includes(key);
}
