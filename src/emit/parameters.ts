/** The parameters of a template: one per distinct thing outside it, and those that its resources ask for. */
import type {External, Node} from '../model/graph.ts';
import type {Ask} from '../model/value.ts';
import {groupOf, groupRank} from './headings.ts';
import type {Json, TemplateParameter} from './model.ts';
import type {Names} from './names.ts';

/** Marks the parameter for the target project's own default security group. */
export const DEFAULT_GROUP = 'default_security_group';

export class Parameters {
  readonly #names: Names;
  readonly #list: TemplateParameter[] = [];
  readonly #byExternal = new Map<string, string>();
  readonly #optional = new Map<string, {readonly name: string; readonly condition: string}>();
  readonly conditions: Record<string, Json> = {};

  constructor(names: Names) {
    this.#names = names;
  }

  /** In group order, then as added. */
  get list(): readonly TemplateParameter[] {
    return this.#list
      .map((parameter, index) => ({parameter, index}))
      .sort((a, b) => groupRank(a.parameter.group) - groupRank(b.parameter.group) || a.index - b.index)
      .map(({parameter}) => parameter);
  }

  /** @param existing The target has its own: the default security group. */
  addExternal(external: External, existing: boolean): void {
    const what = external.prefix.replaceAll('_', ' ');
    const group = groupOf(external.kind);
    const source = {id: external.id, name: external.name};
    if (existing) {
      const name = this.#names.exactly(DEFAULT_GROUP, external.id);
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
      const name = this.#names.take(external.prefix, external.name, external.key);
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
        remark: `${JSON.stringify(external.name)} in the source`,
        kind: external.kind,
        source,
      });
      return;
    }
    const named = external.unique && external.name !== external.id;
    // Kinds without a constraint (zones) and flavors, volume types by name have no id other than their name.
    const byName = named || !looksLikeId(external.name);
    const name = this.#names.take(
      external.prefix,
      looksLikeId(external.name) ? '' : external.name,
      external.key,
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
      ...(byName || external.name === external.id
        ? {}
        : {remark: `${external.name}: the source has several of that name`}),
      kind: external.kind,
      source,
    });
  }

  parameterOf(externalKey: string): string | undefined {
    return this.#byExternal.get(externalKey);
  }

  /** A resource the target may have already: its name and whether to make it are parameters. */
  addOptional(node: Node, logical: string, value: string, why: string): void {
    const name = this.#names.take(logical, 'name', node.key);
    const condition = this.#names.take('create', logical, node.key);
    this.#optional.set(node.key, {name, condition});
    const common = {group: groupOf(node.kind), kind: node.kind, source: {id: node.id, name: value}};
    this.#list.push(
      {
        ...common,
        name,
        role: 'optional-name',
        type: 'string',
        description: why,
        default: value,
        value,
        pair: condition,
      },
      {
        ...common,
        name: condition,
        role: 'optional-switch',
        type: 'boolean',
        description: `Create ${logical}; false where the target has it already`,
        default: true,
        value: true,
        pair: name,
      },
    );
    this.conditions[condition] = {equals: [{get_param: condition}, true]};
  }

  optional(key: string): {readonly name: string; readonly condition: string} | undefined {
    return this.#optional.get(key);
  }

  /** Something only the user can give. */
  addAsk({prefix, description, constraint}: Ask, logical: string, kind: string, key: string): string {
    const name = this.#names.take(prefix, logical, key);
    const constrained = constraint === undefined ? {} : {constraint};
    this.#list.push({
      name,
      role: 'ask',
      group: groupOf(kind),
      type: 'string',
      description,
      ...constrained,
      value: '',
      remark: 'give a value',
      kind,
    });
    return name;
  }

  /** Data that a template can't hold as it is. */
  addData(logical: string, property: string, key: string, kind: string, value: Json): string {
    const name = this.#names.take(logical, property, `${key}.${property}`);
    this.#list.push({
      name,
      role: 'data',
      group: groupOf(kind),
      type: 'json',
      description: `${property} of ${logical}: a key in it is the name of a Heat function, so it can't stand in the template`,
      default: value,
      value,
      kind,
    });
    return name;
  }
}

/** Source ids stay out of the template: a UUID, with or without hyphens. */
export function looksLikeId(text: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text);
}
