/** What a Heat property can hold beside plain JSON. Classes, because a cloud's own data may be shaped like anything. */

/** JSON. */
export type Plain = string | number | boolean | null | readonly Plain[] | {readonly [key: string]: Plain};

/**
 * A reference to another thing of the cloud. Whether it becomes `get_resource` or a parameter is not the
 * mapping's business: it depends on whether the target is part of the snapshot.
 */
export class Ref<K extends string = string> {
  readonly kind: K;
  readonly id: string;
  constructor(kind: K, id: string) {
    this.kind = kind;
    this.id = id;
  }
}

/**
 * What only the target knows of another thing: an address it was given. Becomes `get_attr` where that thing is a
 * resource of the template, and is said as it was in the source where it isn't.
 */
export class Attr<K extends string = string> extends Ref<K> {
  /** Attribute and keys into it, as `['fixed_ips', 0, 'ip_address']`. */
  readonly path: readonly (string | number)[];
  readonly otherwise: string;
  constructor(kind: K, id: string, path: readonly (string | number)[], otherwise: string) {
    super(kind, id);
    this.path = path;
    this.otherwise = otherwise;
  }
}

/** The id of the project that the stack is in, whichever that is. */
export class OwnProject {
  /** Heat's name for it. */
  readonly parameter = 'OS::project_id';
}

type Part = string | Ref | Given | OwnProject;

/** A text put together of parts of which some are known in the target only. */
export class Joined {
  readonly parts: readonly Part[];
  constructor(...parts: readonly Part[]) {
    this.parts = parts;
  }
}

/** How a parameter is written. */
export interface ParameterForm {
  /** Default: string. */
  readonly type?: 'string' | 'number' | 'json' | 'comma_delimited_list' | 'boolean';
  /** For people, where the parameter's name is not enough. */
  readonly label?: string;
  /** As HOT has them: `{range: {min: 1}}`, `{custom_constraint: net_cidr}`. */
  readonly constraints?: readonly object[];
}

/** A field of a row of the source. */
export interface RowField {
  readonly kind: string;
  readonly id: string;
  /** Path into the row. */
  readonly field: string;
}

interface GivenWords {
  readonly prefix: string;
  readonly label: string;
  readonly description: string;
  readonly value: Plain;
  readonly form?: ParameterForm | undefined;
  readonly exact?: Given['exact'];
  readonly sets?: readonly RowField[] | undefined;
  readonly role?: 'name-prefix' | undefined;
  readonly group?: string | undefined;
}

/**
 * A value of the source that a deployment may have to change (the name of a DNS zone, of which a cloud has only one):
 * a parameter with that default, the same one wherever `key` is the same.
 */
export class Given {
  readonly key: string;
  /** Parameter name, as `zone_name`; the label of the thing it belongs to is put behind it. */
  readonly prefix: string;
  readonly label: string;
  readonly description: string;
  /** Of the type that the form says. */
  readonly value: Plain;
  readonly form: ParameterForm | undefined;
  /** Somebody chose that name; `at` says where. */
  readonly exact: {readonly name: string; readonly at: string} | undefined;
  /** Fields that carry the value. Default: those that the property is read from. */
  readonly sets: readonly RowField[] | undefined;
  /** `name-prefix`: it stands before the names of its `sets`. */
  readonly role: 'name-prefix' | undefined;
  /** Heading of the parameter. Default: that of the things that it is used by. */
  readonly group: string | undefined;
  constructor(key: string, {prefix, label, description, value, form, exact, sets, role, group}: GivenWords) {
    this.key = key;
    this.prefix = prefix;
    this.label = label;
    this.description = description;
    this.value = value;
    this.form = form;
    this.exact = exact;
    this.sets = sets;
    this.role = role;
    this.group = group;
  }
}

/** Text that goes to a file of its own in the bundle, read back by `get_file`. */
export class FileText {
  /** File name wanted, made safe and unique by the emitter. */
  readonly hint: string;
  readonly text: string;
  constructor(hint: string, text: string) {
    this.hint = hint;
    this.text = text;
  }
}

/** A Heat template inside the template, with the files that it names: a file of its own, read back by `get_file`. */
export class StackTemplate {
  readonly hint: string;
  readonly template: Readonly<Record<string, unknown>>;
  /** Names, as the template has them, and texts. */
  readonly files: ReadonlyMap<string, string>;
  constructor(hint: string, template: Readonly<Record<string, unknown>>, files: ReadonlyMap<string, string>) {
    this.hint = hint;
    this.template = template;
    this.files = files;
  }
}

/** A value only the person who deploys can give: a parameter without default. */
export class Ask {
  /** Parameter name prefix, as `boot_image_of`. */
  readonly prefix: string;
  readonly description: string;
  /** Heat's custom constraint. */
  readonly constraint: string | undefined;
  /**
   * It is a secret: a hidden parameter, whose value stays out of everything but secrets.yaml. The path of the field that
   * holds it, as `psk` or `headers.x-container-meta-temp-url-key`.
   */
  readonly secret: string | undefined;
  constructor(
    prefix: string,
    description: string,
    options: {readonly constraint?: string; readonly secret?: string} = {},
  ) {
    this.prefix = prefix;
    this.description = description;
    this.constraint = options.constraint;
    this.secret = options.secret;
  }
}

/** Values that are no JSON. */
export type Special = Ref | FileText | StackTemplate | Ask | Joined | Given | OwnProject;

export type Value =
  string | number | boolean | null | Special | readonly Value[] | {readonly [key: string]: Value};

export type Properties = Readonly<Record<string, Value>>;

export function isSpecial(value: unknown): value is Special {
  return (
    value instanceof Ref ||
    value instanceof FileText ||
    value instanceof StackTemplate ||
    value instanceof Ask ||
    value instanceof Joined ||
    value instanceof Given ||
    value instanceof OwnProject
  );
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export interface Reference {
  readonly ref: Ref;
  readonly path: string;
}

/** All references inside a value, with the path that leads to each. */
export function references(value: Value | undefined): readonly Reference[] {
  const found: Reference[] = [];
  collect(value, '', found);
  return found;
}

/** No generator: nearly every value of a project comes along here. */
function collect(value: Value | undefined, path: string, found: Reference[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Ref) found.push({ref: value, path});
  else if (value instanceof Joined) {
    for (const part of value.parts) if (part instanceof Ref) found.push({ref: part, path});
  } else if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Value[]).entries())
      collect(item, `${path}[${index}]`, found);
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value)) collect(value[key], path === '' ? key : `${path}.${key}`, found);
  }
}

/** Whether a reference inside the value passes the test. */
export function someReference(value: Value, test: (ref: Ref) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Ref) return test(value);
  if (value instanceof Joined) return value.parts.some(part => part instanceof Ref && test(part));
  if (Array.isArray(value)) return (value as readonly Value[]).some(item => someReference(item, test));
  return isPlainObject(value) && Object.keys(value).some(key => someReference(value[key] as Value, test));
}
