import test from 'ava';
import * as fc from 'fast-check';
import {discover, redacted} from '../../src/discover/index.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {failure, fakeSession, spec, type Reply} from './fake.ts';

const now = (): Date => new Date('2026-01-02T03:04:05Z');
const ports = spec('port', {service: 'network', path: 'ports', key: 'ports', ours: true}, [
  'tags',
  'fixed_ips',
]);
const networks = spec('network', {
  service: 'network',
  path: 'networks',
  key: 'networks',
  ours: true,
  referred: {
    style: 'repeated',
    parameter: 'id',
    ids: rows => (rows['port'] ?? []).map(port => port['network_id'] as string),
  },
});

async function read(replies: Readonly<Record<string, Reply>>): Promise<Inventory> {
  return discover(fakeSession({replies}).session, {specs: [ports, networks], now});
}

function cloud(ports: readonly unknown[], late: boolean): Record<string, Reply> {
  return {
    'network ports': async () => {
      if (late) await new Promise(setImmediate);
      return ports;
    },
    'network networks': ({options}) => ((options.query?.['id'] ?? ['n1']) as string[]).map(id => ({id})),
  };
}

test('the same rows in any order, with keys in any order, give the same bytes', async t => {
  const row = fc.record({
    id: fc.string({minLength: 1, maxLength: 3}),
    network_id: fc.constantFrom('n1', 'n2', 'n3'),
    tags: fc.array(fc.string()),
    fixed_ips: fc.array(fc.record({subnet_id: fc.string(), ip_address: fc.string()})),
    anything: fc.json().map(text => JSON.parse(text) as unknown),
  });
  const rows = fc.uniqueArray(row, {selector: ({id}) => id});
  const pair = rows.chain(rows =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, {minLength: rows.length}), fc.boolean()),
  );
  await fc.assert(
    fc.asyncProperty(pair, async ([rows, shuffled, slow]) => {
      const turned = shuffled.map(row => ({
        ...Object.fromEntries(Object.entries(row).reverse()),
        tags: [...row.tags].reverse(),
        fixed_ips: [...row.fixed_ips].reverse(),
      }));
      t.is(JSON.stringify(await read(cloud(rows, false))), JSON.stringify(await read(cloud(turned, slow))));
    }),
    {numRuns: 60},
  );
});

test('an admin of the whole cloud reads the same project', async t => {
  const mine = [{id: 'a', project_id: 'p1', network_id: 'n1'}];
  const others = [{id: 'b', project_id: 'p2', network_id: 'n9'}];
  const network = {id: 'n1', project_id: 'p1'};
  const member = await read({'network ports': mine, 'network networks': [network]});
  const admin = await read({
    'network ports': [...others, ...mine],
    'network networks': [{id: 'n9', project_id: 'p2'}, network],
  });
  t.deepEqual(admin, member);
});

function refusing(): Record<string, Reply> {
  return {'network ports': failure('forbidden', 403), 'network networks': []};
}

test('the same failure twice gives the same bytes, whatever request ids the server made', async t => {
  t.is(JSON.stringify(await read(refusing())), JSON.stringify(await read(refusing())));
});

test('secrets are replaced, what a template needs stays, addresses of endpoints go', async t => {
  const row = {
    id: 'a',
    links: [{rel: 'self', href: 'http://10.0.0.1:9696/ports/a'}],
    image: {id: 'i', links: [{rel: 'bookmark', href: 'http://10.0.0.1/i'}]},
    links_kept: {links: ['not hypermedia']},
    adminPass: 'x',
    psk: 'x',
    password: '',
    OS_password: 'x',
    'os:admin-pass': null,
    attachments: [{connection_info: {auth_password: 'x'}, key_name: 'k', server_id: 's'}],
    user_data: 'I2Nsb3VkLWNvbmZpZw==',
    metadata: {password: 'a word of the user', links: [{href: 'x'}]},
    'X-Container-Meta-Temp-Url-Key': 'x',
    passthrough: 'y',
    tokenless: 'y',
    has_password: true,
    __proto__: undefined,
  };
  const hostile = JSON.parse('{"id":"b","__proto__":{"polluted":true}}') as unknown;
  const {rows} = await read({'network ports': [row, hostile], 'network networks': []});
  t.deepEqual(rows['port']?.[0], {
    id: 'a',
    image: {id: 'i'},
    links_kept: {links: ['not hypermedia']},
    adminPass: redacted,
    psk: redacted,
    password: '',
    OS_password: 'x',
    'os:admin-pass': null,
    attachments: [{connection_info: redacted, key_name: 'k', server_id: 's'}],
    user_data: 'I2Nsb3VkLWNvbmZpZw==',
    metadata: {password: 'a word of the user', links: [{href: 'x'}]},
    'X-Container-Meta-Temp-Url-Key': redacted,
    passthrough: 'y',
    tokenless: 'y',
    has_password: true,
  });
  t.is(JSON.stringify(rows['port']?.[1]), '{"__proto__":{"polluted":true},"id":"b"}');
  t.is(({} as {polluted?: boolean}).polluted, undefined);
});

test('user data can be left out', async t => {
  const {session} = fakeSession({replies: {'network ports': [{id: 'a', user_data: 'x'}]}});
  const {rows} = await discover(session, {specs: [ports], now, userData: 'omit'});
  t.deepEqual(rows['port'], [{id: 'a'}]);
});
