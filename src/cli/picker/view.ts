/** What a picker looks like on a screen of some size: its lines, no wider and no more than there is room for. Pure. */
import {printable} from '../../model/printable.ts';
import {cutTo} from '../format/width.ts';
import type {Paint, Style} from '../terminal.ts';
import {itemText} from '../tree-out.ts';
import {helpLines, shortHelp} from './help.ts';
import type {Mark, Picker} from './picker.ts';
import type {Row} from './rows.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Look {
  readonly paint: Paint;
  /** The terminal can show more than ASCII. */
  readonly unicode: boolean;
}

/** What stands above and below the list, where there is room for it. */
export interface Frame {
  readonly header: boolean;
  /** Lines for the expressions. */
  readonly expressions: number;
  readonly counts: boolean;
  readonly help: boolean;
  readonly status: boolean;
  /** Rows for the list. */
  readonly page: number;
}

/** The smaller the screen, the less stands around the list. */
export function frameOf({rows}: Size, hasExcluded: boolean): Frame {
  const status = rows >= 2;
  const help = rows >= 4;
  const counts = rows >= 6;
  const header = rows >= 8;
  const expressions = rows >= 12 ? (hasExcluded ? 2 : 1) : 0;
  const around = [status, help, counts, header].filter(Boolean).length + expressions;
  return {header, expressions, counts, help, status, page: Math.max(1, rows - around)};
}

/** @param top First row of the list that is on the screen. */
export function viewOf(picker: Picker, top: number, size: Size, look: Look): readonly string[] {
  const {columns} = size;
  const {paint} = look;
  const line = (text: string, style?: Style): string => {
    const cut = cutTo(text, columns, look.unicode ? '…' : '~');
    return style === undefined ? cut : paint(style, cut);
  };
  if (picker.help) return helpLines.slice(0, size.rows).map(text => line(text));
  const frame = frameOf(size, picker.picked.excluded.size > 0);
  const lines: string[] = [];
  if (frame.header) lines.push(line(headerOf(picker), 'bold'));
  const rows = picker.rows.slice(top, top + frame.page);
  for (const [at, row] of rows.entries())
    lines.push(rowLine(picker, row, top + at === picker.cursor, line, look));
  if (rows.length === 0) lines.push(line('  nothing is found', 'dim'));
  while (lines.length < frame.page + (frame.header ? 1 : 0)) lines.push('');
  if (frame.status) lines.push(line(statusOf(picker), picker.message === '' ? undefined : 'yellow'));
  const {select = '', exclude = ''} = picker.written;
  if (frame.expressions > 0) lines.push(line(select === '' ? '' : `--select ${select}`, 'cyan'));
  if (frame.expressions > 1) lines.push(line(exclude === '' ? '' : `--exclude ${exclude}`, 'cyan'));
  if (frame.counts) lines.push(line(countsOf(picker)));
  if (frame.help) lines.push(picker.typing ? line(searchLine(picker, look)) : line(shortHelp, 'dim'));
  return lines;
}

function headerOf({graph, form, query, typing}: Picker): string {
  const search = query === '' || typing ? '' : `, with ${JSON.stringify(printable(query))}`;
  return `${printable(graph.project.name)}: by ${form}${search}`;
}

function searchLine({query, rows}: Picker, {unicode}: Look): string {
  const found = rows.filter(row => row.found && row.item.key !== undefined).length;
  const said = query === '' ? 'type what to look for' : `${found} found`;
  return `/${printable(query)}${unicode ? '█' : '_'}  ${said}; enter keeps it, esc ends it`;
}

/** As `[x]`, with the colour of the line. */
const marks: Readonly<Record<Mark, readonly [mark: string, style?: Style]>> = {
  selected: ['[x]', 'green'],
  along: ['[+]', 'cyan'],
  excluded: ['[-]', 'red'],
  cut: ['[~]', 'red'],
  out: ['[ ]'],
  none: ['   ', 'dim'],
};

function rowLine(
  picker: Picker,
  {item, depth, around, open}: Row,
  isHere: boolean,
  line: (text: string, style?: Style) => string,
  {unicode}: Look,
): string {
  const signs = unicode ? {open: '▾', closed: '▸'} : {open: 'v', closed: '>'};
  const fold = open === undefined ? ' ' : open ? signs.open : signs.closed;
  // Deep trees leave room for their names.
  const indent = '  '.repeat(Math.min(depth, 8));
  const lead = `${isHere ? '>' : ' '} ${indent}${fold} `;
  if (item.key === undefined) {
    const {inside, all} = picker.countOf(item);
    return line(`${lead}${item.label}  ${inside} of ${all} in`, isHere ? 'inverse' : 'bold');
  }
  const [mark, style] = marks[picker.markOf(item.key)];
  return line(`${lead}${mark} ${itemText(item, around)}`, isHere ? 'inverse' : style);
}

/** Why the thing under the cursor is in or out. */
function statusOf(picker: Picker): string {
  if (picker.message !== '') return picker.message;
  const item = picker.rows[picker.cursor]?.item;
  if (item === undefined) return '';
  if (item.key === undefined) {
    const {inside, all} = picker.countOf(item);
    return `${item.label}: ${all - inside} of ${all} out; space selects all of them`;
  }
  const node = picker.graph.nodes.get(item.key);
  const said = `${(item.kind ?? '').replaceAll('_', ' ')} ${printable(item.label)}`;
  const {inside, outside} = picker.selection;
  const why = inside.get(item.key);
  if (why !== undefined) return `${said} is in: ${printable(why)}`;
  const left = outside.get(item.key);
  if (left === undefined)
    return `${said} is out: ${node?.place.as === 'skipped' ? printable(node.place.reason) : 'not selected'}`;
  if (picker.markOf(item.key) === 'out') return `${said} is out: ${printable(left)}`;
  return `${said} is out: ${printable(left)}; what refers to it takes the target's own`;
}

function countsOf({picked, selection}: Picker): string {
  const {selected, excluded} = picked;
  const {inside, outside} = selection;
  const parts = [
    selected.size === 0 && excluded.size > 0 ? 'all but the excluded' : `${selected.size} selected`,
    `${inside.size} of ${inside.size + outside.size} in`,
    ...(excluded.size === 0 ? [] : [`${excluded.size} excluded`]),
  ];
  return parts.join(', ');
}

/** The first row of the list, so that the cursor is on the screen. */
export function topFor(before: number, {cursor, rows}: Picker, page: number): number {
  const least = Math.max(0, Math.min(before, rows.length - page));
  return Math.max(cursor - page + 1, Math.min(least, cursor));
}
