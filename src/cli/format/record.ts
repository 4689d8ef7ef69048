/** One thing, field by field, in the form that -f asks for. */
import type {Argv} from 'yargs';
import {isPlainObject} from '../../model/value.ts';
import {
  cellText,
  columnOf,
  dataText,
  rowFormats,
  rowsText,
  type RowFormat,
  type RowOptions,
} from './formats.ts';
import {withRows, type RowArgs} from './options.ts';

export function withRecord<Args>(cli: Argv<Args>): Argv<Args & RowArgs> {
  return withRows<Args, RowFormat>(cli, rowFormats);
}

/**
 * As the openstack client shows one thing: tables have a row for each field, and one for each key of a map in it.
 * @throws RekindleError 'usage' for a field that isn't there.
 */
export async function recordText(
  record: Readonly<Record<string, unknown>>,
  {format, columns: wanted = [], sort, width}: RowOptions,
): Promise<string> {
  const columns = Object.keys(record).map(key => ({key, title: key}));
  const keys = (wanted.length === 0 ? columns : wanted.map(name => columnOf({columns}, name))).map(
    ({key}) => key,
  );
  if (format === 'json' || format === 'yaml')
    return dataText(Object.fromEntries(keys.map(key => [key, record[key] ?? null])), format);
  if (format === 'value') return keys.map(key => `${cellText(record[key])}\n`).join('');
  return rowsText(
    {
      columns: [
        {key: 'field', title: 'Field'},
        {key: 'value', title: 'Value'},
      ],
      rows: keys.flatMap(key => fieldRows(key, record[key])),
    },
    {format, sort, width},
  );
}

function fieldRows(field: string, value: unknown): readonly {field: string; value: unknown}[] {
  const entries = isPlainObject(value) ? Object.entries(value) : [];
  if (entries.length === 0) return [{field, value}];
  return entries.map(([key, inner]) => ({field: `${field}.${key}`, value: inner}));
}
