/** The tree of a rules file -> rules, with every fault of it. The language: docs/rules.md. */
import {looksLikeFunction} from '../../model/functions.ts';
import {misfit, type PropertySchema} from '../../model/heat-schema.ts';
import {isSameJson} from '../../model/json.ts';
import {
  faultsError,
  isEntries,
  isItems,
  plainOf,
  spotText,
  type Entry,
  type Fault,
  type Located,
  type Spot,
} from '../../model/located.ts';
import {isUsableName} from '../../model/logical-name.ts';
import {nearest} from '../../model/nearest.ts';
import {LONGEST_RESULT, Pattern, PatternError} from '../../model/pattern.ts';
import {parsePath, type PropertyPath} from '../../model/property-path.ts';
import {Ref, type Plain, type Value} from '../../model/value.ts';
import {specOf} from '../../resources/index.ts';
import {readConstraints} from './constraints.ts';
import {heatKind, isRequired, schemaAt, aKind, type HeatKind} from './schema.ts';
import {testOf} from './tests.ts';
import {
  SaidParameter,
  SaidResource,
  type Definition,
  type FieldTest,
  type Operation,
  type Replacement,
  type Rule,
  type Rules,
  type Said,
} from './types.ts';
import {isWellFormed} from '../../model/well-formed.ts';

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
  if (reader.faults.length > 0) throw faultsError(file, reader.faults);
  return {rules, definitions: reader.definitions};
}

interface At {
  readonly kinds: readonly HeatKind[];
  readonly path: PropertyPath;
  readonly text: string;
  readonly at: Spot;
}

class Reader {
  readonly faults: Fault[] = [];
  readonly definitions = new Map<string, Definition>();
  /** Names that stand alone, to be defined elsewhere. */
  readonly #named: SaidParameter[] = [];

  read(tree: Located): readonly Rule[] {
    const {rules, parameters} = rootOf(tree);
    if (isEntries(tree.data)) this.#onlyKeys(tree.data, ['rules', 'parameters'], 'a rules file');
    if (parameters !== undefined) this.#declared(parameters);
    if (rules.data === null) return [];
    if (!isItems(rules.data)) {
      this.#fault(rules.at, 'the rules are no list: each begins with "- when:"');
      return [];
    }
    if (rules.data.length > MOST_RULES) {
      this.#fault(rules.at, `there are more than ${MOST_RULES} rules`);
      return [];
    }
    const read = rules.data.flatMap(rule => this.#rule(rule) ?? []);
    for (const {at, name} of this.#named) {
      const definition = this.definitions.get(name);
      if (definition === undefined) {
        const like = nearest(name, [...this.definitions.keys()]);
        const hint = like === undefined ? 'say what it is under parameters' : `did you mean ${like}?`;
        this.#fault(at, `there is no parameter ${JSON.stringify(name)}: ${hint}`);
      } else if (definition.default === undefined)
        this.#fault(at, `the parameter ${name} has no default, so nothing can be set to it`);
    }
    return read;
  }

  #fault(at: Spot, what: string): undefined {
    this.faults.push({at, what});
    return undefined;
  }

  #onlyKeys(entries: ReadonlyMap<string, Entry>, known: readonly string[], whose: string): void {
    for (const [key, {at}] of entries) {
      if (known.includes(key)) continue;
      const like = nearest(key, known);
      const hint = like === undefined ? `it has ${known.join(', ')}` : `did you mean ${like}?`;
      this.#fault(at, `${whose} has no ${JSON.stringify(key)}: ${hint}`);
    }
  }

  #declared({at, data}: Located): void {
    if (data === null) return;
    if (!isEntries(data)) {
      this.#fault(at, 'parameters is no mapping of names');
      return;
    }
    for (const [name, {at: nameAt, item}] of data) {
      if (!isParameterName(name)) this.#fault(nameAt, badName(name));
      else if (isEntries(item.data)) this.#define(name, nameAt, item.data, []);
      else this.#fault(item.at, `the parameter ${name} is no mapping, as {default: 1.1.1.1}`);
    }
  }

  /** @param more Keys that it may have beside those of a parameter. */
  #define(
    name: string,
    at: Spot,
    entries: ReadonlyMap<string, Entry>,
    more: readonly string[],
  ): Definition | undefined {
    const before = this.faults.length;
    this.#onlyKeys(entries, [...more, 'label', 'description', 'default', 'constraints'], 'a parameter');
    const textOf = (key: 'label' | 'description'): {readonly [key: string]: string} => {
      const item = entries.get(key)?.item;
      if (item === undefined) return {};
      if (typeof item.data === 'string' && item.data !== '' && isWellFormed(item.data))
        return {[key]: item.data};
      this.#fault(item.at, `${key} is no text`);
      return {};
    };
    const value = entries.get('default')?.item;
    const constraints = entries.get('constraints')?.item;
    const definition: Definition = {
      at,
      ...textOf('label'),
      ...textOf('description'),
      ...(value === undefined ? {} : {default: this.#plain(value)}),
      ...(constraints === undefined ? {} : {constraints: readConstraints(constraints, this.faults)}),
    };
    const known = this.definitions.get(name);
    if (known !== undefined && !isSameJson({...known, at: ''}, {...definition, at: ''}))
      this.#fault(at, `the parameter ${name} was said to be something else at ${spotText(known.at)}`);
    else if (known === undefined) this.definitions.set(name, definition);
    return this.faults.length === before ? definition : undefined;
  }

  /** A value without references. */
  #plain(item: Located): Plain {
    const value = this.#said(item, false);
    return value === undefined ? '' : plainOf(item);
  }

  #rule({at, data}: Located): Rule | undefined {
    if (!isEntries(data)) return this.#fault(at, 'a rule is no mapping with when and what to do');
    const before = this.faults.length;
    this.#onlyKeys(data, ['when', ...operations], 'a rule');
    const when = data.get('when')?.item;
    if (when === undefined || !isEntries(when.data))
      return this.#fault(
        when?.at ?? at,
        'a rule has no when: it says which things it is for, as {kind: server}',
      );
    const {kinds, ...tests} = this.#when(when.at, when.data);
    // In the order in which they are written.
    const done = [...data].flatMap(([key, {item}]) =>
      isOperation(key) && kinds.length > 0 ? this.#operations(key, item, kinds) : [],
    );
    if (data.size <= 1) this.#fault(at, `a rule does nothing: it has one of ${operations.join(', ')}`);
    return this.faults.length > before
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
      this.#fault(at, 'when has no kind: one, or a list of them, as `rekindle list` shows it');
    for (const item of kind === undefined ? [] : isItems(kind.data) ? kind.data : [kind]) {
      const found = typeof item.data === 'string' ? heatKind(item.data) : 'a kind is a text, as server';
      if (typeof found === 'string') this.#fault(item.at, found);
      else kinds.push(found);
    }
    if (kind !== undefined && isItems(kind.data) && kind.data.length === 0)
      this.#fault(kind.at, 'kind is an empty list');
    let name: Rule['name'];
    const fields: FieldTest[] = [];
    for (const [key, {at: keyAt, item}] of entries) {
      if (key === 'kind') continue;
      const test = testOf(item);
      if (typeof test === 'string') this.#fault(item.at, `${key}: ${test}`);
      else if (key === 'name') name = test;
      else {
        const path = parsePath(key);
        if (typeof path === 'string') this.#fault(keyAt, path);
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
          return this.#fault(item.at, 'drop is a list of property paths') ?? [];
        const place = this.#place(item.at, item.data, kinds);
        if (place === undefined) return [];
        const needing = kinds.find(kind => isRequired(kind, place.path));
        if (needing !== undefined)
          return (
            this.#fault(
              item.at,
              `Heat requires ${item.data} of ${aKind(needing.kind)}: it can't be dropped`,
            ) ?? []
          );
        return [{does, ...operationAt(place)}];
      });
    }
    if (!isEntries(data)) return this.#fault(at, `${does} is no mapping of property paths`) ?? [];
    return [...data].flatMap(([text, {at: keyAt, item}]): readonly Operation[] => {
      const place = this.#place(keyAt, text, kinds);
      if (place === undefined) return [];
      if (does === 'set') {
        const value = this.#setValue(place, item);
        return value === undefined ? [] : [{does, ...operationAt(place), value}];
      }
      if (does === 'replace') {
        const replacements = this.#replacements(item);
        return replacements === undefined ? [] : [{does, ...operationAt(place), replacements}];
      }
      const parameter = this.#parameter(place, item);
      return parameter === undefined ? [] : [{does, ...operationAt(place), parameter}];
    });
  }

  /** Where a path leads in each of the kinds. */
  #place(at: Spot, text: string, kinds: readonly HeatKind[]): At | undefined {
    const path = parsePath(text);
    if (typeof path === 'string') return this.#fault(at, path);
    for (const kind of kinds) {
      const schema = schemaAt(kind, path);
      if (typeof schema === 'string') return this.#fault(at, schema);
    }
    return {kinds, path, text, at};
  }

  #setValue(place: At, item: Located): Said | undefined {
    const value = this.#said(item, true);
    if (value === undefined) return undefined;
    return this.#fits(place, item.at, value) ? value : undefined;
  }

  /** Whether Heat takes the value there; a fault says why not. */
  #fits(place: At, at: Spot, value: Said): boolean {
    for (const kind of place.kinds) {
      const schema = schemaAt(kind, place.path) as PropertySchema;
      const reason = misfit(schema, asValue(value));
      if (reason !== undefined) {
        this.#fault(at, `Heat refuses the value of ${place.text} of ${aKind(kind.kind)}: it ${reason}`);
        return false;
      }
      if (isChosen(kind, place.path) && typeof value !== 'string') {
        this.#fault(
          at,
          `${place.text} of ${aKind(kind.kind)} takes a text only: it is the default of a parameter`,
        );
        return false;
      }
    }
    return true;
  }

  #replacements(item: Located): readonly Replacement[] | undefined {
    const items = isItems(item.data) ? item.data : [item];
    const before = this.faults.length;
    const found = items.flatMap(one => this.#replacement(one) ?? []);
    if (items.length === 0) this.#fault(item.at, 'nothing is said to be replaced');
    return this.faults.length === before ? found : undefined;
  }

  #replacement({at, data}: Located): Replacement | undefined {
    const example = 'as {text: old, with: new} or {match: "^web-(.*)", with: "www-$1"}';
    if (!isEntries(data)) return this.#fault(at, `replace takes what to replace and with what, ${example}`);
    const before = this.faults.length;
    this.#onlyKeys(data, ['text', 'match', 'with'], 'replace');
    if (this.faults.length > before) return undefined;
    const textAt = (key: string): string | undefined => {
      const one = data.get(key)?.item;
      if (one === undefined) return undefined;
      const value = typeof one.data === 'number' ? String(one.data) : one.data;
      if (typeof value === 'string' && isWellFormed(value) && value.length <= LONGEST_RESULT) return value;
      return this.#fault(one.at, `${key} is no text`);
    };
    const [text, match, by] = [textAt('text'), textAt('match'), textAt('with')];
    if (data.has('text') === data.has('match') || !data.has('with'))
      return this.#fault(at, `replace takes text or match, and with, ${example}`);
    if (by === undefined) return undefined;
    if (text !== undefined)
      return text === ''
        ? this.#fault(data.get('text')?.item.at ?? at, 'the text to replace is empty')
        : {text, by};
    if (match === undefined) return undefined;
    try {
      const pattern = new Pattern(match);
      return {pattern, by: pattern.replacement(by)};
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      const isGroup = error.message.startsWith('there is no group');
      return this.#fault(data.get(isGroup ? 'with' : 'match')?.item.at ?? at, error.message);
    }
  }

  /** @returns the parameter's name. */
  #parameter(place: At, item: Located): string | undefined {
    const chosen = place.kinds.find(kind => isChosen(kind, place.path));
    if (chosen !== undefined)
      return this.#fault(place.at, `${place.text} of ${aKind(chosen.kind)} is a parameter already`);
    if (typeof item.data === 'string')
      return isParameterName(item.data) ? item.data : this.#fault(item.at, badName(item.data));
    if (!isEntries(item.data))
      return this.#fault(
        item.at,
        'parameter takes a name, or a mapping with one, as {name: owner, label: Owner}',
      );
    const name = item.data.get('name')?.item;
    if (typeof name?.data !== 'string' || !isParameterName(name.data))
      return this.#fault(
        name?.at ?? item.at,
        typeof name?.data === 'string' ? badName(name.data) : 'the parameter has no name',
      );
    if (item.data.size === 1) return name.data;
    const definition = this.#define(name.data, item.at, item.data, ['name']);
    const value = item.data.get('default')?.item;
    if (definition?.default !== undefined && value !== undefined) {
      const said = this.#said(value, false);
      if (said === undefined || !this.#fits(place, value.at, said)) return undefined;
    }
    return definition === undefined ? undefined : name.data;
  }

  /** A value of a template. @param references Whether it may refer to other things. */
  #said(item: Located, references: boolean): Said | undefined {
    const {at, data} = item;
    if (data === null) return this.#fault(at, 'Heat takes no null: to leave a property out, drop it');
    if (typeof data === 'string')
      return isWellFormed(data) ? data : this.#fault(at, 'the text holds half a surrogate pair');
    if (typeof data === 'number')
      return Number.isFinite(data) ? data : this.#fault(at, 'the number is not finite');
    if (typeof data === 'boolean') return data;
    if (isItems(data)) {
      const items = data.map(one => this.#said(one, references));
      return items.every(one => one !== undefined) ? items : undefined;
    }
    const [key, ...others] = data.keys();
    if (references && others.length === 0 && (key === 'resource' || key === 'parameter'))
      return this.#reference(key, data.get(key)?.item ?? item);
    const plain = Object.fromEntries([...data.keys()].map(name => [name, '']));
    if (looksLikeFunction(plain))
      return this.#fault(
        at,
        `a value is no call of Heat's ${key ?? ''}: other things are {resource: 'kind:name'}, parameters {parameter: name}`,
      );
    const entries = new Map<string, Said>();
    for (const [name, {item: part}] of data) {
      const value = this.#said(part, references);
      if (value === undefined) return undefined;
      entries.set(name, value);
    }
    return entries;
  }

  #reference(key: 'resource' | 'parameter', {at, data}: Located): Said | undefined {
    if (key === 'parameter') {
      if (typeof data !== 'string' || !isParameterName(data))
        return this.#fault(at, 'parameter takes the name of one that is said under parameters');
      const found = new SaidParameter(at, data);
      this.#named.push(found);
      return found;
    }
    const [, kind = '', name = ''] = (typeof data === 'string' && /^([a-z0-9_]+):(.+)$/s.exec(data)) || [];
    if (name === '') return this.#fault(at, "resource takes 'kind:name' or 'kind:id', as 'network:web'");
    if (specOf(kind) === undefined) return this.#fault(at, heatKind(kind) as string);
    return new SaidResource(at, kind, name);
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

/** `at` holds the places where choices are kept. */
function isParameterName(name: string): boolean {
  return isUsableName(name) && name !== 'at';
}

function badName(name: string): string {
  return `${JSON.stringify(name)} is no name for a parameter: it has letters, digits and _, and begins with no digit`;
}

const somewhere = new Ref('', '');

/** What Heat would be told, with references that may be anything. */
function asValue(said: Said): Value {
  if (said instanceof SaidResource || said instanceof SaidParameter) return somewhere;
  if (Array.isArray(said)) return (said as readonly Said[]).map(item => asValue(item));
  if (said instanceof Map)
    return Object.fromEntries(
      [...(said as ReadonlyMap<string, Said>)].map(([key, item]) => [key, asValue(item)]),
    );
  return said as string | number | boolean;
}
