/** A bundle written where an earlier one lies. */
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Gap, Inventory, Row} from '../../src/model/inventory.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench, type Ran} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

interface Stage {
  readonly inventory: Inventory;
  /** Renders it into `out`. */
  readonly render: (inventory: Inventory, ...more: readonly string[]) => Promise<Ran>;
  readonly read: (file: string) => Promise<string>;
  readonly write: (file: string, text: string) => Promise<void>;
  readonly dir: string;
}

async function stage(t: ExecutionContext): Promise<Stage> {
  const {dir, run} = await bench(t);
  return {
    dir,
    inventory: JSON.parse(await readFile(sample, 'utf8')) as Inventory,
    render: async (inventory, ...more) => {
      await writeFile(join(dir, 'given.json'), JSON.stringify(inventory));
      return run(['render', 'given.json', 'out', ...more]);
    },
    read: async file => readFile(join(dir, 'out', file), 'utf8'),
    write: async (file, text) => writeFile(join(dir, 'out', file), text),
  };
}

function changed({rows, ...rest}: Inventory, kind: string, change: (row: Row) => Row): Inventory {
  return {...rest, rows: {...rows, [kind]: (rows[kind] ?? []).map(change)}};
}

function gap(reason: Gap['reason']): Gap {
  return {service: 'volume', kind: 'volume', reason, detail: 'volumes: 503'};
}

async function all(dir: string): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(dir, {recursive: true, withFileTypes: true}))
    if (entry.isFile()) files[entry.name] = await readFile(join(entry.parentPath, entry.name), 'utf8');
  return files;
}

test('the bundle of the same project is updated: names and edits stay, and only the change shows', async t => {
  const {inventory, render, read, write} = await stage(t);
  t.is((await render(inventory)).code, 0);
  const before = await read('template.yaml');
  const edited = (await read('environment.yaml')).replace(
    /flavor_m1_small: .*/,
    'flavor_m1_small: m2.small # bigger',
  );
  await write('environment.yaml', edited);
  const renamed = changed(inventory, 'server', row =>
    row['name'] === 'db' ? {...row, name: 'database'} : row,
  );
  const {code, stdout} = await render(renamed);
  t.is(code, 0);
  t.regex(stdout, /^since the bundle that was there: 0 added, 0 gone$/m);
  t.is(await read('template.yaml'), before.replace('name: db\n      flavor', 'name: database\n      flavor'));
  t.is(
    await read('environment.yaml'),
    edited.replace('  flavor_m1_small', '  # "m1.small" in the source\n  flavor_m1_small'),
  );
});

test('-f json says what was added and what is gone', async t => {
  const {inventory, render} = await stage(t);
  await render(inventory);
  const [volume] = inventory.rows['volume'] ?? [];
  const rows = {
    ...inventory.rows,
    volume: [...(inventory.rows['volume'] ?? []), {...volume, id: 'new', attachments: []}],
  };
  const {stdout} = await render({...inventory, rows}, '-f', 'json');
  const {since} = JSON.parse(stdout) as {since: {added: readonly string[]; gone: readonly string[]}};
  t.is(since.added.length, 1);
  t.regex(since.added[0] ?? '', /^volume_db_boot_[0-9a-f]{6}$/);
  t.deepEqual(since.gone, []);
});

test('the bundle of another project, or of another region, is not touched without --force', async t => {
  const {inventory, render, read, dir, write} = await stage(t);
  await render(inventory);
  await write('environment.yaml', (await read('environment.yaml')).replace('m1.small', 'mine'));
  const before = await all(join(dir, 'out'));
  const {source} = inventory;
  const other = {...inventory, source: {...source, project: {id: 'other', name: 'other'}}};
  const refused = await render(other);
  t.is(refused.code, 2);
  t.regex(refused.stderr, /^rekindle: out holds the bundle of another project, "[^"]+"\n {2}.*--force/);
  const region = await render({...inventory, source: {...source, region: 'elsewhere'}});
  t.is(region.code, 2);
  t.regex(region.stderr, /this project in the region /);
  t.deepEqual(await all(join(dir, 'out')), before);
  t.is((await render(other, '--force')).code, 0);
  t.notRegex(await read('environment.yaml'), /mine/);
});

test('a parameters file that can not be read ends the run, and nothing is replaced', async t => {
  const {inventory, render, dir, write} = await stage(t);
  await render(inventory);
  for (const text of [
    'parameters: {a: "s3cret\n',
    'parameter_defaults: {a: s3cret}\n',
    'parameters: [s3cret]\n',
  ]) {
    await write('environment.yaml', text);
    const before = await all(join(dir, 'out'));
    for (const more of [[], ['--force']]) {
      const {code, stderr} = await render(inventory, ...more);
      t.is(code, 2);
      t.regex(stderr, /^rekindle: .*environment\.yaml/);
      t.notRegex(stderr, /s3cret/);
    }
    t.deepEqual(await all(join(dir, 'out')), before);
  }
});

test('a fresh checkout has no secrets.yaml: it is written anew', async t => {
  const {inventory, render, read, dir} = await stage(t);
  await render(inventory);
  const whole = await read('secrets.yaml');
  const {rm} = await import('node:fs/promises');
  await rm(join(dir, 'out', 'secrets.yaml'));
  t.is((await render(inventory)).code, 0);
  t.is(await read('secrets.yaml'), whole);
});

test('what could not be read does not leave the bundle as if it were gone', async t => {
  const {inventory, render, dir} = await stage(t);
  await render(inventory);
  const before = await all(join(dir, 'out'));
  const without = changed(inventory, 'volume', row => row);
  const rows = {...without.rows, volume: []};
  for (const reason of ['failed', 'no-service'] as const) {
    const {code, stderr} = await render({...without, rows, gaps: [gap(reason)]});
    t.is(code, 2);
    t.regex(
      stderr,
      /rekindle: out has \d+ resources? that could not be read this time \(volume_\w+.*\): volumes: 503\n/,
    );
    t.deepEqual(await all(join(dir, 'out')), before);
  }
  t.is((await render({...without, rows, gaps: [gap('failed')]}, '--force')).code, 3);
  // Once it is known to be partial, so may be the next.
  t.is((await render({...without, rows, gaps: [gap('failed')]})).code, 3);
});
