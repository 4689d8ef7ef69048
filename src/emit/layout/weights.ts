/** What each resource counts towards Heat's limits. */
import {parse} from 'yaml';
import {isPlainObject} from '../../model/value.ts';
import {LARGEST_BODY, LARGEST_TEMPLATE, MOST_RESOURCES, printedLength} from '../../model/limits.ts';
import type {Shape} from '../../model/shape.ts';
import type {Template, TemplateResource} from '../model.ts';
import {lengthOf} from '../template.ts';
import {referencesIn} from './references.ts';

export interface Limits {
  readonly resources: number;
  /** Of the template's text, and of it as Heat measures it. */
  readonly size: number;
  /** Of the template with its files. */
  readonly body: number;
}

export interface Weight {
  /** With what is nested in it. */
  readonly resources: number;
  readonly size: number;
  /** Names of the files it reads. */
  readonly files: readonly string[];
}

export function limitsOf({maxResources, maxTemplateSize}: Shape = {}): Limits {
  const size = maxTemplateSize ?? LARGEST_TEMPLATE;
  return {resources: maxResources ?? MOST_RESOURCES, size, body: Math.max(LARGEST_BODY, 2 * size)};
}

/** Files by the template that asks for them, with those that nested templates name. */
export class FileSizes {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #bytes = new Map<string, number>();
  readonly #inner = new Map<string, readonly string[]>();
  readonly #counts = new Map<string, number>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  bytes(name: string): number {
    const known = this.#bytes.get(name);
    if (known !== undefined) return known;
    const bytes = Buffer.byteLength(JSON.stringify(this.#texts.get(name) ?? ''));
    this.#bytes.set(name, bytes);
    return bytes;
  }

  /** Those files, and what they name. */
  closure(names: Iterable<string>): readonly string[] {
    const found = new Set<string>();
    const todo = [...names];
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      if (found.has(name) || !this.#texts.has(name)) continue;
      found.add(name);
      todo.push(...this.#innerOf(name));
    }
    return [...found].sort();
  }

  /** Resources that a nested template makes, with those nested in it. */
  resources(name: string, depth = 0): number {
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const data = this.#templateIn(name);
    const held = isPlainObject(data?.['resources']) ? Object.values(data['resources']) : [];
    let count = 0;
    if (depth < 6)
      for (const resource of held) if (isPlainObject(resource)) count += countOf(resource, this, depth + 1);
    this.#counts.set(name, count);
    return count;
  }

  /** Files are named as the template that names them sees them: beside it. */
  find(name: string): string | undefined {
    return [name, `files/${name}`].find(one => this.#texts.has(one));
  }

  #innerOf(name: string): readonly string[] {
    const known = this.#inner.get(name);
    if (known !== undefined) return known;
    const text = this.#texts.get(name) ?? '';
    const inner = text.includes('heat_template_version')
      ? [...this.#texts.keys()].filter(
          other => other !== name && text.includes(other.replace(/^files\//, '')),
        )
      : [];
    this.#inner.set(name, inner);
    return inner;
  }

  #templateIn(name: string): Readonly<Record<string, unknown>> | undefined {
    const text = this.#texts.get(name) ?? '';
    if (!text.includes('heat_template_version')) return undefined;
    try {
      const data: unknown = parse(text, {logLevel: 'silent'});
      return isPlainObject(data) ? data : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Files that a resource of the template reads, without what those name. */
export function filesOf(resource: TemplateResource): readonly string[] {
  const known = read.get(resource);
  if (known !== undefined) return known;
  const {type, properties} = resource;
  const names = new Set<string>();
  if (isTemplate(type)) names.add(type);
  for (const {to, name} of referencesIn(properties)) if (to === 'file') names.add(name);
  typesIn(properties, names);
  const files = [...names];
  read.set(resource, files);
  return files;
}

/** Asked of the whole, of each stack, and again where that was too much. */
const read = new WeakMap<TemplateResource, readonly string[]>();

function isTemplate(type: unknown): type is string {
  return typeof type === 'string' && /\.(?:yaml|template)$/.test(type);
}

/** Templates named as the type of what a group makes. */
function typesIn(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) typesIn(item, found);
  if (!isPlainObject(value)) return;
  if (isTemplate(value['type'])) found.add(value['type']);
  for (const key of Object.keys(value)) typesIn(value[key], found);
}

/** Sizes of the things that a group makes so many of; proof: heat `resource_group.py`, `autoscaling_group.py`. */
const sizes: Readonly<Record<string, readonly [count: string, member: string]>> = {
  'OS::Heat::ResourceGroup': ['count', 'resource_def'],
  'OS::Heat::AutoScalingGroup': ['max_size', 'resource'],
};

/** A resource of a template with what is nested in it; Heat counts all of a stack's tree. */
function countOf(resource: unknown, files: FileSizes, depth = 0): number {
  if (!isPlainObject(resource)) return 1;
  const {type, properties: raw} = resource;
  const properties = isPlainObject(raw) ? raw : {};
  if (isTemplate(type)) {
    const file = files.find(type);
    return 1 + (file === undefined ? 0 : files.resources(file, depth));
  }
  const group = typeof type === 'string' && Object.hasOwn(sizes, type) ? sizes[type] : undefined;
  if (group === undefined) return 1;
  const [count, member] = [properties[group[0]] ?? 1, properties[group[1]]];
  const many = typeof count === 'number' || typeof count === 'string' ? Number(count) : 1;
  return 1 + (Number.isFinite(many) ? many : 1) * countOf(member, files, depth + 1);
}

/** @returns by resource, in the template's order; the larger of what is written and what Heat measures counts. */
export function weightsOf(template: Template, files: FileSizes): readonly Weight[] {
  return template.resources.map((resource, index) => {
    return {
      resources: countOf(resource, files),
      size: Math.max(printedOf(resource), lengthOf(resource, index)),
      files: files.closure(filesOf(resource)),
    };
  });
}

/** Measured in the whole, in its stack, and again where that was too much. */
const printed = new WeakMap<TemplateResource, number>();

function printedOf(resource: TemplateResource): number {
  const known = printed.get(resource);
  if (known !== undefined) return known;
  const {name, type, condition, dependsOn, properties} = resource;
  const length = printedLength({
    [name]: {type, condition: condition ?? '', depends_on: dependsOn, properties},
  });
  printed.set(resource, length);
  return length;
}

/** Which limit a whole template exceeds. @param write Gives its text; nobody has to write what is too many resources. */
export function excess(
  template: Template,
  write: () => string,
  files: FileSizes,
  limits: Limits,
): keyof Limits | undefined {
  let resources = 0;
  for (const resource of template.resources) resources += countOf(resource, files);
  if (resources > limits.resources) return 'resources';
  const names = new Set<string>();
  for (const resource of template.resources) for (const name of filesOf(resource)) names.add(name);
  const {description, parameters, conditions, outputs} = template;
  const printedSize =
    printedLength({
      description,
      parameter_groups: parameters.map(({name, group}) => [name, group]),
      parameters: parameters.map(({name, ...declared}) => ({[name]: declared})),
      conditions,
      outputs,
    }) + template.resources.reduce((sum, resource) => sum + printedOf(resource), 0);
  const size = Math.max(write().length, printedSize);
  if (size > limits.size) return 'size';
  const body = size + files.closure(names).reduce((sum, name) => sum + files.bytes(name), 0);
  return body > limits.body ? 'body' : undefined;
}
