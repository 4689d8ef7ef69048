/** What siblings have in common becomes a nested template; what differs, and what is outside, its parameters. Pure. */
import {isSameJson} from '../../model/json.ts';
import {INDEX_VARIABLE} from '../../model/expand.ts';
import {looksLikeFunction} from '../../model/functions.ts';
import type {Json, TemplateResource} from '../model.ts';
import {placeOf} from './signature.ts';
import {callOf, isMap, namesIn, parametersIn} from './values.ts';

/** Why a set of siblings stays as it is. */
export class Refusal extends Error {}

/** A parameter of the nested template, and what the group gives it. */
export interface Given {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** In the words of the outer template. */
  readonly value: Json;
}

export interface Lifted {
  /** In the order of the parts; references within are by role. */
  readonly resources: readonly TemplateResource[];
  readonly given: readonly Given[];
  /** Values by member, then by field; empty where nothing differs but by the index. */
  readonly fields: readonly Readonly<Record<string, Json>>[];
}

export interface Outer {
  /** Of the outer template: type and description by parameter. */
  readonly parameters: ReadonlyMap<string, {readonly type: string; readonly description: string}>;
  readonly isOwnParameter: (name: string) => boolean;
}

interface Use {
  readonly value: Json;
  /** Name that its first place suggests. */
  readonly base: string;
  readonly role: string;
}

/** @param bodies By part, then by member; references within as `#0`. @param indices Of the members. @param roles Of the parts. */
export function lift(
  bodies: readonly (readonly TemplateResource[])[],
  {
    roles,
    indices,
    outer,
  }: {readonly roles: readonly string[]; readonly indices: readonly number[]; readonly outer: Outer},
): Lifted {
  const seen = new Lifting(indices, roles, outer);
  for (const [index, members] of bodies.entries()) seen.body(members, roles[index] ?? '');
  const lifting = new Lifting(indices, roles, outer, seen.named());
  const resources = bodies.map((members, index) => lifting.body(members, roles[index] ?? ''));
  return {resources, given: lifting.given(), fields: lifting.fields()};
}

const RESERVED = ['index', 'members'];

/** One walk over all members at once. */
class Lifting {
  readonly #indices: readonly number[];
  readonly #roles: readonly string[];
  readonly #outer: Outer;
  /** Parameter names by value, from a first walk. */
  readonly #names: ReadonlyMap<string, string>;
  readonly #uses = new Map<string, Use>();
  readonly #fields = new Map<string, {readonly name: string; readonly values: readonly Json[]}>();
  #role = '';

  constructor(
    indices: readonly number[],
    roles: readonly string[],
    outer: Outer,
    names: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#indices = indices;
    this.#roles = roles;
    this.#outer = outer;
    this.#names = names;
  }

  body(members: readonly TemplateResource[], role: string): TemplateResource {
    const [first] = members;
    if (first === undefined) throw new Error('a set without members');
    this.#role = role;
    const {section: _section, ...rest} = first;
    return {
      ...rest,
      name: role,
      comments: [],
      dependsOn: first.dependsOn.flatMap(name => {
        const place = placeOf(name);
        return place === undefined ? [] : [this.#roles[place] ?? ''];
      }),
      properties: this.#walk(
        members.map(({properties}) => properties),
        [],
      ) as TemplateResource['properties'],
    };
  }

  /** Names for the parameters: by the property, or by what is given where two of them have one name. */
  named(): ReadonlyMap<string, string> {
    const bases = new Map<string, number>();
    for (const {base} of this.#uses.values()) bases.set(base, (bases.get(base) ?? 0) + 1);
    const taken = new Set([...RESERVED, ...this.#roles]);
    const names = new Map<string, string>();
    for (const [key, {base, value, role}] of this.#uses) {
      const [told = `${role}_${base}`] = [...namesIn(value), ...parametersIn(value)];
      const wanted = (bases.get(base) ?? 0) > 1 || taken.has(base) ? told.replaceAll(/\W/g, '_') : base;
      names.set(key, free(wanted, taken));
    }
    return names;
  }

  given(): readonly Given[] {
    return [...this.#uses].map(([key, {value, base, role}]) => ({
      name: this.#names.get(key) ?? base,
      type: this.#typeOf(value),
      description: `${capital(words(base))} of the ${words(role)}`,
      value,
    }));
  }

  fields(): readonly Readonly<Record<string, Json>>[] {
    if (this.#fields.size === 0) return [];
    return this.#indices.map((_, member) =>
      Object.fromEntries([...this.#fields.values()].map(({name, values}) => [name, values[member] ?? null])),
    );
  }

  #walk(values: readonly Json[], path: readonly string[]): Json {
    const [first = null] = values;
    const calls = new Set(values.map(callOf));
    const [call] = calls;
    if (call !== undefined && calls.size === 1) return this.#call(call, values, path);
    if (values.every(isMap)) {
      const keys = Object.keys(first as object);
      if (!values.every(value => isSameJson(Object.keys(value).sort(), [...keys].sort()))) throw unlike();
      const result = Object.create(null) as Record<string, Json>;
      for (const key of keys)
        result[key] = this.#walk(
          values.map(value => (value as Record<string, Json>)[key] ?? null),
          [...path, key],
        );
      return result;
    }
    if (values.every(value => Array.isArray(value))) {
      const lists = values as readonly (readonly Json[])[];
      const {length} = first as readonly Json[];
      if (lists.some(list => list.length !== length)) throw unlike();
      return Array.from({length}, (_, at) =>
        this.#walk(
          lists.map(list => list[at] ?? null),
          [...path, ''],
        ),
      );
    }
    if (values.some(value => typeof value === 'object')) throw unlike();
    if (values.every(value => Object.is(value, first))) return first;
    return this.#byIndex(values, path) ?? this.#field(values, path);
  }

  #call(call: string, values: readonly Json[], path: readonly string[]): Json {
    const [first = null] = values;
    const isSame = values.every(value => isSameJson(value, first));
    if (isSame) {
      const within = [...namesIn(first)].some(name => placeOf(name) !== undefined);
      if (!within) return this.#outside(first, path);
      if (call === 'get_resource' || call === 'get_attr') return this.#inside(first);
    } else if (call === 'get_file') return this.#field(values, path);
    else if (call === 'get_param') throw this.#owned(values) ?? unlike();
    if (call === 'get_resource' || call === 'get_attr') throw unlike();
    if (call === 'if')
      throw new Refusal('part of them depends on a condition, which a nested template does not see');
    return {
      [call]: this.#walk(
        values.map(value => (value as Record<string, Json>)[call] ?? null),
        path,
      ),
    };
  }

  /** By its role instead of its place. */
  #inside(value: Json): Json {
    const {get_resource: resource, get_attr: attribute} = value as Record<string, Json>;
    const role = (name: unknown): string => this.#roles[placeOf(String(name)) ?? -1] ?? '';
    if (resource !== undefined) return {get_resource: role(resource)};
    const [name, ...rest] = attribute as readonly Json[];
    return {get_attr: [role(name), ...rest]};
  }

  /** A parameter of the nested template; one for all uses of the same value. */
  #outside(value: Json, path: readonly string[]): Json {
    if (isSameJson(value, {get_param: 'OS::project_id'})) return value;
    const owned = this.#owned([value]);
    if (owned !== undefined) throw owned;
    this.#typeOf(value);
    const key = JSON.stringify(value);
    if (!this.#uses.has(key)) this.#uses.set(key, {value, base: wordOf(path), role: this.#role});
    return {get_param: this.#names.get(key) ?? key};
  }

  #owned(values: readonly Json[]): Refusal | undefined {
    for (const value of values)
      for (const name of parametersIn(value))
        if (this.#outer.isOwnParameter(name)) return new Refusal(`each has a parameter of its own (${name})`);
    return undefined;
  }

  /** `web-%index%`, where names count from 0 as the members do. */
  #byIndex(values: readonly Json[], path: readonly string[]): Json | undefined {
    const [first] = values;
    if (path.at(-1) !== 'name' || typeof first !== 'string' || first.includes(INDEX_VARIABLE))
      return undefined;
    const digits = String(this.#indices[0]);
    const at = first.lastIndexOf(digits);
    if (at < 0) return undefined;
    const around = [first.slice(0, at), first.slice(at + digits.length)] as const;
    const follows = values.every((value, member) => value === around.join(String(this.#indices[member])));
    return follows ? this.#outside(around.join(INDEX_VARIABLE), path) : undefined;
  }

  #field(values: readonly Json[], path: readonly string[]): Json {
    const key = JSON.stringify(values);
    let name = this.#fields.get(key)?.name;
    if (name === undefined) {
      const taken = new Set([...this.#fields.values()].map(field => field.name));
      const word = wordOf(path);
      const wanted = looksLikeFunction({[word]: 0}) || taken.has(word) ? `${this.#role}_${word}` : word;
      name = free(wanted, taken);
      this.#fields.set(key, {name, values});
    }
    return {get_param: ['members', {get_param: 'index'}, name]};
  }

  /** Heat makes what is given fit the declared type, so that it has to be known. */
  #typeOf(value: Json): string {
    const call = callOf(value);
    const argument = isMap(value) && call !== undefined ? value[call] : undefined;
    if (call === 'get_param' && typeof argument === 'string') {
      const {type = 'string'} = this.#outer.parameters.get(argument) ?? {};
      // What a map holds would be read as a template's text once more.
      if (type === 'json') throw new Refusal(`the parameter ${argument} holds data that can't be handed on`);
      return type;
    }
    if (call === 'if' && Array.isArray(argument)) {
      const types = new Set((argument as readonly Json[]).slice(1).map(branch => this.#typeOf(branch)));
      const [only] = types;
      if (only !== undefined && types.size === 1) return only;
    } else if (call === undefined ? typeof value === 'string' : TEXTS.has(call)) return 'string';
    throw new Refusal(`what ${call ?? 'a value'} comes to is not known to be a text`);
  }
}

/** Functions whose result is a text wherever rekindle writes them. */
const TEXTS = new Set(['get_resource', 'get_attr', 'get_file', 'list_join', 'str_replace']);

function unlike(): Refusal {
  return new Refusal('they are not built alike');
}

/** What a value is called after its place: `subnet` for `fixed_ips[0].subnet`, `security_group` for `security_groups[0]`. */
function wordOf(path: readonly string[]): string {
  const word = path.findLast(step => step !== '') ?? 'value';
  const plain =
    word
      .replaceAll(/\W+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .toLowerCase() || 'value';
  if (path.at(-1) !== '') return plain;
  return plain.endsWith('ies') ? `${plain.slice(0, -3)}y` : plain.replace(/s$/, '');
}

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}

function words(text: string): string {
  return text.replaceAll('_', ' ');
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}
