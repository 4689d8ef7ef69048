/** The inventory as a file: one field of a row per line, so that git shows what drifted. */
import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {RekindleError} from '../model/errors.ts';
import type {Gap, Inventory, Row} from '../model/inventory.ts';
import {isPlainObject} from '../model/value.ts';
import {parseJson, readText} from './text.ts';

export const inventoryFile = 'inventory.json';

/** Three times what 10,000 servers take; parsed it needs many times that in memory. */
const limit = 256 * 1024 * 1024;

/** The same data gives the same bytes: rows by kind and id, keys sorted, the id first. */
export function inventoryText(inventory: Inventory): string {
  const {format, version, captured_at, tool, source, services, extensions, gaps, rows} = inventory;
  const kinds = Object.keys(rows).sort();
  const lines = [
    `"format": ${line(format)}`,
    `"version": ${version}`,
    `"captured_at": ${line(captured_at)}`,
    `"tool": ${line(tool)}`,
    `"source": ${line(source)}`,
    `"services": ${block('{}', Object.keys(services).sort(), key => `${line(key)}: ${line(services[key])}`, 2)}`,
    `"extensions": ${block('[]', [...extensions].sort(), alias => line(alias), 2)}`,
    `"gaps": ${block('[]', gaps, gap => line(gap), 2)}`,
    `"rows": ${block('{}', kinds, kind => `${line(kind)}: ${rowsText(rows[kind] ?? [])}`, 2)}`,
  ];
  return `{\n  ${lines.join(',\n  ')}\n}\n`;
}

function rowsText(rows: readonly Row[]): string {
  const byId = [...rows].sort((a, b) => order(String(a['id']), String(b['id'])));
  return block('[]', byId, rowText, 4);
}

function rowText(row: Row): string {
  const keys = Object.keys(row).filter(key => key !== 'id');
  const lines = ['id', ...keys.sort()].map(key => `        ${line(key)}: ${line(row[key])}`);
  return `{\n${lines.join(',\n')}\n      }`;
}

/** One item a line. Appended and not joined: each text within another would be there twice, and one may be all of the file. */
function block<T>(
  brackets: '{}' | '[]',
  items: readonly T[],
  text: (item: T) => string,
  indent: number,
): string {
  if (items.length === 0) return brackets;
  const margin = ' '.repeat(indent);
  let lines = brackets.slice(0, 1);
  let end = '\n';
  for (const item of items) {
    lines += `${end}${margin}  ${text(item)}`;
    end = ',\n';
  }
  return `${lines}\n${margin}${brackets[1]}`;
}

/** JSON with the keys of every object sorted. */
function line(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return value.length === 0
      ? '[]'
      : `[${value.map(item => (item === undefined ? 'null' : line(item))).join(',')}]`;
  if (!isPlainObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).filter(key => value[key] !== undefined);
  return `{${keys
    .sort(asObjectsHave)
    .map(key => `${JSON.stringify(key)}:${line(value[key])}`)
    .join(',')}}`;
}

/** Whole numbers first, as in every object of JavaScript: such are the bytes of earlier inventories. */
function asObjectsHave(a: string, b: string): number {
  const [left, right] = [isIndex(a), isIndex(b)];
  if (left && right) return Number(a) - Number(b);
  return left ? -1 : right ? 1 : order(a, b);
}

function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4294967295;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Reads an inventory: the file itself or the bundle's folder that holds it.
 * @throws RekindleError 'input'
 */
export async function readInventory(path: string): Promise<Inventory> {
  const folder = await stat(path).then(
    stats => stats.isDirectory(),
    () => false,
  );
  const file = folder ? join(path, inventoryFile) : path;
  return parseInventory(file, await readText(file, limit, {follow: !folder}));
}

/** @param from What to call it in errors: a path, or `standard input`. */
export function parseInventory(from: string, text: string): Inventory {
  const data = parseJson(from, text);
  if (!isPlainObject(data) || data['format'] !== 'rekindle-inventory') {
    const hint =
      isPlainObject(data) && data['format'] === 'rekindle-report'
        ? 'give the bundle folder, or its inventory.json'
        : 'give an inventory.json or the folder of a bundle that rekindle wrote';
    throw new RekindleError('input', `${from} is no inventory of rekindle`, {hint});
  }
  const {version} = data;
  if (typeof version === 'number' && version > 1) {
    throw new RekindleError(
      'input',
      `${from} has format version ${version}, newer than this rekindle reads (1)`,
      {
        hint: 'update rekindle, or take the snapshot again with this one',
      },
    );
  }
  const fault = faultOf(data);
  if (fault !== undefined) {
    throw new RekindleError('input', `${from} is damaged: ${fault}`, {
      hint: 'take the snapshot again, or restore the file from git',
    });
  }
  return data as unknown as Inventory;
}

/** The first thing that is not as an inventory has it. */
function faultOf(data: Readonly<Record<string, unknown>>): string | undefined {
  const {version, captured_at, tool, source, services, extensions, gaps, rows} = data;
  if (version !== 1) return 'version is not 1';
  if (!isText(captured_at) || Number.isNaN(Date.parse(captured_at))) return 'captured_at is no time';
  if (!isText(tool)) return 'tool is no text';
  if (!isPlainObject(source)) return 'source is no object';
  const {auth_host, region, project, user_id, roles} = source;
  if (!isText(auth_host) || !isText(user_id)) return 'source lacks auth_host or user_id';
  if (region !== null && !isText(region)) return 'source.region is no text';
  if (!isPlainObject(project) || !isText(project['id']) || !isText(project['name'])) {
    return 'source.project lacks id or name';
  }
  if (!isTexts(roles)) return 'source.roles is no list of texts';
  if (!isPlainObject(services) || !Object.values(services).every(isPlainObject))
    return 'services is no object of objects';
  if (!isTexts(extensions)) return 'extensions is no list of texts';
  if (!Array.isArray(gaps) || !gaps.every(isGap)) return 'gaps is no list of gaps';
  if (!isPlainObject(rows)) return 'rows is no object';
  return faultOfRows(rows);
}

function faultOfRows(rows: Readonly<Record<string, unknown>>): string | undefined {
  for (const [kind, list] of Object.entries(rows)) {
    if (!/^[a-z][a-z0-9_]*$/.test(kind)) return 'rows has a key that is no kind';
    if (!Array.isArray(list)) return `rows.${kind} is no list`;
    const ids = new Set<string>();
    for (const [index, row] of (list as unknown[]).entries()) {
      if (!isPlainObject(row)) return `rows.${kind}[${index}] is no object`;
      const {id} = row;
      if (!isText(id) || id === '') return `rows.${kind}[${index}] has no id`;
      if (ids.has(id)) return `rows.${kind}[${index}] has the id of another row`;
      ids.add(id);
    }
  }
  return undefined;
}

const gapReasons: ReadonlySet<unknown> = new Set<Gap['reason']>([
  'no-service',
  'no-extension',
  'forbidden',
  'failed',
  'vanished',
]);

export function isGap(value: unknown): value is Gap {
  return (
    isPlainObject(value) &&
    [value['service'], value['kind'], value['detail']].every(isText) &&
    gapReasons.has(value['reason']) &&
    (value['parent'] === undefined || isText(value['parent']))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}
