/** Small projects made of real rows, and what a hostile cloud, or a stranger's file, could make of them. */
import fc from 'fast-check';
import type {Inventory, Row} from '../../../src/model/inventory.ts';
import {isPlainObject} from '../../../src/model/value.ts';
import {hostile} from '../hostile.ts';
import {inventoryOf} from '../inventory.ts';
import {examples, recorded, type Piece} from './pool.ts';

/** Names that some reader of a bundle could take for more than a name. */
export const bait: readonly string[] = [
  ...hostile.slice(0, -1),
  'a'.repeat(5000),
  '$(touch canary)',
  '`touch canary`',
  "'; touch canary; '",
  '"; touch canary; "',
  'x\ntouch canary\n',
  '& touch canary &',
  '| touch canary',
  '> canary',
  '<(touch canary)',
  '!touch canary',
  '${x:=$(touch canary)}',
  'a[$(touch canary)]',
  '~root',
  '*',
  '\\',
  "\\'",
  "$'\\x27; touch canary; \\x27'",
  'EOF\ntouch canary\nEOF',
  '--parameter',
  '--os-cloud=evil',
  '-e',
  '-',
  '; exit 0 #',
  '!!python/object/apply:os.system [touch canary]',
  '!!binary aGk=',
  '&anchor x',
  '*anchor',
  '%YAML 1.1\n---',
  '- - -',
  '? {a: b}',
  '{get_resource: server}',
  '{ get_file: /etc/passwd }',
  '$param',
  '%index%',
  '{{ x }}',
  '{% raw %}',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- -->',
  '[x](javascript:alert(1))',
  '![x](http://evil.example/x.png)',
  '| a | b |\n| --- | --- |',
  '\n# heading',
  '\n\n    code',
  '```',
  'a|b',
  'http://evil.example/',
  '\u001b]0;title\u0007',
  '\u001b[2J\u001b[H',
  '\u009b31m',
  '\r\rhidden',
  '\b\b\b',
  '\u2066x\u2069',
  '\u202a\u202b\u202c\u202d',
  '\ud800',
  'a\udc00b',
  '\udc00\ud800',
  '\u{e0041}',
  '\u{1f600}\u200d',
  '/etc/passwd',
  '~/.ssh/id_rsa',
  '../../../../tmp/canary',
  'C:\\x',
  'a/../../b',
  'a\u0000b',
  'NUL',
  'template.yaml',
  'files/x',
  '.git/hooks/post-checkout',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  'length',
  'then',
  '__defineGetter__',
  'OS::stack_id',
  'OS::project_id',
  '9'.repeat(400),
  '1e999',
  '-1',
  '2026-13-45T99:99:99Z',
  '0.0.0.0/0',
  '10.0.0.0/33',
  '::/0',
  '999.1.1.1',
  'default',
];

/** Functions of Heat, as data. */
const calls: readonly unknown[] = [
  {get_resource: 'server'},
  {get_param: 'OS::stack_name'},
  {get_attr: ['server', 'name']},
  {get_file: '/etc/passwd'},
  {get_file: 'file:///etc/passwd'},
  {str_replace: {template: '$x', params: {$x: {get_file: '/etc/passwd'}}}},
  {list_join: ['', ['a', 'b']]},
  {yaql: {expression: '$', data: 1}},
  {Ref: 'server'},
  {'Fn::Join': ['', ['a']]},
  {if: ['x', 1, 2]},
  [{get_resource: 'server'}],
];

const odd: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  1e308,
  -1e-9,
  2 ** 53,
  2 ** 31,
  [],
  {},
  [null],
  [[]],
  [{}],
  {'': ''},
  ['a', 1, null, {}],
  // As JSON has them: own properties.
  JSON.parse('{"__proto__": {"polluted": true}}'),
  JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
  JSON.parse('[{"__proto__": {"polluted": true}, "toString": 1, "hasOwnProperty": null}]'),
  {id: '__proto__'},
  {toString: null, valueOf: null},
  {length: 3, 0: 'a'},
  JSON.parse('{"then": "x"}'),
];

const big: readonly (() => unknown)[] = [
  () => 'x'.repeat(100_000),
  () => 'x\n'.repeat(20_000),
  () => '\u202e'.repeat(20_000),
  () => Array.from({length: 2000}, (_, index) => index),
  () => Array.from({length: 500}, (_, index) => ({id: `n${index}`, name: `n${index}`})),
  () => Object.fromEntries(Array.from({length: 1000}, (_, index) => [`k${index}`, `v${index}`])),
];

/** Deeper than a stack is. */
export function nested(depth: number, leaf: unknown = 'x'): unknown {
  let value = leaf;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : {a: value};
  return value;
}

type Poison =
  | {readonly is: 'text'; readonly text: string}
  | {readonly is: 'odd'; readonly at: number}
  | {readonly is: 'call'; readonly at: number}
  | {readonly is: 'big'; readonly at: number}
  | {readonly is: 'deep'; readonly depth: number}
  | {readonly is: 'wrap'; readonly how: 'list' | 'map' | 'text' | 'number'}
  /** Another row's id, or its own. */
  | {readonly is: 'id'; readonly at: number};

const text = fc.oneof(
  {weight: 6, arbitrary: fc.constantFrom(...bait)},
  {weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 12})},
);

/** Any value that a file could hold in the place of another. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  {weight: 6, arbitrary: text},
  {weight: 6, arbitrary: fc.constantFrom(...odd)},
  {weight: 4, arbitrary: fc.constantFrom(...calls)},
  {weight: 1, arbitrary: fc.constantFrom(...big).map(make => make())},
  {weight: 1, arbitrary: fc.constantFrom(20, 150, 400).map(depth => nested(depth))},
);

const poison: fc.Arbitrary<Poison> = fc.oneof(
  {weight: 10, arbitrary: fc.record({is: fc.constant('text' as const), text})},
  {weight: 6, arbitrary: fc.record({is: fc.constant('odd' as const), at: fc.nat(odd.length - 1)})},
  {weight: 2, arbitrary: fc.record({is: fc.constant('call' as const), at: fc.nat(calls.length - 1)})},
  {weight: 1, arbitrary: fc.record({is: fc.constant('big' as const), at: fc.nat(big.length - 1)})},
  {
    weight: 1,
    arbitrary: fc.record({is: fc.constant('deep' as const), depth: fc.constantFrom(20, 30, 90, 400)}),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('wrap' as const),
      how: fc.constantFrom('list' as const, 'map' as const, 'text' as const, 'number' as const),
    }),
  },
  {weight: 4, arbitrary: fc.record({is: fc.constant('id' as const), at: fc.nat(40)})},
);

/** A change of one row, or of the whole. Numbers choose among what is there. */
type Edit =
  | {readonly do: 'set'; readonly row: number; readonly path: readonly number[]; readonly poison: Poison}
  | {readonly do: 'remove'; readonly row: number; readonly path: readonly number[]}
  | {readonly do: 'add'; readonly row: number; readonly key: string; readonly poison: Poison}
  /** A name everywhere it stands: ids stay joined. */
  | {readonly do: 'rename'; readonly row: number; readonly path: readonly number[]; readonly text: string}
  | {readonly do: 'copy'; readonly row: number; readonly id: string}
  | {readonly do: 'swap'; readonly row: number; readonly path: readonly number[]; readonly other: number}
  /** To a kind that nobody knows, or that is read from other rows only. */
  | {readonly do: 'stray'; readonly row: number; readonly kind: string}
  | {readonly do: 'project'; readonly text: string}
  | {readonly do: 'gap'; readonly row: number; readonly text: string};

const path = fc.array(fc.nat(60), {minLength: 1, maxLength: 4});
const row = fc.nat(60);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {weight: 10, arbitrary: fc.record({do: fc.constant('set' as const), row, path, poison})},
  {weight: 3, arbitrary: fc.record({do: fc.constant('remove' as const), row, path})},
  {weight: 2, arbitrary: fc.record({do: fc.constant('add' as const), row, key: text, poison})},
  {weight: 4, arbitrary: fc.record({do: fc.constant('rename' as const), row, path, text})},
  {weight: 2, arbitrary: fc.record({do: fc.constant('copy' as const), row, id: text})},
  {weight: 2, arbitrary: fc.record({do: fc.constant('swap' as const), row, path, other: row})},
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stray' as const),
      row,
      kind: fc.constantFrom('novelty', 'security_group_rule', 'constructor', 'volume_attachment'),
    }),
  },
  {weight: 1, arbitrary: fc.record({do: fc.constant('project' as const), text})},
  {weight: 1, arbitrary: fc.record({do: fc.constant('gap' as const), row, text})},
);

export interface Plan {
  readonly pieces: readonly Piece[];
  readonly edits: readonly Edit[];
}

/** @param only Of the examples, those with these numbers: so that every kind has its turn. */
export function planOf(only: readonly Piece[]): fc.Arbitrary<Plan> {
  return fc.record({
    pieces: fc
      .tuple(fc.constantFrom(...only), fc.array(fc.constantFrom(...examples, ...recorded), {maxLength: 2}))
      .map(([first, others]) => [first].concat(others)),
    edits: fc.array(edit, {minLength: 1, maxLength: 6}),
  });
}

/** @returns The inventory as JSON gives it; ids may repeat only where the plan says so. */
export function inventoryFrom({pieces, edits}: Plan): Inventory {
  const rows: Record<string, Map<unknown, Row>> = {};
  for (const piece of pieces)
    for (const [kind, list] of Object.entries(piece.rows))
      for (const one of list) (rows[kind] ??= new Map()).set(one['id'], one);
  const extensions = [...new Set(pieces.flatMap(piece => piece.extensions))];
  let inventory = JSON.parse(
    JSON.stringify(
      inventoryOf(
        Object.fromEntries(Object.entries(rows).map(([kind, list]) => [kind, [...list.values()]])),
        {
          extensions,
        },
      ),
    ),
  ) as Inventory;
  for (const one of edits) inventory = edited(inventory, one);
  return inventory;
}

function edited(inventory: Inventory, one: Edit): Inventory {
  if (one.do === 'project')
    return {
      ...inventory,
      source: {...inventory.source, project: {id: inventory.source.project.id, name: one.text}},
    };
  const all = Object.entries(inventory.rows).flatMap(([kind, list]) => list.map(found => ({kind, found})));
  const picked = all[one.row % Math.max(1, all.length)];
  if (picked === undefined) return inventory;
  const {kind, found} = picked;
  if (one.do === 'gap') {
    const gap = {service: 'compute', kind, reason: 'failed' as const, detail: one.text};
    return {...inventory, gaps: [...inventory.gaps, gap]};
  }
  if (one.do === 'stray') {
    const left = (inventory.rows[kind] ?? []).filter(other => other !== found);
    const there = Object.hasOwn(inventory.rows, one.kind) ? (inventory.rows[one.kind] ?? []) : [];
    if (kind === one.kind || there.some(other => other['id'] === found['id'])) return inventory;
    return {...inventory, rows: {...inventory.rows, [kind]: left, [one.kind]: [...there, found]}};
  }
  if (one.do === 'copy') {
    const list = inventory.rows[kind] ?? [];
    if (one.id === '' || list.some(other => other['id'] === one.id)) return inventory;
    return {...inventory, rows: {...inventory.rows, [kind]: [...list, {...found, id: one.id}]}};
  }
  if (one.do === 'add') {
    if (one.key !== 'id') put(found, one.key, made(one.poison, undefined, inventory));
    return inventory;
  }
  const place = placeIn(found, one.path);
  if (place === undefined) return inventory;
  const {holder, key} = place;
  const isId = holder === found && key === 'id';
  if (one.do === 'rename') {
    const old: unknown = read(holder, key);
    if (typeof old !== 'string' || old === '' || one.text === '') return inventory;
    return renamed(inventory, old, one.text);
  }
  if (isId) return inventory;
  if (one.do === 'remove') drop(holder, key);
  else if (one.do === 'swap') {
    const other = all[one.other % all.length]?.found ?? {};
    const from = placeIn(other, one.path);
    if (from !== undefined) put(holder, key, structuredClone(read(from.holder, from.key)));
  } else put(holder, key, made(one.poison, read(holder, key), inventory));
  return inventory;
}

function renamed(inventory: Inventory, old: string, text: string): Inventory {
  const next = JSON.parse(JSON.stringify(inventory.rows), (_key, value: unknown) =>
    value === old ? text : value,
  ) as Inventory['rows'];
  const isWhole = Object.values(next).every(list => new Set(list.map(one => one['id'])).size === list.length);
  return isWhole ? {...inventory, rows: next} : inventory;
}

type Holder = Record<string, unknown> | unknown[];

function placeIn(
  row: Row,
  path: readonly number[],
): {readonly holder: Holder; readonly key: string | number} | undefined {
  let holder: Holder = row;
  let found: {holder: Holder; key: string | number} | undefined;
  for (const step of path) {
    const keys: readonly (string | number)[] = Array.isArray(holder)
      ? holder.map((_, index) => index)
      : Object.keys(holder);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return found;
    found = {holder, key};
    const next: unknown = read(holder, key);
    if (!Array.isArray(next) && !isPlainObject(next)) return found;
    holder = next;
  }
  return found;
}

function read(holder: Holder, key: string | number): unknown {
  return (holder as Record<string | number, unknown>)[key];
}

/** `__proto__` is a key like any other. */
function put(holder: Holder | Row, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, {value, enumerable: true, configurable: true, writable: true});
}

function drop(holder: Holder, key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function made(poison: Poison, old: unknown, inventory: Inventory): unknown {
  if (poison.is === 'text') return poison.text;
  if (poison.is === 'odd') return structuredClone(odd[poison.at]);
  if (poison.is === 'call') return structuredClone(calls[poison.at]);
  if (poison.is === 'big') return big[poison.at]?.();
  if (poison.is === 'deep') return nested(poison.depth);
  if (poison.is === 'id') {
    const ids = Object.values(inventory.rows).flatMap(list => list.map(one => one['id']));
    return ids[poison.at % Math.max(1, ids.length)];
  }
  if (poison.how === 'list') return [old ?? 'x'];
  if (poison.how === 'map') return {value: old ?? 'x'};
  if (poison.how === 'text') return JSON.stringify(old ?? null);
  return Number.parseInt(
    JSON.stringify(old ?? 7)
      .replaceAll(/\D/g, '')
      .slice(0, 15) || '7',
    10,
  );
}
