/** A list or a value in the form that -f asks for. */
import {RekindleError} from '../../model/errors.ts';
import {printable} from '../../model/printable.ts';
import {nearest} from '../../model/nearest.ts';
import {markdownTable, tableText, type Cells} from './table.ts';

export const rowFormats = ['table', 'json', 'yaml', 'value', 'csv', 'markdown'] as const;
export type RowFormat = (typeof rowFormats)[number];

export interface Column {
  /** Name in JSON and YAML, and for -c; part of the interface. */
  readonly key: string;
  /** Heading in tables. */
  readonly title: string;
}

export type RowOf = Readonly<Record<string, unknown>>;

export interface Listing {
  readonly columns: readonly Column[];
  readonly rows: readonly RowOf[];
}

export interface RowOptions {
  readonly format: RowFormat;
  /** Keys or headings, as -c gives them. */
  readonly columns?: readonly string[] | undefined;
  readonly sort?: readonly string[] | undefined;
  readonly width?: number | undefined;
}

/** @throws RekindleError 'usage' for a column that isn't there. */
export async function rowsText(listing: Listing, options: RowOptions): Promise<string> {
  const wanted = options.columns ?? [];
  const columns = wanted.length === 0 ? listing.columns : wanted.map(name => columnOf(listing, name));
  const by = (options.sort ?? []).map(name => columnOf(listing, name).key);
  const rows = by.length === 0 ? listing.rows : [...listing.rows].sort((a, b) => order(a, b, by));
  const {format} = options;
  if (format === 'json' || format === 'yaml') {
    return dataText(
      rows.map(row => Object.fromEntries(columns.map(({key}) => [key, row[key] ?? null]))),
      format,
    );
  }
  const values = rows.map(row => columns.map(({key}) => row[key]));
  if (format === 'csv') {
    return [columns.map(({title}) => title), ...values]
      .map(cells => `${cells.map(csvCell).join(',')}\n`)
      .join('');
  }
  if (format === 'value') return values.map(cells => `${cells.map(cellText).join(' ')}\n`).join('');
  const cells: Cells = {
    titles: columns.map(({title}) => title),
    numeric: columns.map(
      (_, index) => values.length > 0 && values.every(row => typeof row[index] === 'number'),
    ),
    rows: values.map(row => row.map(cellText)),
  };
  return format === 'markdown' ? markdownTable(cells) : tableText(cells, options.width);
}

/** @throws RekindleError 'usage' */
export function columnOf({columns}: Pick<Listing, 'columns'>, name: string): Column {
  const folded = name.toLowerCase().replaceAll(/[\s-]+/g, '_');
  const found = columns.find(({key, title}) =>
    [key, title.toLowerCase().replaceAll(' ', '_')].includes(folded),
  );
  if (found !== undefined) return found;
  const keys = columns.map(({key}) => key);
  const like = nearest(folded, keys);
  throw new RekindleError('usage', `There is no column ${JSON.stringify(name)}`, {
    hint: like === undefined ? `the columns are ${keys.join(', ')}` : `did you mean ${like}?`,
  });
}

function order(a: RowOf, b: RowOf, keys: readonly string[]): number {
  for (const key of keys) {
    const [x, y] = [a[key], b[key]];
    const sign = typeof x === 'number' && typeof y === 'number' ? x - y : compare(cellText(x), cellText(y));
    if (sign !== 0) return sign;
  }
  return 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One line, fit for a terminal. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return printable(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

function csvCell(value: unknown): string {
  return typeof value === 'number' ? String(value) : `"${cellText(value).replaceAll('"', '""')}"`;
}

/** Characters that a terminal or a careless reader may act on; JSON and YAML can say them as escapes. */
const awkward = /[\u007f-\u009f\u2028\u2029]|(?!\n|\u200d)[\p{Cf}\p{Cn}\p{Co}]/gu;

/** JSON or YAML that reads back as the same data. */
export async function dataText(data: unknown, format: 'json' | 'yaml'): Promise<string> {
  if (format === 'json') return `${escaped(JSON.stringify(data, undefined, 2), false)}\n`;
  const {Document, isScalar, Scalar, visit} = await import('yaml');
  const document = new Document(data, {compat: 'yaml-1.1', aliasDuplicateObjects: false});
  visit(document, {
    Scalar(_, node) {
      if (!isScalar(node) || typeof node.value !== 'string') return;
      // A fresh pattern each time: `awkward` is global and would remember where it stopped.
      if (node.value.search(awkward) >= 0 || node.value === '=') node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escaped(document.toString({lineWidth: 0}), true);
}

/** JSON has escapes of 16 bits, and pairs of them; YAML's readers take a pair for two broken characters. */
function escaped(text: string, long: boolean): string {
  return text.replaceAll(awkward, found => {
    const code = found.codePointAt(0) ?? 0;
    if (code <= 0xffff) return `\\u${hex(code, 4)}`;
    return long ? `\\U${hex(code, 8)}` : `\\u${hex(found.charCodeAt(0), 4)}\\u${hex(found.charCodeAt(1), 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
