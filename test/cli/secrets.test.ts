/** Secrets from the cloud to secrets.yaml, and nowhere else. */
import {readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {inventoryOf} from '../support/inventory.ts';
import {testCloud} from './support/cloud.ts';
import type {Fault, Request} from '../support/replay/server.ts';
import {bench, type Ran} from './support/world.ts';

const psk = 'Tr0ub4dor-&3';
const named = 'psk_of_ipsec_site_connection_to_branch';

/** Of the recorded project. */
const project_id = 'd269b305931341a4908ce3da86e18752';

const rows: Readonly<Record<string, object>> = {
  'vpn/vpnservices': {
    vpnservices: [{id: 'v1', project_id, name: 'branch', router_id: 'r1', subnet_id: null}],
  },
  'vpn/ikepolicies': {ikepolicies: [{id: 'i1', project_id, name: 'strong'}]},
  'vpn/ipsecpolicies': {ipsecpolicies: [{id: 'e1', project_id, name: 'strong'}]},
  'vpn/endpoint-groups': {endpoint_groups: []},
  'vpn/ipsec-site-connections': {
    ipsec_site_connections: [
      {
        id: 'c1',
        project_id,
        name: 'to-branch',
        peer_address: '198.51.100.9',
        peer_id: '198.51.100.9',
        peer_cidrs: ['192.0.2.0/24'],
        psk,
        dpd: {action: 'hold', interval: 30, timeout: 120},
        vpnservice_id: 'v1',
        ikepolicy_id: 'i1',
        ipsecpolicy_id: 'e1',
      },
    ],
  },
  extensions: {extensions: [{alias: 'vpnaas'}]},
};

function vpn({path}: Request): Fault | undefined {
  const body = rows[path.replace('/network/v2.0/', '')];
  return body === undefined ? undefined : {status: 200, body: JSON.stringify(body)};
}

interface Stage {
  readonly snapshot: (...more: readonly string[]) => Promise<Ran>;
  readonly dir: string;
  readonly secrets: () => Promise<Readonly<Record<string, unknown>>>;
  /** Names of the files with that text. */
  readonly holding: (text: string) => Promise<readonly string[]>;
}

async function stage(t: ExecutionContext): Promise<Stage> {
  const {dir, run} = await bench(t);
  const {env} = await testCloud(t, vpn);
  const out = join(dir, 'out');
  return {
    dir: out,
    snapshot: async (...more) => run(['snapshot', 'out', ...more], {env}),
    secrets: async () => {
      const data = parsePyYaml(await readFile(join(out, 'secrets.yaml'), 'utf8'));
      return (data as {parameters: Readonly<Record<string, unknown>>}).parameters;
    },
    holding: async text => {
      const found: string[] = [];
      for (const entry of await readdir(out, {recursive: true, withFileTypes: true})) {
        if (!entry.isFile()) continue;
        if ((await readFile(join(entry.parentPath, entry.name), 'utf8')).includes(text))
          found.push(entry.name);
      }
      return found;
    },
  };
}

test('--secrets capture writes them to secrets.yaml, which is the owner’s alone', async t => {
  const {snapshot, secrets, holding, dir} = await stage(t);
  const {stdout, stderr} = await snapshot('--secrets', 'capture', '--debug');
  t.is((await secrets())[named], psk);
  t.deepEqual(await holding(psk), ['secrets.yaml']);
  t.is((await stat(join(dir, 'secrets.yaml'))).mode & 0o777, 0o600);
  t.regex(stderr, /ipsec-site-connections/, 'the trace has the request');
  t.false((stdout + stderr).includes(psk));
});

test('without it secrets.yaml has a place for each, and the inventory is the same', async t => {
  const {snapshot, secrets, holding, dir} = await stage(t);
  const read = async () => {
    const text = await readFile(join(dir, 'inventory.json'), 'utf8');
    return text.replace(/"captured_at": "[^"]*"/, '');
  };
  await snapshot();
  t.is((await secrets())[named], '');
  t.deepEqual(await holding(psk), []);
  const omitted = await read();
  await snapshot('--force', '--secrets', 'capture');
  t.is(await read(), omitted);
});

test('--force keeps what somebody filled in, and a captured value beats it', async t => {
  const {snapshot, secrets, holding, dir} = await stage(t);
  await snapshot();
  const path = join(dir, 'secrets.yaml');
  const filled = (await readFile(path, 'utf8')).replace(`${named}: ''`, `${named}: filled-in`);
  await writeFile(path, filled);
  await snapshot('--force');
  t.is((await secrets())[named], 'filled-in');
  t.deepEqual(await holding('filled-in'), ['secrets.yaml']);
  t.is((await stat(path)).mode & 0o777, 0o600);
  await snapshot('--force', '--secrets', 'capture');
  t.is((await secrets())[named], psk);
});

test('a secrets.yaml that can not be read ends the run before it is replaced, without a word of it', async t => {
  const {snapshot, dir} = await stage(t);
  await snapshot();
  const path = join(dir, 'secrets.yaml');
  const broken = `parameters: {${named}: "s3cret\n`;
  await writeFile(path, broken);
  const {code, stderr} = await snapshot('--force');
  t.is(code, 2);
  t.regex(stderr, /^rekindle: .*secrets\.yaml/m);
  t.notRegex(stderr, /s3cret/);
  t.is(await readFile(path, 'utf8'), broken);
});

test('what keeps many kinds from being read is one line, in the terminal and in the report', async t => {
  const {dir, run} = await bench(t);
  const refused = {service: 'dns', reason: 'forbidden', detail: 'the dns service refuses all (403)'} as const;
  const absent = {
    service: 'alarm',
    reason: 'no-service',
    detail: 'the catalog has no alarm service',
  } as const;
  const gaps = [
    {...absent, kind: 'alarm'},
    {...absent, kind: 'other_alarm'},
    {...refused, kind: 'zone'},
    {...refused, kind: 'record', parent: 'z1'},
    {...refused, kind: 'record', parent: 'z2'},
  ];
  await writeFile(join(dir, 'inventory.json'), JSON.stringify(inventoryOf({}, {gaps})));
  const {code, stderr} = await run(['render', 'inventory.json', 'out']);
  t.is(code, 3);
  t.is(stderr, 'warning: zone, record (dns): the dns service refuses all (403)\n');
  const report = await readFile(join(dir, 'out', 'report.md'), 'utf8');
  t.deepEqual(
    report.split('\n').filter(line => line.startsWith('- ')),
    [
      '- zone, record (dns): the dns service refuses all (403)',
      '- alarm, other_alarm (alarm): the catalog has no alarm service',
    ],
  );
});
