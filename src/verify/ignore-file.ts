/** The text of an ignore file -> its rules, each fault named with its line and column. */
import {isMap, isScalar, isSeq, LineCounter, parseDocument, type Node} from 'yaml';
import {RekindleError} from '../model/errors.ts';
import {nearest} from '../model/nearest.ts';
import {registry} from '../resources/index.ts';
import type {IgnoreRule} from './types.ts';

const keys = ['kind', 'name', 'field', 'why'] as const;
type Key = (typeof keys)[number];

const example = 'a rule is, for example: {kind: server, name: "tmp-*", why: made by the tests}';

/**
 * @param from What to call it in errors.
 * @throws RekindleError 'input' for what is no list of rules.
 */
export function parseIgnoreFile(from: string, text: string): readonly IgnoreRule[] {
  const counter = new LineCounter();
  const at = (offset: number | undefined): string => {
    const {line, col} = counter.linePos(offset ?? 0);
    return `${from}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const fail = (node: unknown, what: string, hint = example): never => {
    throw new RekindleError('input', `${at((node as Node | null)?.range?.[0])}: ${what}`, {hint});
  };
  const document = parseDocument(text, {
    lineCounter: counter,
    // It compares each key with all the others.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined)
    throw new RekindleError(
      'input',
      `${at(error.pos[0])}: no YAML: ${error.code.toLowerCase().replaceAll('_', ' ')}`,
    );
  const root: unknown = document.contents;
  if (!isMap(root)) return fail(root, 'no mapping with the key ignore', 'an empty list is: ignore: []');
  for (const {key} of root.items) {
    const name = textOf(key);
    if (name !== 'ignore') fail(key, `unknown key ${JSON.stringify(name)}`, hintFor(name, ['ignore']));
  }
  const list: unknown = root.get('ignore', true);
  if (list === undefined || (isScalar(list) && list.value === null)) return [];
  if (!isSeq(list)) return fail(list, 'ignore is no list of rules');
  return list.items.map(item => ruleOf(item));

  function ruleOf(item: unknown): IgnoreRule {
    if (!isMap(item)) return fail(item, 'a rule is no mapping');
    const rule: {[K in Key]?: string} = {};
    for (const {key, value} of item.items) {
      const name = textOf(key);
      if (!isKey(name)) return fail(key, `unknown key ${JSON.stringify(name)}`, hintFor(name, keys));
      const said = isScalar(value) ? value.value : undefined;
      if (typeof said !== 'string' || said === '')
        return fail(value ?? key, `${name} is no text`, 'put it between quotes');
      if (name === 'kind') checkKind(value, said);
      if (rule[name] !== undefined) return fail(key, 'no YAML: duplicate key');
      rule[name] = said;
    }
    if (rule.kind === undefined && rule.name === undefined)
      return fail(item, 'a rule says neither kind nor name', 'for every thing write name: "*"');
    return {...rule, line: Math.max(1, counter.linePos(item.range?.[0] ?? 0).line)};
  }

  function checkKind(node: unknown, kind: string): void {
    const kinds = registry.map(spec => spec.kind);
    if (/[*?]/.test(kind) || kinds.includes(kind)) return;
    fail(node, `there is no kind ${JSON.stringify(kind)}`, hintFor(kind, kinds));
  }
}

function isKey(name: string): name is Key {
  return (keys as readonly string[]).includes(name);
}

function hintFor(word: string, candidates: readonly string[]): string {
  const like = nearest(word, candidates);
  if (like !== undefined) return `did you mean ${like}?`;
  return candidates.length > 10
    ? '`rekindle list SOURCE` shows the kinds'
    : `it takes ${candidates.join(', ')}`;
}

function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
