import {RekindleError} from '../../model/errors.ts';
import {type Tree, type TreeMap} from './yaml.ts';

/** Text of a key. @throws RekindleError 'config' where it is something else. */
export function textOf(map: TreeMap, key: string, where: string): string | undefined {
  const value = Object.hasOwn(map, key) ? map[key] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  const what = typeof value === 'boolean' ? 'a YAML boolean' : Array.isArray(value) ? 'a list' : 'a mapping';
  throw new RekindleError('config', `${where}: ${key} is ${what}, not text`, {
    hint:
      typeof value === 'boolean'
        ? `put it in quotes: YAML reads an unquoted yes, no, on or off so`
        : `correct ${key}`,
  });
}

/** In openstacksdk the text "false" is true; here everything is what it says. */
export function booleanOf(value: Tree | undefined, key: string, where: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (['true', '1', 'yes'].includes(text)) return true;
  if (['false', '0', 'no'].includes(text)) return false;
  throw new RekindleError('config', `${where}: ${key} is neither true nor false`, {
    hint: 'write true, false, 1, 0, yes or no',
  });
}

export function secondsOf(map: TreeMap, key: string, where: string): number | undefined {
  const text = textOf(map, key, where);
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new RekindleError('config', `${where}: ${key} must be a number of seconds above 0`);
}

/** One name, a comma list or a list; `publicURL` is `public`. */
export function interfacesOf(map: TreeMap, key: string, where: string): readonly string[] | undefined {
  const value = Object.hasOwn(map, key) ? map[key] : undefined;
  if (value === undefined) return undefined;
  const names = Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string'
      ? value.split(',')
      : [''];
  const plain = names.map(name => name.trim().replace(/URL$/u, '').toLowerCase());
  const wrong = plain.find(name => !['public', 'internal', 'admin'].includes(name));
  if (plain.length > 0 && wrong === undefined) return plain;
  throw new RekindleError('config', `${where}: ${key} must be public, internal or admin, or a list of these`);
}

/**
 * Fills `{key}` from the entry's other top-level keys. Unknown names stay as they are, for the file is shared with
 * other tools; only an address can't keep them.
 */
export function filled(text: string, top: TreeMap): string {
  return text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = Object.hasOwn(top, name) ? top[name] : undefined;
    return typeof value === 'string' ? value : whole;
  });
}
