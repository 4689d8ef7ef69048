/** The parameters of a template: one per distinct thing outside it, and those that its resources ask for. */
import type {External, Node} from '../model/graph.ts';
import {holdsId} from '../model/physical.ts';
import type {Ask, Given, Plain, ParameterForm, RowField} from '../model/value.ts';
import {inKeptOrder, KeptNames, owner} from './kept.ts';
import {Freezer, refuse} from './freeze.ts';
import type {Kinds} from './kinds.ts';
import type {EmitOptions, Json, TemplateParameter} from './model.ts';
import type {Names} from './names.ts';
import {capital, nounOf} from './words.ts';

/** Marks the parameter for the target project's own default security group. */
export const DEFAULT_GROUP = 'default_security_group';

/** Stands beside a value that only the user can give. */
export const GIVE = 'give a value';

type Sets = readonly RowField[];

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
  /** No name: frozen. */
  readonly #given = new Map<
    string,
    {readonly name: string | undefined; readonly add: (uses: Sets) => void}
  >();
  #isGivenFrozen = false;
  /** What stands in the template instead of a parameter, by external key. */
  readonly #literals = new Map<string, string>();
  /** Keys of what would be optional. */
  readonly #always = new Set<string>();
  readonly #freezer: Freezer;
  readonly #optional = new Map<string, Optional>();
  readonly #conditions = new Map<string, string>();
  readonly #options: EmitOptions;
  readonly conditions: Record<string, Json> = {};

  constructor(names: Names, kinds: Kinds, options: EmitOptions, kept = new KeptNames()) {
    this.#kept = kept;
    this.#names = names;
    this.#kinds = kinds;
    this.#options = options;
    this.#freezer = new Freezer(options.shape?.freeze, kinds.parameterKinds);
  }

  /** After the last was added. @throws RekindleError 'usage' where --freeze names what there is not */
  check(): void {
    this.#freezer.check();
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

  /**
   * @param existing The target has its own: the default security group.
   * @param users Who uses it, in words.
   */
  addExternal(external: External, existing: boolean, users = ''): void {
    const what = `${capital(nounOf(external.prefix))}${users === '' ? '' : ` of ${users}`}`;
    const group = this.#kinds.sectionOf(external.kind);
    const source = {id: external.id, name: external.name};
    const outside = owner.parameter('outside', external.key);
    if (existing) {
      const name = this.#names.exactly(
        DEFAULT_GROUP,
        external.id,
        owner.parameter('default-group', external.key),
      );
      this.#freezer.takes({name, role: 'default-group', kind: external.kind});
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
      const name = this.#names.take(external.prefix, nameOf(external), external.key, outside);
      if (this.#freezer.takes({name, role: 'outside', kind: external.kind}))
        refuse(name, 'in the source it stands for what the target does not have, so it is empty');
      this.#byExternal.set(external.key, name);
      this.#list.push({
        name,
        role: 'outside',
        group,
        type: 'string',
        description: `${what}; empty: none`,
        default: '',
        ...(external.constraint === undefined ? {} : {constraint: external.constraint}),
        value: '',
        remark: namedInSource(external.name),
        kind: external.kind,
        source,
      });
      return;
    }
    const named = external.unique && !external.byId && external.name !== external.id;
    // Kinds without a constraint (zones) and flavors, volume types by name have no id other than their name.
    const byName = named || (!external.byId && !looksLikeId(external.id));
    const name = this.#names.take(external.prefix, nameOf(external), external.key, outside);
    if (this.#freezer.takes({name, role: 'outside', kind: external.kind})) {
      if (!byName || holdsId(external.name))
        refuse(name, 'only the id of the source names it, and no id of it may stand in a template');
      this.#literals.set(external.key, external.name);
      return;
    }
    this.#byExternal.set(external.key, name);
    const {allowed} = external;
    this.#list.push({
      name,
      role: 'outside',
      group,
      type: 'string',
      // An id of the source is no name of the target's.
      ...(allowed === undefined || !byName || holdsId(external.name)
        ? {}
        : {form: {constraints: [{allowed_values: allowed}]}}),
      description: external.byId
        ? `${what}, by id`
        : external.constraint === undefined || external.constraint === 'nova.keypair'
          ? what
          : `${what}, by name or id`,
      ...(byName && !holdsId(external.name) ? {default: external.name} : {}),
      ...(external.constraint === undefined ? {} : {constraint: external.constraint}),
      value: byName ? external.name : external.id,
      ...(byName || external.name === external.id
        ? {}
        : {remark: external.byId ? namedInSource(external.name) : oneOfSeveral(external.name)}),
      kind: external.kind,
      source,
    });
  }

  parameterOf(externalKey: string): string | undefined {
    return this.#byExternal.get(externalKey);
  }

  /** What stands for a thing outside whose parameter is frozen. */
  literalOf(externalKey: string): string | undefined {
    return this.#literals.get(externalKey);
  }

  /** A resource that is not always made: whether it is, and what stands for it otherwise, are parameters. */
  addOptional(node: Node, logical: string, value: string | undefined, {why, create}: OptionalWords): void {
    const {key} = node;
    const condition = this.#names.take('create', logical, key, owner.parameter('optional-switch', key));
    const name =
      value === undefined
        ? undefined
        : this.#names.take(logical, 'name', key, owner.parameter('optional-name', key));
    const {kind} = node;
    const pair = name === undefined ? [] : [name];
    if (this.#freezer.takes({name: condition, role: 'optional-switch', kind}, ...pair)) {
      if (!create) refuse(condition, 'whether it is created is for each deployment to say');
      this.#always.add(node.key);
      return;
    }
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
    this.conditions[condition] = {get_param: condition};
  }

  /** Whether anything stands in the template instead of a parameter. */
  get isAnyFrozen(): boolean {
    return this.#literals.size > 0 || this.#always.size > 0 || this.#isGivenFrozen;
  }

  /** It would be optional, but is made always. */
  isAlways(key: string): boolean {
    return this.#always.has(key);
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
    this.#freezer.takes({name, role, kind: node.kind});
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

  /**
   * A value of the source that may have to be another one in the target; one parameter wherever it is used.
   * @returns its name; undefined where it is frozen
   */
  addGiven(given: Given, node: Node, reads: readonly string[]): string | undefined {
    const {key, prefix, label, description, value, form = {}, exact, role = 'given'} = given;
    const uses = given.sets ?? reads.map(field => ({kind: node.kind, id: node.id, field}));
    const known = this.#given.get(key);
    if (known !== undefined) {
      known.add(uses);
      return known.name;
    }
    const [first] = uses;
    const whose =
      role === 'name-prefix'
        ? owner.parameter(role, '')
        : first === undefined
          ? undefined
          : owner.given(`${first.kind}:${first.id}`, first.field);
    const name =
      exact !== undefined
        ? this.#names.promised(exact.name, key)
        : role === 'name-prefix'
          ? this.#names.exactly(prefix, key, whose)
          : this.#names.take(prefix, label, key, whose);
    const sets: RowField[] = [];
    const seen = new Set<string>();
    const add = (more: Sets): void => {
      for (const use of more) {
        const text = JSON.stringify([use.kind, use.id, use.field]);
        if (!seen.has(text)) sets.push(use);
        seen.add(text);
      }
    };
    add(uses);
    if (this.#freezer.takes({name, role, kind: node.kind})) {
      this.#given.set(key, {name: undefined, add});
      this.#isGivenFrozen = true;
      return undefined;
    }
    this.#given.set(key, {name, add});
    const {type = 'string', label: title, constraints} = form;
    const written = valueFor(type, value);
    this.#list.push({
      name,
      role,
      group: given.group ?? this.#kinds.sectionOf(node.kind),
      type,
      form: {
        ...(title === undefined ? {} : {label: title}),
        ...(constraints === undefined ? {} : {constraints}),
      },
      description,
      ...(typeof value === 'string' && holdsId(value) ? {} : {default: written}),
      value: written,
      kind: node.kind,
      sets,
    });
    return name;
  }

  /** The parameter of such a value, where a resource of the template uses it. */
  givenOf(key: string): string | undefined {
    return this.#given.get(key)?.name;
  }

  isFrozenGiven(key: string): boolean {
    const known = this.#given.get(key);
    return known !== undefined && known.name === undefined;
  }

  /** Data that a template can't hold as it is. */
  addData(logical: string, property: string, key: string, kind: string, value: Json): string {
    const name = this.#names.take(logical, property, `${key}.${property}`, owner.anyOf('data', kind));
    this.#freezer.takes({name, role: 'data', kind});
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

/** As Heat's manual has lists; items with a comma need a json parameter. */
function valueFor(type: ParameterForm['type'], value: Plain): Json {
  return type === 'comma_delimited_list' && Array.isArray(value) ? value.join(',') : value;
}

export function namedInSource(name: string): string {
  return `${JSON.stringify(name)} in the source`;
}

export function oneOfSeveral(name: string): string {
  return `${name}: the source has several of that name`;
}

/** What a person calls it; nothing where an id of the source is in that. */
function nameOf({name}: External): string {
  return holdsId(name) ? '' : name;
}

/** Source ids stay out of the template: a UUID, with or without hyphens, or a URL that ends in one. */
function looksLikeId(text: string): boolean {
  return /^(?:https?:\/\/\S+\/)?(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text);
}
