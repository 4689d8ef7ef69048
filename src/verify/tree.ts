/** A row's values made comparable: empties are one, ids are pointers, keys are sorted. */

/** A string that names a thing of the cloud. */
export class Pointer {
  /** `kind:id`, '' where the id is unknown. */
  readonly key: string;
  readonly text: string;
  /** Found in free text, where the same literal may have been copied as it is. */
  readonly loose: boolean;
  constructor(key: string, text: string, loose: boolean) {
    this.key = key;
    this.text = text;
    this.loose = loose;
  }
}

export type Leaf = string | number | boolean;

/** undefined: says nothing (absent, null, '', false, [] or {}). */
export type Tree = undefined | Leaf | Pointer | readonly Tree[] | ReadonlyMap<string, Tree>;

export function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}
export function isMap(tree: Tree): tree is ReadonlyMap<string, Tree> {
  return tree instanceof Map;
}

/** How a leaf compares: 5 and '5' are one. */
export function leafText(leaf: Leaf): string {
  return typeof leaf === 'boolean' ? String(leaf) : JSON.stringify(String(leaf));
}

export function pointerText(name: string): string {
  return `@${JSON.stringify(name)}`;
}

/** Canonical text: equal trees, and only they, have equal texts. `name` gives a pointer's, by `pointerText` mostly. */
export function textOf(tree: Tree, name: (pointer: Pointer) => string, unordered = false): string {
  if (tree === undefined) return '-';
  if (tree instanceof Pointer) return name(tree);
  if (isList(tree)) {
    const items = tree.map(item => textOf(item, name));
    return `[${(unordered ? items.sort() : items).join()}]`;
  }
  if (isMap(tree)) {
    const items: string[] = [];
    for (const [key, value] of tree) items.push(`${JSON.stringify(key)}:${textOf(value, name)}`);
    return `{${items.join()}}`;
  }
  return leafText(tree);
}

/** Step into a tree: a key or an index. */
export type Segment = string | number;

const plainKey = /^[\w:@/+-]+$/;

/** `metadata.role`, `fixed_ips[0].subnet_id`, `metadata["odd key"]`. */
export function pathText(path: readonly Segment[]): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (plainKey.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

/** Every pointer of a tree with its path; indexes are left out where order means nothing. */
export function* pointersOf(
  tree: Tree,
  path: string,
  unordered: boolean,
): Generator<{readonly pointer: Pointer; readonly path: string}> {
  if (tree instanceof Pointer) yield {pointer: tree, path};
  else if (isList(tree)) {
    for (const [index, item] of tree.entries())
      yield* pointersOf(item, unordered ? `${path}[]` : `${path}[${index}]`, unordered);
  } else if (isMap(tree)) {
    for (const [key, item] of tree) yield* pointersOf(item, `${path}.${key}`, unordered);
  }
}
