/** What is told of a bundle full of secrets without a cloud: its counts, tree and differences, never a value. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Inventory} from '../../src/model/inventory.ts';
import {plantedCloud} from './support/cloud.ts';
import {plantedIn, userData} from './support/planted.ts';
import {leaks, open, stage, verbosities, type Stage} from './support/stage.ts';

type Rows = Record<string, Record<string, unknown>[]>;

/** A captured bundle `a`, and the inventory `b.json` in which everything secret is another. */
async function two(t: ExecutionContext): Promise<Stage> {
  const made = await stage(t);
  const {env} = await plantedCloud(t);
  await made.run(['snapshot', 'a', '--secrets', 'capture'], {env});
  const inventory = JSON.parse(await readFile(join(made.dir, 'a/inventory.json'), 'utf8')) as Inventory;
  t.true(plantedIn(JSON.stringify(inventory)).includes('metadata'));
  const rows = inventory.rows as Rows;
  for (const server of rows['server'] ?? []) {
    const other = userData.replaceAll('Pl4nt', 'other-Pl4nt');
    server['OS-EXT-SRV-ATTR:user_data'] = Buffer.from(other).toString('base64');
    server['metadata'] = otherwise(server['metadata']);
  }
  for (const volume of rows['volume'] ?? []) volume['metadata'] = otherwise(volume['metadata']);
  for (const container of rows['container'] ?? []) container['headers'] = otherwise(container['headers']);
  await writeFile(join(made.dir, 'b.json'), JSON.stringify(inventory), {mode: 0o600});
  return made;
}

function otherwise(map: unknown): unknown {
  return Object.fromEntries(
    Object.entries(map as Readonly<Record<string, unknown>>).map(([key, value]) => [
      key,
      String(value).replaceAll('Pl4nt', 'other-Pl4nt'),
    ]),
  );
}

const commands: readonly (readonly string[])[] = [
  ['render', 'a', 'c'],
  ['render', 'a', 'c', '--explain'],
  ['render', 'a', 'c', '--select', 'server', '-f', 'json'],
  ['render', 'a', 'c', '--select', 'name=nothing'],
  ['render', 'a/inventory.json', 'c', '--fold'],
  ['list', 'a'],
  ['list', 'a', '-f', 'json'],
  ['list', 'a', '-f', 'csv'],
  ['diff', 'a', 'b.json'],
  ['diff', 'a', 'b.json', '-f', 'json'],
  ['diff', 'a', 'b.json', '-f', 'markdown'],
  ['diff', 'a', 'b.json', '-f', 'unified'],
  ['diff', 'a', 'a'],
];

for (const words of commands) {
  test(`${words.join(' ')}: at every verbosity`, async t => {
    const {run, files} = await two(t);
    for (const verbosity of verbosities) {
      const ran = await run([...words, ...verbosity, ...(words[0] === 'render' ? ['--force'] : [])]);
      t.true(ran.code <= 4, ran.stderr);
      const held = (await files()).filter(({path}) => path !== 'b.json');
      t.deepEqual(leaks(ran, held, true), []);
      t.deepEqual(open(held), []);
    }
  });
}

test('a difference in a secret is a difference, though neither is shown', async t => {
  const {run} = await two(t);
  const {code, stdout} = await run(['diff', 'a', 'b.json']);
  t.is(code, 4);
  for (const field of ['metadata.db_password', 'metadata.note', 'user_data', 'metadata.token'])
    t.regex(stdout, new RegExp(`${field.replaceAll('.', String.raw`[.\\[]?`)}[^\\n]*\\*\\*\\*`), field);
});

test('files of a bundle that are broken just where a secret stands quote nothing', async t => {
  const broken: readonly (readonly [file: string, make: (text: string) => string])[] = [
    ['secrets.yaml', text => text.replace(/: ["']?.*Pl4ntPsk.*/, ': *Pl4ntPsk9xQ')],
    ['secrets.yaml', text => text.replace(/: ["']?.*Pl4ntPsk.*/, ': !Pl4ntPsk9xQ x')],
    ['secrets.yaml', text => text.replace(/: ["']?.*Pl4ntPsk.*/, ': [Pl4ntPsk9xQ')],
    ['secrets.yaml', text => text.replace(/: ["']?.*Pl4ntPsk.*/, ': {Pl4ntPsk9xQ: {}}')],
    ['secrets.yaml', text => text.replace(/: ["']?.*Pl4ntPsk.*/, ': "Pl4ntPsk9xQ')],
    ['secrets.yaml', () => 'Pl4ntPsk9xQ'],
    ['environment.yaml', () => 'parameters: {a: *Pl4ntPsk9xQ}'],
    ['template.yaml', text => `${text}\n  x: *Pl4ntPsk9xQ`],
    ['inventory.json', text => text.replace('"Pl4nt', '"Pl4ntPsk9xQ" "')],
    ['inventory.json', text => `${text}Pl4ntPsk9xQ`],
    ['report.json', () => '{"format": "Pl4ntPsk9xQ"}'],
    ['report.json', () => 'Pl4ntPsk9xQ'],
  ];
  const {run, dir} = await two(t);
  const {env} = await plantedCloud(t);
  for (const [file, make] of broken) {
    const path = join(dir, 'a', file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, make(text));
    for (const words of [
      ['check', 'a', '--stack', 'web', '--debug'],
      ['render', 'a', 'a', '--debug'],
      ['diff', 'a', 'b.json', '--debug'],
      ['stack', 'validate', 'a', '--debug'],
    ]) {
      const ran = await run(words, {env});
      t.deepEqual(plantedIn(ran.stdout + ran.stderr), [], `${file}: ${words.join(' ')}`);
    }
    await writeFile(path, text);
  }
});
