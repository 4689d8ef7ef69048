import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import {mostThings} from '../../src/page/data-of.ts';
import type {PageData} from '../../src/page/data.ts';
import {comparedPage, page, picture, render} from '../../src/pipeline/index.ts';
import {parseInventory} from '../../src/store/index.ts';
import {largeInventory} from '../support/large-inventory.ts';
import {project} from '../support/random-project.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

async function inventoryOf(sample: string): Promise<Inventory> {
  const path = join(samplesFolder, sample, 'inventory.json');
  return parseInventory(path, await readFile(path, 'utf8'));
}

const userData = 'OS-EXT-SRV-ATTR:user_data';

const element = /<script type="application\/json" id="data">([^<]*)<\/script>/;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The same for the same. */
const otherId = (id: string): string =>
  createHash('sha256')
    .update(id)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');

function dataOf(html: string): PageData {
  return JSON.parse(element.exec(html)?.[1] ?? '') as PageData;
}

for (const sample of await sampleNames()) {
  test(`${sample}: the page of the bundle holds every thing, with its ledger and the lines that tell of it`, async t => {
    const inventory = await inventoryOf(sample);
    const {bundle, graph, report} = render(inventory);
    const html = bundle.find(({path}) => path === 'topology.html')?.text ?? '';
    t.is(page(inventory), html);
    const {things, entries, texts, edges, omitted} = dataOf(html);
    t.is(omitted, undefined);
    t.deepEqual(
      things.map(({key}) => key),
      [...graph.nodes.keys()],
    );
    const byKey = new Map(things.map(thing => [thing.key, thing]));
    for (const node of graph.nodes.values()) {
      const {[userData]: given, ...row} = JSON.parse(JSON.stringify(node.row)) as Row;
      const {[userData]: told, ...shown} = byKey.get(node.key)?.row ?? {};
      t.deepEqual(shown, row);
      if (typeof given === 'string' && given !== '') t.regex(String(told), /^\(in the bundle/);
      else t.is(told, given);
      t.deepEqual(
        byKey.get(node.key)?.ledger.map(index => entries[index]),
        JSON.parse(JSON.stringify(node.ledger)),
      );
    }
    for (const {kind, id, name, type} of report.resources) {
      const {lines, resource} = byKey.get(`${kind}:${id}`) ?? {};
      t.is(resource, name);
      const told = texts[lines?.text ?? -1]?.text.split('\n').slice((lines?.from ?? 0) - 1, lines?.to) ?? [];
      const [first = '', second = ''] = told.filter(line => !line.trim().startsWith('#'));
      t.regex(first, /^ {2}\S+:$/);
      t.true(second.includes(type), `${name}: ${second}`);
      t.not(told.at(-1)?.trim(), '');
    }
    t.true(edges.every(([from, to]) => things[from] !== undefined && things[to] !== undefined));
  });
}

test('one thing of the page allows its script and its style, and nothing else runs or loads', async t => {
  const html = page(await inventoryOf('web'));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => hash(text ?? ''));
  const styles = [...html.matchAll(/<style>([^]*?)<\/style>/g)].map(([, text]) => hash(text ?? ''));
  t.is(
    policy,
    `default-src 'none'; script-src ${scripts.join(' ')}; style-src ${styles.join(' ')}; img-src data:; base-uri 'none'; form-action 'none'`,
  );
  t.is(scripts.length, 1);
  t.is(styles.length, 1);
  t.notRegex(html, /\s(?:on\w+|style|href|src)=/);
});

test('whatever a cloud calls its things, the page has the same elements and its data come back', t => {
  fc.assert(
    fc.property(project, inventory => {
      const html = page(inventory);
      t.is([...html.matchAll(/<script/gi)].length, 2);
      t.is([...html.matchAll(/<\/script/gi)].length, 2);
      // Its own script compares numbers.
      const markup = html.slice(0, html.lastIndexOf('<script>'));
      t.notRegex(markup, /<(?:img|iframe|link|base|object|form|a)\b/i);
      t.true(dataOf(html).things.length > 0 || Object.values(inventory.rows).flat().length === 0);
    }),
    {numRuns: 60},
  );
});

test('two projects are one picture: what is gone, what is new, what changed', async t => {
  const before = await inventoryOf('web');
  const servers = before.rows['server'] ?? [];
  const [gone, ...rest] = servers;
  const port = (before.rows['port'] ?? []).find(row => row['device_id'] === rest[0]?.['id']);
  const added = {
    ...port,
    id: 'new-port',
    name: 'added',
    device_id: '',
    device_owner: '',
    mac_address: 'fa:16:3e:00:00:99',
  };
  const after: Inventory = {
    ...before,
    rows: {
      ...before.rows,
      server: rest.map((row, index) => (index === 0 ? {...row, metadata: {role: 'changed'}} : row)),
      port: [...(before.rows['port'] ?? []), added],
    },
  };
  const {compared, things} = dataOf(comparedPage(before, after, {before: 'then', after: 'now'}));
  t.deepEqual(compared, {before: 'then', after: 'now'});
  const changeOf = (key: string) => things.find(thing => thing.key === key)?.change;
  t.is(changeOf(`server:${String(gone?.['id'])}`), 'removed');
  t.is(changeOf(`server:${String(rest[0]?.['id'])}`), 'changed');
  t.is(changeOf('port:new-port'), 'added');
  t.is(changeOf(`network:${String(before.rows['network']?.[0]?.['id'])}`), 'same');
  const changed = things.find(thing => thing.key === `server:${String(rest[0]?.['id'])}`);
  t.deepEqual(
    changed?.differences?.map(({property}) => property),
    ['metadata.role'],
  );
});

test('what is new in another project stands on the networks that both have', async t => {
  const before = await inventoryOf('web');
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const other = JSON.stringify(before)
    .replaceAll(uuid, otherId)
    .replaceAll(before.source.project.id, 'another');
  const copy = JSON.parse(other) as Inventory;
  const port = (copy.rows['port'] ?? []).find(row => String(row['device_owner']).startsWith('compute:'));
  const added = {
    ...port,
    id: 'new-port',
    name: 'added',
    device_id: '',
    device_owner: '',
    mac_address: 'fa:16:3e:00:00:99',
  };
  const after: Inventory = {
    ...copy,
    rows: {...copy.rows, port: [...(copy.rows['port'] ?? []), added]},
  };
  const {things} = dataOf(comparedPage(before, after, {before: 'one', after: 'two'}));
  const there = things.find(({key}) => key === 'port:new-port');
  t.is(there?.change, 'added');
  const networks = picture(before).lanes.map(({key}) => key);
  t.true(networks.includes(`network:${String(there?.row?.['network_id'])}`));
});

test('a project that no page can hold is told of, and still drawn', t => {
  const inventory = largeInventory(2000);
  const {things, omitted} = dataOf(page(inventory));
  t.deepEqual(things, []);
  t.regex(omitted ?? '', new RegExp(`more than the ${mostThings}`));
  t.true(picture(inventory).devices.length > 0);
});
