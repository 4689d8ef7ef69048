/** What a Heat property can hold beside plain JSON. Classes, because a cloud's own data may be shaped like anything. */

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

/** A value only the person who deploys can give: a parameter without default. */
export class Ask {
  /** Parameter name prefix, as `boot_image_of`. */
  readonly prefix: string;
  readonly description: string;
  /** Heat's custom constraint. */
  readonly constraint: string | undefined;
  constructor(prefix: string, description: string, constraint?: string) {
    this.prefix = prefix;
    this.description = description;
    this.constraint = constraint;
  }
}

export type Value =
  | string
  | number
  | boolean
  | null
  | Ref
  | FileText
  | Ask
  | readonly Value[]
  | {readonly [key: string]: Value};

export type Properties = Readonly<Record<string, Value>>;

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** All references inside a value, with the path that leads to each. */
export function* references(
  value: Value | undefined,
  path = '',
): Generator<{readonly ref: Ref; readonly path: string}> {
  if (value instanceof Ref) yield {ref: value, path};
  else if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Value[]).entries())
      yield* references(item, `${path}[${index}]`);
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value)) yield* references(value[key], path === '' ? key : `${path}.${key}`);
  }
}
