/**
 * Writes YAML that PyYAML reads back as meant: Heat loads YAML 1.1 (heat `common/template_format.py`). The library writes it,
 * but for what is plain: with tens of thousands of resources its time would be most of the program's.
 */
import {printable} from '../model/printable.ts';
import type {Json} from './model.ts';
import {type Entry, Placed, Section, STEP, WIDTH} from './yaml/form.ts';
import {libraryText} from './yaml/library.ts';
import {plainEntry, plainKey} from './yaml/plain.ts';

export type {Content, Entry} from './yaml/form.ts';

/** A value to be written. @param indent Column in which the lines of a block of it begin. */
export function toNode(value: Json, indent = 0): Placed {
  return new Placed(value, indent, indent);
}

/** The value of a key. @param indent Column in which the lines with the key begin. */
export function valueOf(key: string, value: Json, indent: number): Placed {
  return new Placed(value, indent + key.length + 2, indent + STEP);
}

/** A sentence: past the width in several lines, which YAML reads as one. */
export function prose(text: string, start: number): Placed {
  const isLong = start + text.length > WIDTH && /^[!-~]+(?: [!-~]+)*$/.test(text);
  return new Placed(text, start, start, isLong ? 'folded' : undefined);
}

/** A text in quotes, whatever it is. */
export function quoted(text: string): Placed {
  return new Placed(text, 0, 0, 'quoted');
}

/** @returns the entries as one map. */
export function toMap(entries: readonly Entry[]): Section {
  return new Section(entries);
}

/** Text of a document. */
export function stringify(
  root: Section,
  heading: readonly string[] = [],
  last: readonly string[] = [],
): string {
  const {entries} = root;
  if (entries.length === 0 || last.length > 0) return libraryText(entries, heading, last);
  const lines = [
    ...heading.map(line => (line === '' ? '#' : commentLine(line, ''))),
    ...(heading.length > 0 ? [''] : []),
  ];
  const [first] = entries;
  if (first !== undefined) lines.push(...headOf(first, ''));
  writeAll(entries, 0, undefined, lines);
  return `${lines.join('\n')}\n`;
}

/** The lines of an entry in so many maps, without what stands above it; undefined for what is not plain. */
export function textOf({key, value, beside}: Entry, depth: number): string | undefined {
  if (!(value instanceof Placed) || beside !== undefined) return undefined;
  const margin = depth * STEP;
  const plain = plainEntry(key, value, margin);
  return plain === undefined ? undefined : `${' '.repeat(margin)}${plain}`;
}

/** An entry, and how many maps it stands in. */
interface Next {
  readonly entry: Entry;
  readonly depth: number;
}

/** Each entry, and what stands above the one after it: a text may end so that less has to. */
function writeAll(entries: readonly Entry[], depth: number, after: Next | undefined, lines: string[]): void {
  for (const [index, entry] of entries.entries()) {
    const following = entries[index + 1];
    write(entry, depth, following === undefined ? after : {entry: following, depth}, lines);
  }
}

function write(entry: Entry, depth: number, next: Next | undefined, lines: string[]): void {
  const {key, value, beside} = entry;
  const margin = ' '.repeat(depth * STEP);
  const text = entry.text ?? textOf(entry, depth);
  if (text !== undefined) {
    lines.push(text);
    if (next !== undefined) lines.push(...headOf(next.entry, ' '.repeat(next.depth * STEP)));
    return;
  }
  const opened = beside === undefined ? plainKey(key) : undefined;
  const inside = value instanceof Section ? value.entries : value.entries();
  const [first] = inside ?? [];
  if (inside === undefined || first === undefined || opened === undefined) {
    lines.push(byLibrary(entry, depth, next));
    return;
  }
  lines.push(`${margin}${opened}`, ...headOf(first, `${margin}${' '.repeat(STEP)}`));
  writeAll(inside, depth + 1, next, lines);
}

/** The entry as it would be written among its neighbours, in as many maps, with what stands above the next one. */
function byLibrary(entry: Entry, depth: number, next: Next | undefined): string {
  const {comments: _comments, space: _space, ...own} = entry;
  const end = next && {...next.entry, key: 'end', value: toNode(0), beside: undefined};
  let entries: Entry[] = [own];
  for (let level = depth; ; level--) {
    if (end !== undefined && level === next?.depth) entries.push(end);
    if (level === 0) break;
    entries = [{key: 'in', value: new Section(entries)}];
  }
  const lines = libraryText(entries).split('\n').slice(depth);
  // Behind the last one is the text's end; what stands in for the next one goes.
  return lines.slice(0, end === undefined ? -1 : -2).join('\n');
}

/** Lines above an entry. */
export function headOf({space, comments = []}: Entry, margin: string): readonly string[] {
  return [...(space === true ? [''] : []), ...comments.map(line => commentLine(line, margin))];
}

function commentLine(line: string, margin: string): string {
  return line === '' ? '' : `${margin}# ${printable(line)}`;
}
