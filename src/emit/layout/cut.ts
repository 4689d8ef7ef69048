/** One template -> several: what crosses from one to another becomes an output there and a parameter here. */
import type {Feed} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import type {Json, Template, TemplateParameter, TemplateResource} from '../model.ts';
import {shortHash, slug} from '../names.ts';
import type {Owners} from './dependencies.ts';
import type {Planned} from './plan.ts';
import {callOf, isMap, referencesIn, referencesInCondition} from './references.ts';
import {type FileSizes, filesOf} from './weights.ts';

export interface Cut {
  readonly name: string;
  /** With the parameters that earlier stacks fill, which are the last. */
  readonly template: Template;
  /** Those that the environment has values for. */
  readonly own: readonly TemplateParameter[];
  readonly feeds: Readonly<Record<string, Feed>>;
}

/** Above the parameters that are filled from outputs. */
const FED = 'From the stacks before this one';

interface Layer {
  readonly resources: TemplateResource[];
  readonly parameters: Set<string>;
  readonly conditions: Record<string, Json>;
  readonly files: Set<string>;
  readonly feeds: Map<string, Feed>;
  readonly outputs: Record<string, {readonly description: string; readonly value: Json}>;
  /** For later stacks. */
  readonly told: Map<string, {readonly description: string; readonly value: Json}>;
}

export class Cutter {
  readonly #template: Template;
  readonly #planned: readonly Planned[];
  readonly #owners: Owners;
  readonly #files: FileSizes;
  /** Layer by logical name. */
  readonly #layerOf = new Map<string, number>();
  readonly #conditionOf = new Map<string, string | undefined>();
  readonly #layers: readonly Layer[];
  readonly #declared: ReadonlyMap<string, TemplateParameter>;
  /** Places in the whole template. */
  readonly #parameterRanks: ReadonlyMap<string, number>;
  readonly #conditionRanks: ReadonlyMap<string, number>;
  /** By resource: the parameter that names what stands for it where it isn't made. */
  readonly #otherOf: ReadonlyMap<string, string>;
  /** What a fed parameter stands for, by its name: no two things have one name. */
  readonly #names = new Map<string, string>();

  constructor(template: Template, planned: readonly Planned[], owners: Owners, files: FileSizes) {
    this.#template = template;
    this.#planned = planned;
    this.#owners = owners;
    this.#files = files;
    this.#declared = new Map(template.parameters.map(parameter => [parameter.name, parameter]));
    this.#parameterRanks = ranksOf(this.#declared.keys());
    this.#conditionRanks = ranksOf(Object.keys(template.conditions));
    this.#otherOf = new Map(
      template.parameters
        .filter(({role}) => role === 'optional-name')
        .map(({name}) => [owners.get(name) ?? '', name]),
    );
    for (const name of [...this.#declared.keys(), ...Object.keys(template.outputs)])
      this.#names.set(name, '');
    for (const [layer, {members}] of planned.entries())
      for (const index of members) {
        const resource = template.resources[index];
        if (resource === undefined) continue;
        const {name, condition} = resource;
        this.#layerOf.set(name, layer);
        this.#conditionOf.set(name, condition);
      }
    this.#layers = planned.map(() => ({
      resources: [],
      parameters: new Set(),
      conditions: {},
      files: new Set(),
      feeds: new Map(),
      outputs: {},
      told: new Map(),
    }));
    this.#fill();
  }

  layerOf(resource: string): number | undefined {
    return this.#layerOf.get(resource);
  }

  /**
   * The parameter that has the id of an earlier stack's resource in that one; it is made where it isn't there.
   * @param isOwn Only the resource itself counts, and not what stands for it where it isn't made.
   */
  parameterFor(resource: string, layer: number, isOwn: boolean): string {
    const condition = this.#conditionOf.get(resource);
    const other = isOwn ? undefined : this.#otherOf.get(resource);
    const value: Json =
      condition === undefined || other === undefined
        ? {get_resource: resource}
        : {if: [condition, {get_resource: resource}, {get_param: other}]};
    const [, name] = callOf(this.#value(value, layer)) ?? [];
    if (typeof name !== 'string') throw new RekindleError('internal', `${resource} can't be handed on`);
    return name;
  }

  /** Makes a parameter of the whole template one of that layer's. */
  use(parameter: string, layer: number): void {
    if (!parameter.startsWith('OS::')) this.#parameter(parameter, layer);
  }

  cuts(): readonly Cut[] {
    return this.#layers.map((layer, index): Cut => {
      const own = inOrderOf(this.#parameterRanks, layer.parameters).flatMap(
        name => this.#declared.get(name) ?? [],
      );
      const feeds = Object.fromEntries([...layer.feeds].sort(([a], [b]) => (a < b ? -1 : 1)));
      const name = this.#planned[index]?.name ?? '';
      const texts = this.#template.files;
      return {
        name,
        own,
        feeds,
        template: {
          description: `${this.#template.description}: ${name}`,
          parameters: [...own, ...Object.entries(feeds).map(([fed, feed]) => this.#fedParameter(fed, feed))],
          conditions: Object.fromEntries(
            inOrderOf(this.#conditionRanks, Object.keys(layer.conditions)).map(name => [
              name,
              layer.conditions[name] ?? null,
            ]),
          ),
          resources: layer.resources,
          outputs: {
            ...layer.outputs,
            ...Object.fromEntries([...layer.told].sort(([a], [b]) => (a < b ? -1 : 1))),
          },
          files: new Map(
            this.#files.closure(layer.files).map(file => [file, texts.get(file) ?? ''] as const),
          ),
        },
      };
    });
  }

  #fill(): void {
    let section = '';
    const headings: string[] = this.#planned.map(() => '');
    for (const resource of this.#template.resources) {
      section = resource.section ?? section;
      const index = this.#layerOf.get(resource.name) ?? 0;
      const layer = this.#layers[index];
      if (layer === undefined) continue;
      for (const file of filesOf(resource)) layer.files.add(file);
      if (resource.condition !== undefined) this.#condition(resource.condition, index);
      layer.resources.push(
        this.#resource(resource, index, headings[index] === section ? undefined : section),
      );
      headings[index] = section;
    }
    for (const [name, {description, value}] of Object.entries(this.#template.outputs))
      for (const [index, part] of this.#outputParts(value)) {
        const layer = this.#layers[index];
        if (layer !== undefined) layer.outputs[name] = {description, value: this.#value(part, index)};
      }
  }

  /** Most are as they were: what is known of those is known of these. @param heading Of the section, where it begins. */
  #resource(resource: TemplateResource, at: number, heading: string | undefined): TemplateResource {
    const {section, ...rest} = resource;
    const isHere = (name: string): boolean => this.#layerOf.get(name) === at;
    const dependsOn = resource.dependsOn.every(isHere)
      ? resource.dependsOn
      : resource.dependsOn.filter(isHere);
    const properties = changedMap(resource.properties, value => this.#value(value, at));
    if (dependsOn === resource.dependsOn && properties === resource.properties && heading === section)
      return resource;
    return {...rest, ...(heading === undefined ? {} : {section: heading}), dependsOn, properties};
  }

  /** An output that is a list of things by name is cut like them; any other is of the last stack it needs. */
  #outputParts(value: Json): ReadonlyMap<number, Json> {
    const home = (part: Json): number =>
      Math.max(0, ...this.#resourcesIn(part).map(name => this.#layerOf.get(name) ?? 0));
    if (!isMap(value) || calls.has(callOf(value)?.[0] ?? '')) return new Map([[home(value), value]]);
    const parts = new Map<number, Record<string, Json>>();
    for (const [key, part] of Object.entries(value)) {
      const index = home(part);
      const known = parts.get(index);
      if (known === undefined) parts.set(index, {[key]: part});
      else known[key] = part;
    }
    return parts;
  }

  #resourcesIn(value: Json): readonly string[] {
    return referencesIn(value)
      .filter(({to}) => to === 'resource')
      .map(({name}) => name);
  }

  /** The same value where nothing in it is changed. */
  #value(value: Json, at: number): Json {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return changedList(value as readonly Json[], item => this.#value(item, at));
    if (!isMap(value)) return value;
    const [name = '', argument = null] = callOf(value) ?? [];
    const [first] = Array.isArray(argument) ? (argument as readonly Json[]) : [argument];
    if ((name === 'get_resource' || name === 'get_attr') && typeof first === 'string') {
      const from = this.#layerOf.get(first);
      if (from === undefined || from === at) return value;
      const told = toldOf(value, this.#conditionOf.get(first));
      return this.#fed(nameOf(first, name, argument), told, from, at);
    }
    if (name === 'get_param' && typeof first === 'string') {
      if (!first.startsWith('OS::')) this.#parameter(first, at);
      return value;
    }
    if (name === 'get_file') return value;
    if (name === 'if' && typeof first === 'string') {
      const from = new Set(this.#resourcesIn(value).map(one => this.#layerOf.get(one) ?? at));
      const [only, ...others] = from;
      // All of it is another stack's business: whether it is made, and what stands for it otherwise.
      if (only !== undefined && only !== at && others.length === 0) {
        const [thing = first] = this.#resourcesIn(value);
        return this.#fed(`${thing}_or_other`, value, only, at);
      }
      this.#condition(first, at);
    }
    return changedMap(value, item => this.#value(item, at));
  }

  /** A parameter of this stack, filled from what an earlier one tells. */
  #fed(wanted: string, told: Json, from: number, at: number): Json {
    const name = this.#nameFor(wanted, JSON.stringify(told));
    this.#tell(name, told, from, at);
    return {get_param: name};
  }

  #tell(name: string, value: Json, from: number, at: number): void {
    if (from > at) throw new RekindleError('internal', `${name} is told too late`);
    const [source, target] = [this.#layers[from], this.#layers[at]];
    if (source === undefined || target === undefined) return;
    const output = Object.hasOwn(this.#template.outputs, name) ? `${name}_told` : name;
    // What it is made of may be told by others in turn.
    if (!source.told.has(output))
      source.told.set(output, {
        description: 'For the stacks after this one',
        value: this.#value(value, from),
      });
    target.feeds.set(name, {layer: this.#planned[from]?.name ?? '', output});
  }

  #nameFor(wanted: string, what: string): string {
    let name = wanted;
    for (let length = 6; (this.#named(name) ?? what) !== what; length += 2)
      name = `${wanted}_${shortHash(what, length)}`;
    this.#names.set(name, what);
    return name;
  }

  /** What has that name. Heat takes no parameter that is called like a resource, unless it is its id. */
  #named(name: string): string | undefined {
    return this.#layerOf.has(name)
      ? JSON.stringify(toldOf({get_resource: name}, this.#conditionOf.get(name)))
      : this.#names.get(name);
  }

  #condition(name: string, at: number): void {
    const layer = this.#layers[at];
    const condition = this.#template.conditions[name];
    if (layer === undefined || condition === undefined || Object.hasOwn(layer.conditions, name)) return;
    layer.conditions[name] = condition;
    for (const {to, name: other} of referencesInCondition(condition)) {
      if (to === 'condition') this.#condition(other, at);
      else if (to === 'parameter') this.#parameter(other, at);
    }
  }

  /** A switch is its thing's stack's; others are told how it stands. */
  #parameter(name: string, at: number): void {
    const layer = this.#layers[at];
    const owner = this.#layerOf.get(this.#owners.get(name) ?? '');
    if (owner === undefined || owner === at) layer?.parameters.add(name);
    else if (layer?.feeds.has(name) === false) this.#tell(name, {get_param: name}, owner, at);
  }

  #fedParameter(name: string, {layer}: Feed): TemplateParameter {
    const declared = this.#declared.get(name);
    return {
      name,
      role: 'given',
      group: FED,
      type: declared?.type ?? 'string',
      description: `Output of the stack ${layer}`,
      value: '',
      kind: '',
    };
  }
}

type JsonMap = Readonly<Record<string, Json>>;

/** The same map where no value changes. */
function changedMap(map: JsonMap, change: (value: Json) => Json): JsonMap {
  const keys = Object.keys(map);
  const values = keys.map(key => change(map[key] ?? null));
  return keys.every((key, index) => values[index] === map[key])
    ? map
    : Object.fromEntries(keys.map((key, index) => [key, values[index] ?? null]));
}

/** The same list where no item changes. */
function changedList(list: readonly Json[], change: (item: Json) => Json): readonly Json[] {
  const items = list.map(change);
  return items.every((item, index) => item === list[index]) ? list : items;
}

/** Functions whose argument is no list of things. */
const calls: ReadonlySet<string> = new Set([
  'get_resource',
  'get_attr',
  'get_param',
  'if',
  'list_join',
  'str_replace',
]);

/** What isn't made has no id and no attributes. */
function toldOf(value: Json, condition: string | undefined): Json {
  return condition === undefined ? value : {if: [condition, value, '']};
}

function nameOf(resource: string, call: string, argument: Json): string {
  if (call === 'get_resource') return resource;
  const path = (Array.isArray(argument) ? (argument as readonly Json[]) : []).slice(1);
  return `${resource}_${slug(path.map(part => (typeof part === 'object' ? '' : String(part))).join('_'))}`;
}

function ranksOf(names: Iterable<string>): ReadonlyMap<string, number> {
  return new Map([...names].map((name, rank) => [name, rank]));
}

/** In the order of the whole template. */
function inOrderOf(ranks: ReadonlyMap<string, number>, names: Iterable<string>): readonly string[] {
  return [...names].filter(name => ranks.has(name)).sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}
