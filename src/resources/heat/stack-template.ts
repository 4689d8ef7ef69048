/** A stack's own template, made fit to stand in a bundle: its files beside it, its parameters the target's. */
import {createHash} from 'node:crypto';
import {parseDocument, visit} from 'yaml';
import type {Scope} from '../../model/define.ts';
import {Ask, isPlainObject, Ref, StackTemplate} from '../../model/value.ts';
import {flavor} from '../nova/flavor.ts';
import {flavorsOf} from './stack-flavors.ts';
import {idsOfThings, namedThing} from './stack-values.ts';
import type {StackParameter, StackRow} from './stack-row.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Heat's mask of a hidden value, and ours. */
const masks = new Set(['******', '(redacted)']);

export function templateOf(row: StackRow, scope: Scope): StackTemplate {
  const files = textsOf(row.files);
  const {registry, ignored} = registryOf(objectOf(row.environment));
  for (const key of ignored)
    scope.lose('environment', `resource_registry: ${key} has no place in a template`);
  const names = new Map(
    [...files.keys()].map(key => [key, nameOf(row.stack_name, key, files.get(key) ?? '')]),
  );
  const renames = new Map<string, string>(names);
  for (const [type, target] of registry) renames.set(type, names.get(target) ?? target);
  const texts = new Map<string, string>();
  for (const [key, text] of files) texts.set(names.get(key) ?? key, renamed(text, renames));
  const template = rename(objectOf(row.template), renames) as Fields;
  announceIds(template, scope);
  return new StackTemplate(
    `${row.stack_name}.yaml`,
    withOutputs(template, scope.wantedOutputs(row.id)),
    texts,
  );
}

/** Values that name things of the snapshot become references; hidden ones are asked for. */
export function parametersOf(
  row: StackRow,
  scope: Scope,
): Readonly<Record<string, StackParameter>> | undefined {
  const {parameters, parameter_defaults: defaults} = objectOf(row.environment);
  const template = objectOf(row.template);
  const declared = objectAt(template, 'parameters');
  const flavors = flavorsOf(row, template, scope);
  const given = Object.entries({
    ...idsAmongDefaults(declared, scope),
    ...Object.fromEntries(flavors),
    ...objectAt({defaults}, 'defaults'),
    ...objectAt({parameters}, 'parameters'),
  });
  const values = given.flatMap(([name, value]): [string, StackParameter][] => {
    // Defaults are given for all templates, whoever uses them.
    if (!Object.hasOwn(declared, name) || value === null || value === undefined) return [];
    const flavorName = flavors.get(name);
    if (flavorName !== undefined) return [[name, new Ref(flavor.kind, flavorName)]];
    return [[name, valueOf(name, value, objectAt(declared, name), row, scope)]];
  });
  return values.length === 0 ? undefined : Object.fromEntries(values);
}

/** A default that is an id of the source means nothing in the target. */
function idsAmongDefaults(declared: Fields, scope: Scope): Fields {
  const defaults = Object.keys(declared).map(name => [name, objectAt(declared, name)['default']] as const);
  return Object.fromEntries(
    defaults.filter(([, value]) => typeof value === 'string' && idsOfThings(value, scope) !== undefined),
  );
}

/** Ids of the source in the template itself: nobody can give others there. */
function announceIds(template: Fields, scope: Scope): void {
  const found = new Set<string>();
  const look = (value: unknown): unknown => {
    if (typeof value === 'string' && idsOfThings(value, scope) !== undefined) found.add(value);
    return value;
  };
  deep(objectAt(template, 'resources'), look);
  for (const id of [...found].sort())
    scope.lose(
      'template',
      `it names a thing of the source by its id, which is another one in the target: ${id}`,
    );
}

function valueOf(name: string, value: unknown, schema: Fields, row: StackRow, scope: Scope): StackParameter {
  if (typeof value === 'string' && (schema['hidden'] === true || masks.has(value))) {
    return new Ask(
      `${name.replaceAll(/[^A-Za-z0-9_]+/g, '_')}_of`,
      `Hidden parameter ${name} of the stack ${row.stack_name}`,
      {
        secret: `environment.parameters.${name}`,
      },
    );
  }
  const constraints: readonly unknown[] = Array.isArray(schema['constraints']) ? schema['constraints'] : [];
  const constraint = constraints.map(item => objectAt({item}, 'item')['custom_constraint']).find(Boolean);
  const look = (item: unknown): unknown => {
    if (typeof item !== 'string') return item;
    return idsOfThings(item, scope) ?? namedThing(item, constraint, scope) ?? item;
  };
  if (Array.isArray(value)) return value.map(look);
  if (schema['type'] === 'comma_delimited_list' && typeof value === 'string') {
    const items = value.split(',').map(item => look(item.trim()));
    return items.some(item => item instanceof Ref) ? items : value;
  }
  if (isPlainObject(value)) return deep(value, look) as StackParameter;
  return look(value) as StackParameter;
}

/** Outputs that the rest of the snapshot needs to get at what the stack makes. */
function withOutputs(template: Fields, wanted: ReadonlyMap<string, string>): Fields {
  if (wanted.size === 0) return template;
  const own = objectAt(template, 'outputs');
  const added = [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([output, name]) => [
      output,
      {description: `For what refers to ${name} from outside of the stack`, value: {get_resource: name}},
    ]);
  return {...template, outputs: {...own, ...Object.fromEntries(added)}};
}

/** Types given other names by the environment; what else it may say there has no place in a template. */
function registryOf(environment: Fields): {
  registry: ReadonlyMap<string, string>;
  ignored: readonly string[];
} {
  const entries = Object.entries(objectAt(environment, 'resource_registry'));
  const plain = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const ignored = entries.filter(([, value]) => isPlainObject(value) && Object.keys(value).length > 0);
  const wild = plain.filter(([type]) => type.includes('*'));
  return {
    registry: new Map(plain.filter(([type]) => !type.includes('*'))),
    ignored: [...ignored, ...wild].map(([key]) => key),
  };
}

/** Where Heat reads a file or a type: `get_file`, `type`, and nothing else. */
function rename(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map(item => rename(item, names));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const other =
        typeof item === 'string' && (key === 'type' || key === 'get_file') ? names.get(item) : undefined;
      return [key, other ?? rename(item, names)];
    }),
  );
}

/** The same in a file that may be a template itself; every other byte stays. */
function renamed(text: string, names: ReadonlyMap<string, string>): string {
  if (![...names.keys()].some(name => text.includes(name)) || !text.includes('heat_template_version'))
    return text;
  const document = parseDocument(text, {logLevel: 'silent'});
  if (document.errors.length > 0) return text;
  let changed = false;
  visit(document, {
    Pair(_key, pair) {
      const {key, value} = pair as {key?: {value?: unknown}; value?: {value?: unknown}};
      if (key?.value !== 'type' && key?.value !== 'get_file') return;
      const other = typeof value?.value === 'string' ? names.get(value.value) : undefined;
      if (other === undefined || value === undefined) return;
      value.value = other;
      changed = true;
    },
  });
  return changed ? document.toString({lineWidth: 0}) : text;
}

/** Found by the template beside it: the stack, what it was called, and a hash, for many files are called the same. */
function nameOf(stack: string, key: string, text: string): string {
  const base = /([^/]+?)(\.[A-Za-z0-9]{1,8})?$/.exec(key.replace(/[?#].*$/, ''));
  const [stem, extension] = [base?.[1] ?? 'file', base?.[2] ?? ''];
  const hash = createHash('sha256').update(`${key}\n${text}`).digest('hex').slice(0, 6);
  return `${plain(stack)}-${plain(stem)}-${hash}${extension}`;
}

function plain(part: string): string {
  return part.replaceAll(/[^A-Za-z0-9_.-]+/g, '_').slice(0, 60);
}

function deep(value: unknown, change: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(item => deep(item, change));
  if (!isPlainObject(value)) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item, change)]));
}

function textsOf(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(objectOf(text)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function objectOf(text: string | undefined): Fields {
  const value: unknown = text === undefined || text === '' ? {} : JSON.parse(text);
  return isPlainObject(value) ? value : {};
}

function objectAt(value: Fields, key: string): Fields {
  const inner = Object.hasOwn(value, key) ? value[key] : undefined;
  return isPlainObject(inner) ? inner : {};
}
