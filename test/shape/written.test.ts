/** What somebody pointed at, as an expression: it fits those things and no others. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import {printable} from '../../src/model/printable.ts';
import {relate, type Related} from '../../src/relate/index.ts';
import {isSelectable} from '../../src/shape/select/closure.ts';
import {canonicalSelection, expressionOf, kinds, readSelection} from '../../src/shape/select/index.ts';
import {isOfKind} from '../../src/shape/select/kinds.ts';
import {testOf} from '../../src/shape/select/match.ts';
import {printSelection} from '../../src/shape/select/print.ts';
import {text as anyText} from '../support/hostile.ts';
import {inventoryOf, PROJECT} from '../support/inventory.ts';
import {project} from '../support/random-project.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

function sample(name: string): Inventory {
  return JSON.parse(readFileSync(join(samplesFolder, name, 'inventory.json'), 'utf8')) as Inventory;
}

/** Every object that has a name gets another one, by its place. */
function renamed(inventory: Inventory, names: readonly string[]): Inventory {
  let at = 0;
  const named = (row: Row): Row => ('name' in row ? {...row, name: names[at++ % names.length]} : row);
  const kinds = Object.entries(inventory.rows).map(([kind, rows]) => [kind, rows.map(named)] as const);
  return {...inventory, rows: Object.fromEntries(kinds)};
}

function isExact(t: ExecutionContext, {graph, scope}: Related, keys: ReadonlySet<string>): void {
  const text = expressionOf(keys, graph.nodes);
  const wanted = [...graph.nodes.values()].filter(node => isSelectable(node) && keys.has(node.key));
  if (text === undefined) {
    t.is(wanted.length, 0);
    return;
  }
  t.is(printable(text), text, 'it is one line that a terminal can show');
  t.is(canonicalSelection(text), text);
  const fits = testOf(readSelection(text), scope);
  const found = [...graph.nodes.values()].filter(node => isSelectable(node) && fits(node));
  t.deepEqual(
    found.map(({key}) => key),
    wanted.map(({key}) => key),
    text,
  );
}

function subsetOf({graph}: Related): fc.Arbitrary<ReadonlySet<string>> {
  return fc.subarray([...graph.nodes.keys()]).map(keys => new Set(keys));
}

for (const name of await sampleNames()) {
  const inventory = sample(name);
  test(`${name}: any things make an expression that fits them and no others`, t => {
    const related = relate(inventory);
    fc.assert(
      fc.property(subsetOf(related), keys => isExact(t, related, keys)),
      {numRuns: 60},
    );
    // By themselves, too: each kind has its word.
    for (const {key} of related.graph.nodes.values()) isExact(t, related, new Set([key]));
    isExact(t, related, new Set(related.graph.nodes.keys()));
  });
}

test('so do things with names that break everything else', t => {
  const web = sample('web');
  fc.assert(
    fc.property(
      fc.array(anyText, {minLength: 1, maxLength: 8}),
      fc.infiniteStream(fc.boolean()),
      (names, picks) => {
        const related = relate(renamed(web, names));
        isExact(
          t,
          related,
          new Set([...related.graph.nodes.keys()].filter(() => picks.next().value === true)),
        );
      },
    ),
    {numRuns: 60},
  );
});

test('and things of random projects', t => {
  fc.assert(
    fc.property(
      project.chain(inventory => {
        const related = relate(inventory);
        return subsetOf(related).map(keys => ({related, keys}));
      }),
      ({related, keys}) => isExact(t, related, keys),
    ),
    {numRuns: 60},
  );
});

function written(...names: readonly string[]): string | undefined {
  const server = names.map((name, at) => ({id: `s${at}`, name, tenant_id: PROJECT.id, status: 'ACTIVE'}));
  const {nodes} = relate(inventoryOf({server})).graph;
  return expressionOf(new Set(['server:s0']), nodes);
}

test('a thing is called by its name, as long as nothing else is called so', t => {
  t.is(written('web'), 'server:web');
  t.is(written('web', 'db'), 'server:web');
  t.is(written('web', 'web'), 'server & id=s0');
  t.is(written(''), 'server & id=s0');
  t.is(written('web 1'), 'server:"web 1"');
  t.is(written('web*', 'web-1'), String.raw`server:web\*`);
  t.is(written('a\nb'), String.raw`server:a\u{a}b`);
  t.is(written('\u{1b}[31mred'), String.raw`server:\u{1b}[31mred`);
  t.is(written('\u{202e} txt'), String.raw`server:"\u{202e} txt"`);
  t.is(written(String.raw`a\u{a}b`), String.raw`server:a\\u{a}b`);
});

test('the word of a kind fits that kind only', t => {
  for (const kind of kinds) {
    const read = readSelection(printSelection({is: 'kind', kind, at: 1}));
    t.like(read, {is: 'kind', kind});
    t.deepEqual(
      kinds.filter(other => isOfKind(other, kind)),
      [kind],
    );
  }
});

test('nothing is selected by nothing', t => {
  const {nodes} = relate(sample('web')).graph;
  t.is(expressionOf(new Set(), nodes), undefined);
  t.is(expressionOf(new Set(['server:no-such']), nodes), undefined);
});
