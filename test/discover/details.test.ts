/** What no list tells: headers and secrets, asked for row by row. */
import test from 'ava';
import {discover} from '../../src/discover/index.ts';
import {registry} from '../../src/resources/index.ts';
import {fakeSession} from './fake.ts';

const options = {now: () => new Date(0), tool: 'rekindle test'};
const containers = registry.filter(({kind}) => kind === 'container');
const secrets = registry.filter(({kind}) => kind === 'secret');

function store(name: string, headers: Readonly<Record<string, string>>) {
  return fakeSession({
    replies: {'object-store ': [{name, count: 0, bytes: 0}]},
    answers: {[`object-store ${encodeURIComponent(name)}?format=json&limit=1`]: {headers}},
  });
}

test('a container’s headers become part of its row, those of the answer do not', async t => {
  const {session} = store('a b%2F?', {
    'content-type': 'application/json; charset=utf-8',
    'transfer-encoding': 'chunked',
    'x-trans-id': 'tx1',
    'x-container-read': '.r:*',
  });
  const {rows, gaps} = await discover(session, {...options, specs: containers});
  t.deepEqual(gaps, []);
  t.deepEqual(rows['container']?.[0]?.['headers'], {'x-container-read': '.r:*'});
});

test('a header in UTF-8 is read as that, one that is not stays as it is', async t => {
  const {session} = store('c', {
    'x-container-meta-note': Buffer.from('hé 🐙').toString('latin1'),
    'x-container-meta-old': 'h\u00E9',
  });
  const {rows} = await discover(session, {...options, specs: containers});
  t.deepEqual(rows['container']?.[0]?.['headers'], {
    'x-container-meta-note': 'hé 🐙',
    'x-container-meta-old': 'hé',
  });
});

test('keys in headers are left out and told, the user’s own words are neither', async t => {
  const {session} = store('c', {
    'x-container-meta-temp-url-key': 'k1',
    'x-container-meta-temp-url-key-2': 'k2',
    'x-container-sync-key': 'k3',
    'x-container-meta-admin-password': 'in the open',
    'x-container-meta-token': 'a word',
  });
  const found = new Map<string, string>();
  const {rows} = await discover(session, {...options, specs: containers, secrets: found});
  t.deepEqual(rows['container']?.[0]?.['headers'], {
    'x-container-meta-admin-password': 'in the open',
    'x-container-meta-temp-url-key': '(redacted)',
    'x-container-meta-temp-url-key-2': '(redacted)',
    'x-container-meta-token': 'a word',
    'x-container-sync-key': '(redacted)',
  });
  t.deepEqual(
    found,
    new Map([
      ['container:c.headers.x-container-meta-temp-url-key', 'k1'],
      ['container:c.headers.x-container-meta-temp-url-key-2', 'k2'],
      ['container:c.headers.x-container-sync-key', 'k3'],
    ]),
  );
});

test('a container that is gone when it is looked at is a gap', async t => {
  const {session} = fakeSession({replies: {'object-store ': [{name: 'c', count: 0, bytes: 0}]}});
  const {gaps} = await discover(session, {...options, specs: containers});
  t.like(gaps[0], {reason: 'vanished', parent: 'c', detail: 'container c was gone when it was read'});
});

const url = 'http://key-manager.test/v1/secrets';

test('payloads are asked for only when secrets are wanted, and of secrets that have one', async t => {
  const cloud = {
    replies: {
      'key-manager secrets': [
        {secret_ref: `${url}/s1`, content_types: {default: 'text/plain'}},
        {secret_ref: `${url}/s2`, content_types: {default: 'application/octet-stream'}},
        {secret_ref: `${url}/s3`},
        {secret_ref: `${url}/s4`, content_types: null},
      ],
    },
    answers: {
      'key-manager secrets/s1/payload': {text: ' hé\n'},
      'key-manager secrets/s2/payload': {text: '\u0000\u0001'},
    },
  };
  const without = fakeSession(cloud);
  await discover(without.session, {...options, specs: secrets});
  t.deepEqual(
    without.asked.map(({path}) => path),
    ['secrets'],
  );
  const found = new Map<string, string>();
  const {session, asked} = fakeSession(cloud);
  const {gaps, rows} = await discover(session, {...options, specs: secrets, secrets: found});
  t.deepEqual(gaps, []);
  const payloads = asked.filter(({path}) => path.endsWith('/payload'));
  t.deepEqual(
    payloads.map(({path, options}) => [path, options.headers]),
    [
      ['secrets/s1/payload', {accept: 'text/plain'}],
      ['secrets/s2/payload', {accept: 'application/octet-stream'}],
    ],
  );
  t.deepEqual(
    found,
    new Map([
      ['secret:s1.payload', ' hé\n'],
      ['secret:s2.payload', 'AAE='],
    ]),
  );
  t.false(JSON.stringify(rows).includes('hé'));
});
