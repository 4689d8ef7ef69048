/** Lists are answered one after another: what changes in between is read again, or told. */
import test from 'ava';
import {discover} from '../../src/discover/index.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {isPartial} from '../../src/model/inventory.ts';
import type {ListCall, Named} from '../../src/model/list-call.ts';
import {failure, fakeSession, spec, type Reply} from './fake.ts';

const servers = (names?: ListCall['names']): ReturnType<typeof spec> =>
  spec('server', {
    service: 'compute',
    path: 'servers/detail',
    key: 'servers',
    ...(names === undefined ? {} : {names}),
  });
const ports = (more: Partial<ListCall> = {}): ReturnType<typeof spec> =>
  spec('port', {service: 'network', path: 'ports', key: 'ports', ...more});

/** A port names its server. */
const device: ListCall['names'] = ({device_id: value}) => [{kind: 'server', value} satisfies Named];

const surely: ListCall['names'] = ({device_id: value}) => [{kind: 'server', value, sure: true}];

/** A server names its port, which must say so too. */
const mutual: ListCall['names'] = ({id}) => [
  {kind: 'port', value: 'p', agrees: port => port['device_id'] === id},
];

/** A server names its volume. */
const rooted: ListCall['names'] = () => [{kind: 'volume', value: 'v', sure: true}];

/** Answers one after another; the last one stays. */
function inTurn(...answers: readonly (readonly object[])[]): {
  readonly reply: Reply;
  readonly count: () => number;
} {
  let asked = 0;
  return {reply: () => answers[Math.min(asked++, answers.length - 1)], count: () => asked};
}

async function read(
  specs: readonly ReturnType<typeof spec>[],
  replies: Readonly<Record<string, Reply>>,
): Promise<Inventory> {
  const {session} = fakeSession({extensions: [], replies});
  return discover(session, {specs, now: () => new Date(0)});
}

test('a server that was made between two lists is found by reading both again', async t => {
  const list = inTurn([], [{id: 's'}]);
  const inventory = await read([servers(), ports({names: device})], {
    'compute servers/detail': list.reply,
    'network ports': [{id: 'p', device_id: 's'}],
  });
  t.deepEqual(inventory.rows['server'], [{id: 's'}]);
  t.false(isPartial(inventory));
});

test('a server that was deleted between two lists is in neither', async t => {
  const list = inTurn([{id: 'p', device_id: 's'}], [{id: 'p', device_id: ''}]);
  const inventory = await read([servers(), ports({names: device})], {
    'compute servers/detail': [],
    'network ports': list.reply,
  });
  t.deepEqual(inventory.rows['port'], [{id: 'p', device_id: ''}]);
  t.false(isPartial(inventory));
});

test('a row that another one names, but that does not say so itself, is read again too', async t => {
  const list = inTurn([{id: 'p', device_id: 'other'}], [{id: 'p', device_id: 's'}]);
  const inventory = await read([servers(mutual), ports()], {
    'compute servers/detail': [{id: 's'}],
    'network ports': list.reply,
  });
  t.deepEqual(inventory.rows['port'], [{id: 'p', device_id: 's'}]);
  t.is(list.count(), 2);
});

test('lists that disagree the same way twice are how that cloud is: no gap, and no third time', async t => {
  const list = inTurn([{id: 'p', device_id: 'long gone'}]);
  const inventory = await read([servers(), ports({names: device})], {
    'compute servers/detail': [{id: 's'}],
    'network ports': list.reply,
  });
  t.is(list.count(), 2);
  t.deepEqual(inventory.gaps, []);
});

test('what its service guarantees is missed for good: a gap names it', async t => {
  const inventory = await read([servers(), ports({names: surely})], {
    'compute servers/detail': [],
    'network ports': [{id: 'p', device_id: 's'}],
  });
  t.true(isPartial(inventory));
  t.like(inventory.gaps[0], {kind: 'server', reason: 'vanished', parent: 's'});
  t.regex(inventory.gaps[0]?.detail ?? '', /^port p names the server s, which is in no list/);
});

test('a project that changes faster than it can be read is partial, and the run ends', async t => {
  let turn = 0;
  const list: Reply = () => [{id: 'p', device_id: `s${turn++}`}];
  const inventory = await read([servers(), ports({names: device})], {
    'compute servers/detail': [],
    'network ports': list,
  });
  t.true(turn < 10);
  t.true(isPartial(inventory));
  t.is(inventory.gaps[0]?.reason, 'vanished');
  t.regex(inventory.gaps[0]?.detail ?? '', /changed while the project was read/);
});

test('a kind whose list failed is named once, as that', async t => {
  const inventory = await read(
    [
      servers(),
      spec('volume', {service: 'block-storage', path: 'volumes', key: 'volumes', names: device}),
      ports(),
    ],
    {
      'compute servers/detail': [{id: 's'}],
      'network ports': [],
      'block-storage volumes': failure('http', 500),
    },
  );
  t.deepEqual(
    inventory.gaps.map(({kind, reason}) => [kind, reason]),
    [['volume', 'failed']],
  );
  const volumes = spec('volume', {service: 'block-storage', path: 'volumes', key: 'volumes'});
  const named = await read([servers(rooted), volumes], {
    'compute servers/detail': [{id: 's'}],
    'block-storage volumes': failure('http', 500),
  });
  t.deepEqual(
    named.gaps.map(({kind, reason}) => [kind, reason]),
    [['volume', 'failed']],
  );
});

test('a row that is listed twice with different content is read again before it is told', async t => {
  const list = inTurn(
    [
      {id: 's', name: 'a'},
      {id: 's', name: 'b'},
    ],
    [{id: 's', name: 'b'}],
  );
  const healed = await read([servers()], {'compute servers/detail': list.reply});
  t.deepEqual(healed.rows['server'], [{id: 's', name: 'b'}]);
  t.deepEqual(healed.gaps, []);
  const always = await read([servers()], {
    'compute servers/detail': [
      {id: 's', name: 'a'},
      {id: 's', name: 'b'},
    ],
  });
  t.regex(always.gaps[0]?.detail ?? '', /listed twice with different content/);
});

test('children of what is gone at the second reading go with it, those of what is new are asked for', async t => {
  const parts = spec('part', {
    service: 'network',
    path: 'ports/{id}/parts',
    key: 'parts',
    parent: {kind: 'port', field: 'port_id'},
  });
  const list = inTurn([{id: 'old', device_id: 'x'}], [{id: 'new', device_id: ''}]);
  const inventory = await read([servers(), ports({names: device}), parts], {
    'compute servers/detail': [],
    'network ports': list.reply,
    'network ports/old/parts': [{id: 'of the old'}],
    'network ports/new/parts': [{id: 'of the new'}],
  });
  t.deepEqual(inventory.rows['part'], [{id: 'of the new', port_id: 'new'}]);
});

test('what was here only because a row referred to it goes when none does', async t => {
  const networks = spec('network', {
    service: 'network',
    path: 'networks',
    key: 'networks',
    only: 'referred',
    referred: {
      style: 'repeated',
      parameter: 'id',
      ids: rows => (rows['port'] ?? []).map(row => row['network_id'] as string),
    },
  });
  const list = inTurn([{id: 'p', device_id: 'x', network_id: 'n'}], []);
  const inventory = await read([servers(), ports({names: device}), networks], {
    'compute servers/detail': [],
    'network ports': list.reply,
    'network networks': [{id: 'n'}],
  });
  t.deepEqual(inventory.rows['network'], []);
});

test('extensions without an alias are no list of extensions: kinds would be missing unseen', async t => {
  const {session} = fakeSession({replies: {'network extensions': [{name: 'Router'}], 'network ports': []}});
  await t.throwsAsync(discover(session, {specs: [ports()]}), {code: 'protocol', message: /without an alias/});
});
