import {LineCounter, isScalar, parseDocument, visit} from 'yaml';

/** What a configuration file holds: numbers are text, null is absent. */
export type Tree = string | boolean | readonly Tree[] | TreeMap;
export interface TreeMap {
  readonly [key: string]: Tree;
}

export interface Parsed {
  readonly root: Tree | undefined;
  /** Paths of unquoted scalars that YAML 1.1 reads as another text than is written: `0123` is 83, `1.10` is 1.1. */
  readonly changed: readonly (readonly string[])[];
}

/** A file's text that can't be parsed. The message holds no text of the file, for that may be a password. */
export class SyntaxTrouble extends Error {}

/** @throws SyntaxTrouble */
export function parseConfig(text: string, json: boolean): Parsed {
  if (!json) return parseYaml(text);
  try {
    return {root: treeOf(JSON.parse(text)), changed: []};
  } catch {
    throw new SyntaxTrouble('not valid JSON');
  }
}

/**
 * Reads as PyYAML's safe loader does, which is what the Python clients use: its implicit types (`resolver.py`), applied
 * to plain scalars; yaml's own 1.1 schema also takes `y`, `n` and `1e3`, which PyYAML leaves alone.
 */
function parseYaml(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'failsafe',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  });
  const trouble = document.errors[0];
  if (trouble !== undefined) {
    throw new SyntaxTrouble(`not valid YAML: ${trouble.code} in line ${lines.linePos(trouble.pos[0]).line}`);
  }
  const changed: string[][] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (node.type !== 'PLAIN' || node.tag !== undefined || typeof node.value !== 'string') return;
      const written = node.value;
      const value = resolve(written);
      if (key === 'key') {
        // Keys are names: a cloud called 123 is "123".
        node.value = typeof value === 'string' ? value : written;
        return;
      }
      node.value = value;
      if (typeof value === 'string' && value !== written) changed.push(pathOf(node, ancestors));
    },
  });
  return {root: treeOf(document.toJS({maxAliasCount: 1000})), changed};
}

function pathOf(node: unknown, ancestors: readonly unknown[]): string[] {
  return [...ancestors, node].flatMap(ancestor => {
    const key: unknown =
      typeof ancestor === 'object' && ancestor !== null ? Reflect.get(ancestor, 'key') : undefined;
    return isScalar(key) ? [String(key.value)] : [];
  });
}

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/u;
const NULL = /^(?:~|null|Null|NULL|)$/u;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/u;
const INTEGER =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/u;

/** A plain scalar's value: a boolean, null, or text; numbers as Python's `str` prints them. */
function resolve(text: string): string | boolean | null {
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return /^(?:yes|true|on)$/iu.test(text);
  if (INTEGER.test(text)) return integerText(text.replaceAll('_', ''));
  if (FLOAT.test(text)) return floatText(text.replaceAll('_', ''));
  return text;
}

function integerText(text: string): string {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/u, '');
  let value = 0n;
  if (digits.includes(':')) value = digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  else if (/^0[0-7]/u.test(digits)) value = BigInt(`0o${digits.slice(1)}`);
  else value = BigInt(digits);
  return String(negative ? -value : value);
}

function floatText(text: string): string {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/u, '');
  const value = sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function treeOf(value: unknown): Tree | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(treeOf).filter(item => item !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, Tree][] => {
      const tree = treeOf(inner);
      return tree === undefined ? [] : [[key, tree]];
    }),
  );
}

export function isMap(value: Tree | undefined): value is TreeMap {
  return typeof value === 'object' && !Array.isArray(value);
}
