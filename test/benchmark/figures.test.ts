import test from 'ava';
import {growth, median} from '../../benchmark/figures.ts';
import {otherIds} from '../../benchmark/offline.ts';
import {depthOf, planOf} from '../../benchmark/wire/plan.ts';
import type {Served} from '../../benchmark/cloud/server.ts';

test('the middle of an odd and an even number of values', t => {
  t.is(median([3, 1, 2]), 2);
  t.is(median([4, 1, 3, 2]), 2.5);
});

test('growth is the power of the size', t => {
  const sizes = [100, 1000, 10_000];
  const of = (cost: (size: number) => number): string =>
    growth(sizes.map(size => [size, cost(size)])).toFixed(6);
  t.is(
    of(size => 3 * size),
    '1.000000',
  );
  t.is(
    of(size => size ** 2 / 7),
    '2.000000',
  );
  t.is(
    of(() => 5),
    '0.000000',
  );
});

test('another project has the same things under other ids, the same each time', t => {
  const id = '0d3a1f52-9c1b-4e0c-8f3d-2a6b5c4d3e2f';
  const text = `{"id": "${id}", "project_id": "${'a'.repeat(32)}", "name": "web", "network_id": "${id}"}`;
  const {name, ...ids} = JSON.parse(otherIds(text)) as Record<string, string>;
  t.is(name, 'web');
  t.is(ids['id'], ids['network_id']);
  t.regex(ids['id'] ?? '', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u);
  t.not(ids['id'], id);
  t.regex(ids['project_id'] ?? '', /^[0-9a-f]{32}$/u);
  t.is(otherIds(text), otherIds(text));
});

const served = (method: string, path: string, query = ''): Served => ({
  method,
  path,
  query,
  headers: {},
  status: 200,
  bytes: 0,
});

test('the wire waits for the token, for versions, for the page before and for ids, and for nothing else', t => {
  const requests = [
    served('POST', '/v3/auth/tokens'),
    served('GET', '/compute/v2.1/'),
    served('GET', '/network/v2.0/extensions'),
    served('GET', '/network/v2.0/routers', 'project_id=p'),
    served('GET', '/compute/v2.1/servers/detail'),
    served('GET', '/compute/v2.1/servers/detail', 'marker=s2'),
    served('GET', '/network/v2.0/networks', 'id=n1&id=n2'),
  ];
  const bodies = new Map([
    // Ids of one list are in others too, but only a page tells which one is its last.
    ['/network/v2.0/routers', '{"network_id": "n1", "device_id": "s2"}'],
    ['/compute/v2.1/servers/detail', '{"servers": ["s1", "s2", "n2"]}'],
  ]);
  const plan = planOf(requests, ({path}) => bodies.get(path) ?? '{}');
  t.deepEqual(
    plan.map(({after}) => after),
    [[], [0], [0], [0], [1], [4], [3, 4]],
  );
  t.is(depthOf(plan), 4);
});
