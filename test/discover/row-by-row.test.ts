/** What no list tells: headers, secrets and details, asked for row by row. */
import test from 'ava';
import {discover, redacted} from '../../src/discover/index.ts';
import type {ListCall} from '../../src/model/list-call.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {isPartial, mergedGaps, type Inventory} from '../../src/model/inventory.ts';
import {failure, fakeSession, spec, type FakeCloud, type Single} from './fake.ts';

const now = (): Date => new Date(0);

const boxes = spec('box', {
  service: 'object-store',
  path: '',
  key: '',
  idField: 'name',
  headers: '{name}',
});
const keys = spec('key', {
  service: 'key-manager',
  path: 'keys',
  key: 'keys',
  secret: {
    field: 'payload',
    path: 'keys/{id}/payload',
    accept: row => String(row['type']),
    binary: row => row['type'] !== 'text/plain',
  },
});
const tunnels = spec('tunnel', {service: 'network', path: 'tunnels', key: 'tunnels'});
const plans = spec('plan', {
  service: 'orchestration',
  path: 'plans',
  key: 'plans',
  details: {template: 'plans/{id}/template'},
});

interface Read {
  readonly inventory: Inventory;
  readonly called: readonly string[];
}

async function read(
  cloud: FakeCloud,
  options: {readonly secrets?: Map<string, string>; readonly details?: ReadonlySet<string>} = {},
  specs = [boxes, keys, tunnels, plans],
): Promise<Read> {
  const {session, called} = fakeSession(cloud);
  const inventory = await discover(session, {specs, now, ...options});
  return {inventory, called: called.map(({service, path}) => `${service} ${path}`)};
}

const twoBoxes: FakeCloud['replies'] = {'object-store ': [{name: 'a b'}, {name: 'ü/x'}]};

test('the headers of each row are read once and become part of it, those of the answer alone do not', async t => {
  const answer: Single = {
    headers: {
      'x-container-meta-color': 'red',
      'x-container-read': '.r:*',
      'x-trans-id': 'tx1',
      'x-openstack-request-id': 'req-1',
      date: 'today',
      'content-length': '0',
      'x-timestamp': '1',
      'last-modified': 'today',
      'set-cookie': 'session=s3cret',
      'x-amz-request-id': 'tx1',
      'x-served-by': 'proxy-7',
    },
  };
  const {inventory, called} = await read(
    {replies: twoBoxes, answers: {'object-store a%20b': answer, 'object-store %C3%BC%2Fx': {headers: {}}}},
    {},
    [boxes],
  );
  t.deepEqual(called.toSorted(), ['object-store %C3%BC%2Fx', 'object-store a%20b']);
  t.deepEqual(inventory.rows['box'], [
    {id: 'a b', name: 'a b', headers: {'x-container-meta-color': 'red', 'x-container-read': '.r:*'}},
    {id: 'ü/x', name: 'ü/x', headers: {}},
  ]);
  t.deepEqual(inventory.gaps, []);
});

test('a row that is gone by then stays, and is a gap', async t => {
  const {inventory} = await read(
    {replies: twoBoxes, answers: {'object-store a%20b': {headers: {'x-container-read': '.r:*'}}}},
    {},
    [boxes],
  );
  t.deepEqual(
    inventory.rows['box']?.map(row => row['id']),
    ['a b', 'ü/x'],
  );
  t.false('headers' in (inventory.rows['box']?.[1] ?? {}));
  t.like(inventory.gaps, [{service: 'object-store', kind: 'box', reason: 'vanished', parent: 'ü/x'}]);
  t.is(inventory.gaps.length, 1);
  t.true(isPartial(inventory));
});

test('a name that can be no part of an address is a gap, and the others are read', async t => {
  const names = ['\ud800', '..', '.', 'fine'];
  const {inventory, called} = await read(
    {
      replies: {'object-store ': names.map(name => ({name}))},
      answers: {'object-store fine': {headers: {'x-a': '1'}}},
    },
    {},
    [boxes],
  );
  t.deepEqual(called, ['object-store fine']);
  t.is(inventory.rows['box']?.length, 4);
  t.deepEqual(
    inventory.gaps.map(({reason, parent}) => `${reason} ${parent ?? ''}`),
    ['failed .', 'failed ..', 'failed \ud800'],
  );
});

test('the rows of others are none of our business', async t => {
  const lent = spec('box', {
    service: 'object-store',
    path: '',
    key: '',
    idField: 'name',
    headers: '{name}',
    keep: () => true,
  });
  const replies = {
    'object-store ': [
      {name: 'mine', project_id: 'p1'},
      {name: 'theirs', project_id: 'p2'},
    ],
  };
  const {inventory, called} = await read({replies, answers: {'object-store mine': {}}}, {}, [lent]);
  t.deepEqual(called, ['object-store mine']);
  t.deepEqual(inventory.gaps, []);
  t.is(inventory.rows['box']?.length, 2);
});

const text = {id: 'k1', type: 'text/plain'};
const binary = {id: 'k2', type: 'application/octet-stream'};
const twoKeys: FakeCloud = {
  replies: {'key-manager keys': [text, binary]},
  answers: {
    'key-manager keys/k1/payload': {bytes: Buffer.from('pässword\n')},
    'key-manager keys/k2/payload': {bytes: Uint8Array.of(0, 255, 13, 10)},
  },
};

test('secrets are asked for only when they are to be captured', async t => {
  const {inventory, called} = await read(twoKeys, {}, [keys]);
  t.deepEqual(called, []);
  t.deepEqual(inventory.rows['key'], [text, binary]);
});

test('a secret is captured as it is, a binary one in base64, and the inventory knows nothing of it', async t => {
  const secrets = new Map<string, string>();
  const captured = await read(twoKeys, {secrets}, [keys]);
  t.deepEqual(
    [...secrets].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    [
      ['key:k1.payload', 'pässword\n'],
      ['key:k2.payload', 'AP8NCg=='],
    ],
  );
  const plain = await read(twoKeys, {}, [keys]);
  t.is(JSON.stringify(captured.inventory), JSON.stringify(plain.inventory));
});

test('what is asked for as a secret is marked as one, so that no trace shows it', async t => {
  const {session, called} = fakeSession(twoKeys);
  await discover(session, {specs: [keys], now, secrets: new Map()});
  t.deepEqual(
    called.map(({options}) => [options.raw, options.headers?.['accept']]),
    [
      [true, 'text/plain'],
      [true, 'application/octet-stream'],
    ],
  );
});

test('a secret that the role may not read is a gap, without a word of what it is', async t => {
  const secrets = new Map<string, string>();
  const {inventory} = await read(
    {
      ...twoKeys,
      answers: {...twoKeys.answers, 'key-manager keys/k2/payload': failure('forbidden', 403)},
    },
    {secrets},
    [keys],
  );
  t.deepEqual([...secrets.keys()], ['key:k1.payload']);
  t.like(inventory.gaps, [{service: 'key-manager', kind: 'key', reason: 'forbidden', parent: 'k2'}]);
  t.is(inventory.rows['key']?.length, 2);
});

test('a hundred secrets that may not be read are one line', async t => {
  const rows = Array.from({length: 100}, (_, index) => ({id: `k${index}`, type: 'text/plain'}));
  const answers = Object.fromEntries(
    rows.map(({id}) => [`key-manager keys/${id}/payload`, failure('forbidden', 403)]),
  );
  const {inventory} = await read(
    {replies: {'key-manager keys': rows}, answers},
    {secrets: new Map<string, string>()},
    [keys],
  );
  t.is(inventory.gaps.length, 100);
  t.is(mergedGaps(inventory.gaps).length, 1);
});

test('a secret that is no text, though its row says so, is a gap and not a mangled text', async t => {
  const secrets = new Map<string, string>();
  const {inventory} = await read(
    {
      replies: {'key-manager keys': [text]},
      answers: {'key-manager keys/k1/payload': {bytes: Uint8Array.of(0x70, 0xff)}},
    },
    {secrets},
    [keys],
  );
  t.is(secrets.size, 0);
  t.like(inventory.gaps, [{kind: 'key', reason: 'failed', parent: 'k1'}]);
});

test('rows that choke the look-up of their secret are a gap, not a crash', async t => {
  const choking = spec('key', {
    ...(keys.list as ListCall),
    secret: {
      field: 'payload',
      path: 'keys/{id}/payload',
      accept: row => (row['types'] as {default: string}).default,
      binary: () => false,
    },
  });
  const {inventory} = await read(twoKeys, {secrets: new Map<string, string>()}, [choking]);
  t.deepEqual(
    inventory.gaps.map(({reason, parent}) => `${reason} ${parent ?? ''}`),
    ['failed k1', 'failed k2'],
  );
});

const inRows: FakeCloud = {
  replies: {
    'network tunnels': [
      {id: 't1', psk: 's3cret', peers: [{auth_key: 'deep'}], metadata: {psk: 'a word'}, empty: {psk: ''}},
    ],
    'object-store ': [{name: 'box'}],
  },
  answers: {'object-store box': {headers: {'x-container-meta-temp-url-key': 'signs', 'x-a': '1'}}},
};

test('a secret inside a row is captured by its path and redacted all the same', async t => {
  const secrets = new Map<string, string>();
  const {inventory} = await read(inRows, {secrets}, [tunnels, boxes]);
  t.deepEqual(
    [...secrets].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    [
      ['box:box.headers.x-container-meta-temp-url-key', 'signs'],
      ['tunnel:t1.peers[0].auth_key', 'deep'],
      ['tunnel:t1.psk', 's3cret'],
    ],
  );
  t.deepEqual(inventory.rows['tunnel'], [
    {
      id: 't1',
      psk: redacted,
      peers: [{auth_key: redacted}],
      metadata: {psk: 'a word'},
      empty: {psk: ''},
    },
  ]);
  t.deepEqual(inventory.rows['box']?.[0]?.['headers'], {
    'x-a': '1',
    'x-container-meta-temp-url-key': redacted,
  });
});

test('a snapshot with secrets and one without have the same inventory, byte for byte', async t => {
  const specs = [tunnels, boxes, keys];
  const cloud = {
    replies: {...inRows.replies, ...twoKeys.replies},
    answers: {...inRows.answers, ...twoKeys.answers},
  };
  const captured = await read(cloud, {secrets: new Map<string, string>()}, specs);
  const omitted = await read(cloud, {}, specs);
  t.is(JSON.stringify(captured.inventory), JSON.stringify(omitted.inventory));
  for (const secret of ['s3cret', 'deep', 'signs', 'pässword', 'AP8NCg'])
    t.false(JSON.stringify(captured.inventory).includes(secret), secret);
});

test('secrets are in no log line', async t => {
  const lines: string[] = [];
  const {session} = fakeSession(inRows);
  await discover(session, {
    specs: [tunnels, boxes],
    now,
    secrets: new Map<string, string>(),
    logger: {log: (_, message) => void lines.push(message)},
  });
  t.true(lines.length > 0);
  for (const line of lines) t.notRegex(line, /s3cret|deep|signs/);
});

test('details are read for the kinds asked for, and the text stays as it came', async t => {
  const source = '{"b": 1,\n  "a": [2.0, 1e3], "2": null}\n';
  const cloud: FakeCloud = {
    replies: {'orchestration plans': [{id: 'p'}]},
    answers: {'orchestration plans/p/template': {bytes: Buffer.from(source)}},
  };
  const asked = await read(cloud, {details: new Set(['plan'])}, [plans]);
  t.deepEqual(asked.inventory.rows['plan'], [{id: 'p', template: source}]);
  for (const details of [undefined, new Set<string>(), new Set(['key'])]) {
    const {inventory, called} = await read(cloud, details === undefined ? {} : {details}, [plans]);
    t.deepEqual(called, []);
    t.deepEqual(inventory.rows['plan'], [{id: 'p'}]);
  }
});

test('details and headers of the same row do not undo each other', async t => {
  const both = spec('plan', {...(plans.list as ListCall), headers: 'plans/{id}'});
  const cloud: FakeCloud = {
    replies: {'orchestration plans': [{id: 'p', psk: 'x'}]},
    answers: {
      'orchestration plans/p': {headers: {'x-a': '1'}},
      'orchestration plans/p/template': {bytes: Buffer.from('text')},
    },
  };
  const secrets = new Map<string, string>();
  const {inventory} = await read(cloud, {details: new Set(['plan']), secrets}, [both]);
  t.deepEqual(inventory.rows['plan'], [{headers: {'x-a': '1'}, id: 'p', psk: redacted, template: 'text'}]);
  t.deepEqual([...secrets], [['plan:p.psk', 'x']]);
});

test('an interruption while rows are read one by one ends the run', async t => {
  const stopped = new RekindleError('aborted', 'stopped');
  const run = read({replies: twoBoxes, answers: {'object-store a%20b': stopped}}, {}, [boxes]);
  t.is(await t.throwsAsync(run), stopped);
});
