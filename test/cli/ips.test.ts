/** --ips on the command line: choices, how long they hold, and what is compared with what. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Session} from '../../src/cloud/types.ts';
import type {Report} from '../../src/model/bundle.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {planAdoption} from '../../src/pipeline/index.ts';
import {readBundle, readInventory} from '../../src/store/index.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');
const SHIFT = 'shift=10.10.0.0/24=10.50.0.0/24';

test('a shift moves the net in the template, and is kept until another choice is made', async t => {
  const {dir, run} = await bench(t);
  const read = (file: string): Promise<string> => readFile(join(dir, file), 'utf8');
  const report = async (): Promise<Report> => JSON.parse(await read('out/report.json')) as Report;
  t.is((await run(['render', sample, 'out', '--ips', SHIFT])).code, 0);
  t.deepEqual((await report()).shape, {ips: {shift: ['10.10.0.0/24=10.50.0.0/24']}});
  const moved = await read('out/template.yaml');
  t.regex(moved, /cidr: 10\.50\.0\.0\/24/);
  t.notRegex(moved, /10\.10\.0\./);
  t.regex(
    await read('out/report.md'),
    /## Addresses that moved\n\nAsked for: 10.10.0.0\/24=10.50.0.0\/24\n\n- shifted with 10.10.0.0\/24 to 10.50.0.0\/24\n {2}\(\d+\) subnet_web \(/,
  );
  t.deepEqual((await readInventory(join(dir, 'out'))).rows, (await readInventory(sample)).rows);

  t.is((await run(['render', 'out', 'out'])).code, 0);
  t.is(await read('out/template.yaml'), moved);
  t.is((await run(['render', 'out', 'out', '--ips', 'shift=172.20.0.0/16'])).code, 0);
  t.regex(await read('out/template.yaml'), /cidr: 172\.20\.0\.0\/24/);
  t.is((await run(['render', 'out', 'out', '--ips', 'auto'])).code, 0);
  t.deepEqual((await report()).shape, {ips: 'auto'});
  t.is((await run(['render', 'out', 'out', '--ips', 'keep'])).code, 0);
  t.is((await report()).shape, undefined);
  t.regex(await read('out/template.yaml'), /cidr: 10\.10\.0\.0\/24/);
  t.is((await run(['render', 'out', 'out', '--ips', SHIFT])).code, 0);
  t.is((await run(['render', 'out', 'out', '--reshape'])).code, 0);
  t.is((await report()).shape, undefined);
});

test('several nets, by commas or by the option again', async t => {
  const {dir, run} = await bench(t);
  const {code, stderr} = await run(['render', sample, 'out', '--ips', SHIFT, '--ips', 'shift=fd00::/48']);
  t.is(code, 2);
  t.regex(stderr, /the project has no IPv6 subnet of its own to move into fd00::\/48/);
  t.regex(stderr, /10.10.0.0\/24 \("web"\)/);
  t.is(
    (await run(['render', sample, 'out', '--ips', `${SHIFT},10.60.0.0/16`])).code,
    2,
    'nothing is left to move',
  );
  t.is((await run(['render', sample, 'out', '--ips', 'auto', '--ips', 'auto'])).code, 0);
  t.regex(
    await readFile(join(dir, 'out/template.yaml'), 'utf8'),
    /get_attr: \[port_vip, fixed_ips, 0, ip_address\]/,
  );
});

test('a wrong word is a matter of usage, and nothing is written', async t => {
  const {run} = await bench(t);
  for (const [word, message] of [
    ['none', /--ips takes keep, auto or shift=NET=NET, not "none"/],
    [
      'shift=10.10.0.5/24=10.50.0.0/24',
      /10.10.0.5\/24 has host bits set\n.*the net it is in is 10.10.0.0\/24/,
    ],
    ['shift=10.20.0.0/24=10.50.0.0/24', /no subnet of the project's own is in 10.20.0.0\/24/],
  ] as const) {
    const {code, stdout, stderr} = await run(['render', sample, 'out', '--ips', word]);
    t.is(code, 2, word);
    t.is(stdout, '', word);
    t.regex(stderr, message, word);
  }
});

test('what stays though it names a net that moves is said, and listed in the report', async t => {
  const {dir, run} = await bench(t);
  const inventory = JSON.parse(await readFile(sample, 'utf8')) as Inventory;
  const server =
    inventory.rows['server']?.map(row => ({...row, metadata: {door: 'http://10.10.0.10/'}})) ?? [];
  await writeFile(join(dir, 'in.json'), JSON.stringify({...inventory, rows: {...inventory.rows, server}}));
  const {code, stderr} = await run(['render', 'in.json', 'out', '--ips', SHIFT]);
  t.is(code, 0);
  t.regex(stderr, /3 fields with addresses that stay: report\.md says which, and why/);
  const report = await readFile(join(dir, 'out/report.md'), 'utf8');
  t.regex(
    report,
    /## Addresses that stay: look at each\n\n- server `metadata.door`: the text names an address of 10.10.0.0\/24/,
  );
  t.notRegex(report, /10\.10\.0\.10/);
});

test('diff: the project itself has not moved; another one is held against the nets that the bundle says', async t => {
  const {dir, run} = await bench(t);
  const inventory = JSON.parse(await readFile(sample, 'utf8')) as Inventory;
  t.is((await run(['render', sample, 'moved', '--ips', SHIFT])).code, 0);
  t.is((await run(['render', sample, 'auto', '--ips', 'auto'])).code, 0);
  for (const words of [
    ['moved', sample],
    [sample, 'moved'],
    ['auto', sample],
    ['moved', 'auto'],
  ])
    t.is((await run(['diff', ...words])).code, 0, words.join(' '));

  const elsewhere = JSON.stringify(inventory).replaceAll(inventory.source.project.id, 'f'.repeat(32));
  await writeFile(join(dir, 'same-nets.json'), elsewhere);
  await writeFile(join(dir, 'new-nets.json'), elsewhere.replaceAll('"10.10.0.', '"10.50.0.'));
  await writeFile(join(dir, 'other-hosts.json'), elsewhere.replaceAll('"10.10.0.11"', '"10.10.0.66"'));
  t.is((await run(['diff', 'moved', 'new-nets.json'])).code, 0);
  t.is((await run(['diff', 'new-nets.json', 'moved'])).code, 0);
  const kept = await run(['diff', 'moved', 'same-nets.json']);
  t.is(kept.code, 4);
  t.regex(kept.stdout, /10\.50\.0\.0\/24/);
  t.is((await run(['diff', sample, 'other-hosts.json'])).code, 4);
  t.is((await run(['diff', 'auto', 'other-hosts.json'])).code, 0);
  t.is((await run(['diff', 'other-hosts.json', 'auto'])).code, 0);
});

test('what was shifted is not what runs, and can’t be adopted', async t => {
  const {dir, run} = await bench(t);
  t.is((await run(['render', sample, 'out', '--ips', SHIFT])).code, 0);
  const folder = join(dir, 'out');
  const inventory = await readInventory(folder);
  const {project, region} = inventory.source;
  const session = {identity: {project}, region: region ?? undefined} as unknown as Session;
  const error = await t.throwsAsync(
    async () => planAdoption(session, {...(await readBundle(folder)), inventory}, {stack: 'web'}),
    {code: 'not-deployable'},
  );
  t.regex(error.message, /shifted \(--ips shift=10.10.0.0\/24=10.50.0.0\/24\)/);
});
