/** Real projects, recorded: each and its copy under other ids are the same; nothing can be taken away unseen. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Inventory} from '../../src/model/inventory.ts';
import {relate} from '../../src/relate/index.ts';
import {compareGraphs, externalsOf} from '../../src/verify/index.ts';

const root = join(import.meta.dirname, '../../../samples');
// Nova names a host without a usable name after its id.
const ids = /(?<=["/,:]|"Server-)(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32})(?=[":,])/g;

function turned(id: string): string {
  return id.replace(/[\da-f]/g, digit => (15 - parseInt(digit, 16)).toString(16));
}

/** Every id of a thing another one, which sorts elsewhere; rows the other way round. */
function copyOf(inventory: Inventory): Inventory {
  const text = JSON.stringify(inventory);
  const {project, user_id} = inventory.source;
  // An id of nothing that was listed is data, and copied as it is.
  const things = new Set([project.id, user_id]);
  for (const [, id = ''] of text.matchAll(/"(?:id|\w+_ref)":"(?:[^"]*\/)?([^"/]+)"/g)) things.add(id);
  const copy = JSON.parse(text.replace(ids, id => (things.has(id) ? turned(id) : id))) as Inventory;
  const rows = Object.entries(copy.rows).map(([kind, list]) => [kind, list.toReversed()] as const);
  return {...copy, rows: Object.fromEntries(rows)};
}

for (const folder of await readdir(root, {withFileTypes: true})) {
  if (!folder.isDirectory()) continue;
  const sample = folder.name;
  const read = async (): Promise<Inventory> =>
    JSON.parse(await readFile(join(root, sample, 'inventory.json'), 'utf8')) as Inventory;

  test(`${sample}: the same under other ids`, async t => {
    const inventory = await read();
    const source = relate(inventory);
    // Whom access lists name is a parameter.
    const {user_id: user} = inventory.source;
    const externals = new Map([[`user:${user}`, turned(user)]]);
    const result = compareGraphs(source, relate(copyOf(inventory)), {externals});
    t.deepEqual(result.differences, []);
    const taking = [...source.graph.nodes.values()].filter(({place}) => place.as !== 'skipped');
    t.is(result.counts.matched, taking.length);
  });

  test(`${sample}: whatever is taken away is missed`, async t => {
    const inventory = await read();
    const source = relate(inventory);
    const copy = copyOf(inventory);
    const there = [...relate(copy).graph.nodes.values()].filter(
      ({kind, id, place}) => place.as !== 'skipped' && copy.rows[kind]?.some(row => row['id'] === id),
    );
    const step = Math.ceil(there.length / 6);
    for (const {kind, key, id} of there.filter((_node, index) => index % step === 0)) {
      const rows = {...copy.rows, [kind]: copy.rows[kind]?.filter(row => row['id'] !== id) ?? []};
      t.true(compareGraphs(source, relate({...copy, rows})).counts.missing > 0, key);
    }
  });
}

test('what a clone was deployed with is read from the parameters', t => {
  const parameter = {kind: 'flavor', source: {id: 'f1', name: 'small'}};
  const parameters = [
    {...parameter, name: 'flavor_small', role: 'outside' as const, value: 'small'},
    {...parameter, name: 'other', role: 'data' as const, value: 'x'},
  ];
  t.deepEqual([...externalsOf({parameters})], [['flavor:f1', 'small']]);
  t.deepEqual([...externalsOf({parameters}, {flavor_small: 'large'})], [['flavor:f1', 'large']]);
  t.deepEqual([...externalsOf({parameters}, {flavor_small: ''})], []);
});
