/** What of a tree is on the screen's list: items that are unfolded, or found. Pure. */
import type {TreeItem} from '../../picture/index.ts';
import {printable} from '../../model/printable.ts';

export interface Row {
  /** Where it is in the tree; a thing may be in several places. */
  readonly path: string;
  readonly item: TreeItem;
  readonly depth: number;
  /** Kind of what it stands under. */
  readonly around: string | undefined;
  /** Undefined where there is nothing to fold. */
  readonly open: boolean | undefined;
  /** It is listed for itself, and not because something below it was searched for. */
  readonly found: boolean;
}

/** A heading over more than that is folded to begin with. */
const many = 12;

function opensFirst({key, items}: TreeItem, depth: number): boolean {
  return key === undefined ? items.length <= many : depth === 0;
}

/** @param turned Paths of what is folded or unfolded other than to begin with. */
export function rowsOf(
  items: readonly TreeItem[],
  turned: ReadonlySet<string>,
  query: string,
): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: Row[] = [];
  const root = {path: '', depth: -1, kind: undefined};
  if (words.length === 0) unfolded(items, root, turned, rows);
  else found(items, root, words, rows);
  return rows;
}

interface Above {
  readonly path: string;
  readonly depth: number;
  readonly kind: string | undefined;
}

function rowOf(item: TreeItem, at: number, above: Above): Row {
  const path = `${above.path}/${item.key ?? item.label}#${at}`;
  return {path, item, depth: above.depth + 1, around: above.kind, open: undefined, found: true};
}

function unfolded(items: readonly TreeItem[], above: Above, turned: ReadonlySet<string>, rows: Row[]): void {
  for (const [at, item] of items.entries()) {
    const row = rowOf(item, at, above);
    if (item.items.length === 0) {
      rows.push(row);
      continue;
    }
    const open = opensFirst(item, row.depth) !== turned.has(row.path);
    rows.push({...row, open});
    if (open) unfolded(item.items, {...row, kind: item.kind}, turned, rows);
  }
}

/** What has all the words, with what leads to it. @returns whether there is any */
function found(items: readonly TreeItem[], above: Above, words: readonly string[], rows: Row[]): boolean {
  let any = false;
  for (const [at, item] of items.entries()) {
    const row = rowOf(item, at, above);
    const place = rows.push(row) - 1;
    const below = found(item.items, {...row, kind: item.kind}, words, rows);
    const itself = isFound(item, words);
    any ||= below || itself;
    if (!below && !itself) rows.length = place;
    // It stands closed where nothing below it was found.
    else rows[place] = {...row, found: itself, open: item.items.length === 0 ? undefined : below};
  }
  return any;
}

/** Headings are no result: what stands under them is. */
function isFound({key, kind = '', label, notes}: TreeItem, words: readonly string[]): boolean {
  if (key === undefined) return false;
  const text = [kind.replaceAll('_', ' '), printable(label), key, ...notes].join(' ').toLowerCase();
  return words.every(word => text.includes(word));
}

/** Keys of an item and of all that is below it, each once. */
export function keysBelow(item: TreeItem): readonly string[] {
  const keys = new Set<string>();
  const visit = ({key, items}: TreeItem): void => {
    if (key !== undefined) keys.add(key);
    for (const one of items) visit(one);
  };
  visit(item);
  return [...keys];
}
