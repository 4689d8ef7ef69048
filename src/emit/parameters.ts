/** The parameters of a template: one per distinct thing outside it, and those that its resources ask for. */
import type {External, Node} from '../model/graph.ts';
import type {Ask, Given} from '../model/value.ts';
import {inKeptOrder, KeptNames, owner} from './kept.ts';
import type {Kinds} from './kinds.ts';
import type {EmitOptions, Json, TemplateParameter} from './model.ts';
import type {Names} from './names.ts';

/** Marks the parameter for the target project's own default security group. */
export const DEFAULT_GROUP = 'default_security_group';

/** Stands beside a value that only the user can give. */
export const GIVE = 'give a value';

type Sets = {readonly kind: string; readonly id: string; readonly field: string}[];

interface Optional {
  /** Parameter that names what stands for it; undefined where nothing refers to it. */
  readonly name: string | undefined;
  readonly condition: string;
}

interface OptionalWords {
  readonly why: string;
  readonly create: boolean;
}

export class Parameters {
  readonly #names: Names;
  readonly #kinds: Kinds;
  readonly #kept: KeptNames;
  readonly #list: TemplateParameter[] = [];
  readonly #byExternal = new Map<string, string>();
  readonly #given = new Map<string, {readonly name: string; readonly sets: Sets}>();
  readonly #optional = new Map<string, Optional>();
  readonly #conditions = new Map<string, string>();
  readonly #options: EmitOptions;
  readonly conditions: Record<string, Json> = {};

  constructor(names: Names, kinds: Kinds, options: EmitOptions, kept = new KeptNames()) {
    this.#kept = kept;
    this.#names = names;
    this.#kinds = kinds;
    this.#options = options;
  }

  /** In group order, then as in the earlier bundle, then as added. */
  get list(): readonly TemplateParameter[] {
    return inKeptOrder(this.#list, ({name}) => this.#kept.rankOf(name))
      .map((parameter, index) => ({parameter, index}))
      .sort(
        (a, b) =>
          this.#kinds.groupRank(a.parameter.group) - this.#kinds.groupRank(b.parameter.group) ||
          a.index - b.index,
      )
      .map(({parameter}) => parameter);
  }

  /** @param existing The target has its own: the default security group. */
  addExternal(external: External, existing: boolean): void {
    const what = external.prefix.replaceAll('_', ' ');
    const group = this.#kinds.sectionOf(external.kind);
    const source = {id: external.id, name: external.name};
    const outside = owner.parameter('outside', external.key);
    if (existing) {
      const name = this.#names.exactly(
        DEFAULT_GROUP,
        external.id,
        owner.parameter('default-group', external.key),
      );
      this.#byExternal.set(external.key, name);
      this.#list.push({
        name,
        role: 'default-group',
        group,
        type: 'string',
        description:
          "The target project's own default security group: by id, where the role sees several of that name",
        default: 'default',
        value: 'default',
        kind: external.kind,
        source,
      });
      return;
    }
    if (external.optional) {
      const name = this.#names.take(external.prefix, external.name, external.key, outside);
      this.#byExternal.set(external.key, name);
      this.#list.push({
        name,
        role: 'outside',
        group,
        type: 'string',
        description: `${what[0]?.toUpperCase() ?? ''}${what.slice(1)}; empty: none`,
        default: '',
        ...(external.constraint === undefined ? {} : {constraint: external.constraint}),
        value: '',
        remark: namedInSource(external.name),
        kind: external.kind,
        source,
      });
      return;
    }
    const named = external.unique && external.name !== external.id;
    // Kinds without a constraint (zones) and flavors, volume types by name have no id other than their name.
    const byName = named || !looksLikeId(external.id);
    const name = this.#names.take(
      external.prefix,
      looksLikeId(external.name) ? '' : external.name,
      external.key,
      outside,
    );
    this.#byExternal.set(external.key, name);
    this.#list.push({
      name,
      role: 'outside',
      group,
      type: 'string',
      description: `${what[0]?.toUpperCase() ?? ''}${what.slice(1)}${external.constraint === undefined || external.constraint === 'nova.keypair' ? '' : ', by name or id'}`,
      ...(byName ? {default: external.name} : {}),
      ...(external.constraint === undefined ? {} : {constraint: external.constraint}),
      value: byName ? external.name : external.id,
      ...(byName || external.name === external.id ? {} : {remark: oneOfSeveral(external.name)}),
      kind: external.kind,
      source,
    });
  }

  parameterOf(externalKey: string): string | undefined {
    return this.#byExternal.get(externalKey);
  }

  /** A resource that is not always made: whether it is, and what stands for it otherwise, are parameters. */
  addOptional(node: Node, logical: string, value: string | undefined, {why, create}: OptionalWords): void {
    const {key} = node;
    const condition = this.#names.take('create', logical, key, owner.parameter('optional-switch', key));
    const name =
      value === undefined
        ? undefined
        : this.#names.take(logical, 'name', key, owner.parameter('optional-name', key));
    this.#optional.set(node.key, {name, condition});
    this.#conditions.set(node.key, condition);
    const common = {
      group: this.#kinds.sectionOf(node.kind),
      kind: node.kind,
      source: {id: node.id, name: value ?? node.label},
    };
    if (value !== undefined && name !== undefined) {
      this.#list.push({
        ...common,
        name,
        role: 'optional-name',
        type: 'string',
        description: why,
        default: value,
        value,
        pair: condition,
      });
    }
    this.#list.push({
      ...common,
      name: condition,
      role: 'optional-switch',
      type: 'boolean',
      description: name === undefined ? why : `Create ${logical}; false where the target has it already`,
      default: create,
      value: create,
      ...(name === undefined ? {} : {pair: name}),
    });
    this.conditions[condition] = {equals: [{get_param: condition}, true]};
  }

  optional(key: string): Optional | undefined {
    return this.#optional.get(key);
  }

  /** It is made together with something optional; what is optional by itself, only if both are to be made. */
  follow(key: string, leader: string): void {
    const needs = this.#conditions.get(leader);
    if (needs === undefined) return;
    const own = this.#conditions.get(key);
    if (own === undefined) {
      this.#conditions.set(key, needs);
      return;
    }
    this.conditions[own] = {and: [needs, this.conditions[own] ?? true]};
    const index = this.#list.findIndex(({name, role}) => name === own && role === 'optional-switch');
    const parameter = this.#list[index];
    if (parameter !== undefined) this.#list[index] = {...parameter, needs};
  }

  /** The condition under which the resource is made; undefined: always. */
  conditionOf(key: string): string | undefined {
    return this.#conditions.get(key);
  }

  /** Something only the user can give. */
  addAsk(ask: Ask, logical: string, node: Node, property: string): string {
    const {prefix, description, constraint, secret} = ask;
    const role = secret === undefined ? 'ask' : 'secret';
    const whose = owner.anyOf(role, node.kind);
    const name = this.#names.take(prefix, logical, `${node.key}.${property}`, whose);
    // A part's secret was read with the row it is split from.
    const kind = this.#kinds.specOf(node.kind)?.parts?.of.kind ?? node.kind;
    const captured =
      secret === undefined ? undefined : this.#options.secrets?.get(`${kind}:${node.id}.${secret}`);
    this.#list.push({
      name,
      role,
      group: this.#kinds.sectionOf(node.kind),
      type: 'string',
      description,
      ...(constraint === undefined ? {} : {constraint}),
      ...(secret === undefined ? {} : {hidden: true, default: ''}),
      value: captured ?? '',
      ...(captured === undefined ? {remark: GIVE} : {}),
      kind: node.kind,
    });
    return name;
  }

  /** A value of the source that may have to be another one in the target; one parameter wherever it is used. */
  addGiven(given: Given, node: Node, reads: readonly string[]): string {
    const {key, prefix, label, description, value, form, exact} = given;
    const uses = reads.map(field => ({kind: node.kind, id: node.id, field}));
    const known = this.#given.get(key);
    if (known !== undefined) {
      for (const use of uses) if (!known.sets.some(one => isSame(one, use))) known.sets.push(use);
      return known.name;
    }
    const [first] = reads;
    const whose = first === undefined ? undefined : owner.given(node.key, first);
    const name =
      exact === undefined
        ? this.#names.take(prefix, label, key, whose)
        : this.#names.promised(exact.name, key);
    const sets: Sets = uses;
    this.#given.set(key, {name, sets});
    this.#list.push({
      name,
      role: 'given',
      group: this.#kinds.sectionOf(node.kind),
      type: form.type ?? 'string',
      ...(form.label === undefined ? {} : {label: form.label}),
      description,
      default: value,
      ...(form.constraints === undefined ? {} : {constraints: form.constraints}),
      value,
      kind: node.kind,
      sets,
    });
    return name;
  }

  /** The parameter of such a value, where a resource of the template uses it. */
  givenOf(key: string): string | undefined {
    return this.#given.get(key)?.name;
  }

  /** Data that a template can't hold as it is. */
  addData(logical: string, property: string, key: string, kind: string, value: Json): string {
    const name = this.#names.take(logical, property, `${key}.${property}`, owner.anyOf('data', kind));
    this.#list.push({
      name,
      role: 'data',
      group: this.#kinds.sectionOf(kind),
      type: 'json',
      description: `${property} of ${logical}: a key in it is the name of a Heat function, so it can't stand in the template`,
      default: value,
      value,
      kind,
    });
    return name;
  }
}

export function namedInSource(name: string): string {
  return `${JSON.stringify(name)} in the source`;
}

export function oneOfSeveral(name: string): string {
  return `${name}: the source has several of that name`;
}

function isSame(a: Sets[number], b: Sets[number]): boolean {
  return a.kind === b.kind && a.id === b.id && a.field === b.field;
}

/** Source ids stay out of the template: a UUID, with or without hyphens, or a URL that ends in one. */
export function looksLikeId(text: string): boolean {
  return /^(?:https?:\/\/\S+\/)?(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text);
}
