/** Where two trees differ: one entry for each path that people would name. */
import {isList, isMap, leafText, Pointer, pointerText, textOf, type Segment, type Tree} from './tree.ts';

export interface Change {
  readonly path: readonly Segment[];
  readonly source: Tree;
  readonly clone: Tree;
}

/** Names of what pointers point to; equal for a matched pair. */
export interface Naming {
  readonly source: (pointer: Pointer) => string;
  readonly clone: (pointer: Pointer) => string;
  /** One project at two times: the same id is the same thing, also where one side did not see it. */
  readonly sameIds?: boolean;
}

export function changesOf(
  field: string,
  source: Tree,
  clone: Tree,
  unordered: boolean,
  naming: Naming,
): Change[] {
  const changes: Change[] = [];
  walk([field], source, clone, unordered);
  return changes;

  function walk(path: readonly Segment[], a: Tree, b: Tree, multiset: boolean): void {
    if (multiset && (isList(a) || isList(b))) {
      const [left, right] = withoutShared(itemsOf(a), itemsOf(b), naming);
      if (left.length > 0 || right.length > 0)
        changes.push({path, source: orNothing(left), clone: orNothing(right)});
    } else if (isSame(a, b, naming)) {
      return;
    } else if ((isMap(a) || isMap(b)) && (isMap(a) || a === undefined) && (isMap(b) || b === undefined)) {
      const keys = new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])]);
      for (const key of [...keys].sort()) walk([...path, key], a?.get(key), b?.get(key), false);
    } else if (isList(a) && isList(b) && a.length === b.length && !isReordered(a, b) && areMaps(a, b)) {
      for (const [index, item] of a.entries()) walk([...path, index], item, b[index], false);
    } else changes.push({path, source: a, clone: b});
  }

  function isReordered(a: readonly Tree[], b: readonly Tree[]): boolean {
    return withoutShared(a, b, naming).every(rest => rest.length === 0);
  }
}

function isSame(a: Tree, b: Tree, naming: Naming): boolean {
  if (a instanceof Pointer || b instanceof Pointer) {
    if (a instanceof Pointer && b instanceof Pointer && naming.source(a) === naming.clone(b)) return true;
    if (naming.sameIds === true && idText(a) !== undefined && idText(a) === idText(b)) return true;
    // An id inside free text may have been copied as it is.
    const [left, right] = [looseText(a), looseText(b)];
    return left !== undefined && left === right;
  }
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, index) => isSame(item, b[index], naming));
  if (isMap(a) && isMap(b))
    return a.size === b.size && [...a].every(([key, item]) => isSame(item, b.get(key), naming));
  if (a === undefined || b === undefined || isList(a) || isList(b) || isMap(a) || isMap(b)) return a === b;
  return typeof a === 'boolean' || typeof b === 'boolean' ? a === b : leafText(a) === leafText(b);
}

function idText(tree: Tree): string | undefined {
  return tree instanceof Pointer ? tree.text : typeof tree === 'string' ? tree : undefined;
}

function looseText(tree: Tree): string | undefined {
  if (tree instanceof Pointer) return tree.loose ? tree.text : undefined;
  return typeof tree === 'string' ? tree : undefined;
}

/** An id inside free text may have been copied as it is; other ids are never compared by what they say. */
function literally(side: string, sameIds: boolean): (pointer: Pointer) => string {
  return ({loose, text, key}) => (loose || sameIds ? leafText(text) : pointerText(`${side} ${key}`));
}

/** Both lists without the items they share, first by what they mean, then by what they say. */
function withoutShared(
  source: readonly Tree[],
  clone: readonly Tree[],
  naming: Naming,
): readonly [readonly Tree[], readonly Tree[]] {
  const byMeaning = cancel(
    source,
    clone,
    item => textOf(item, naming.source),
    item => textOf(item, naming.clone),
  );
  return cancel(
    byMeaning[0],
    byMeaning[1],
    item => textOf(item, literally('source', naming.sameIds === true)),
    item => textOf(item, literally('clone', naming.sameIds === true)),
  );
}

function cancel(
  source: readonly Tree[],
  clone: readonly Tree[],
  sourceText: (item: Tree) => string,
  cloneText: (item: Tree) => string,
): readonly [readonly Tree[], readonly Tree[]] {
  const counts = new Map<string, number>();
  for (const item of clone) {
    const text = cloneText(item);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const left = source.filter(item => {
    const text = sourceText(item);
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count === 0;
  });
  const right = [...clone].reverse().filter(item => {
    const text = cloneText(item);
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count > 0;
  });
  return [left, right.reverse()];
}

function areMaps(a: readonly Tree[], b: readonly Tree[]): boolean {
  return [...a, ...b].every(item => item === undefined || isMap(item));
}

function itemsOf(tree: Tree): readonly Tree[] {
  if (tree === undefined) return [];
  return isList(tree) ? tree : [tree];
}

function orNothing(items: readonly Tree[]): Tree {
  return items.length === 0 ? undefined : items;
}
