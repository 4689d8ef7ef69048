import test from 'ava';
import {outputRows} from '../../src/cli/outputs.ts';

test('a map is a row for each key, a text is itself', t => {
  t.deepEqual(
    outputRows([
      {key: 'volumes', value: {data: 'v1', root: 'v2'}},
      {key: 'url', value: 'http://x'},
      {key: 'none', value: null},
      {key: 'empty', value: {}},
      {key: 'list', value: ['a', 'b']},
      {key: 'mixed', value: ['a', 1]},
    ]),
    [
      {key: 'volumes.data', value: 'v1'},
      {key: 'volumes.root', value: 'v2'},
      {key: 'url', value: 'http://x'},
      {key: 'none', value: null},
      {key: 'empty', value: {}},
      {key: 'list', value: 'a, b'},
      {key: 'mixed', value: ['a', 1]},
    ],
  );
});

test("a server's addresses are addresses, once", t => {
  const addresses = [
    {addr: '10.0.0.5', port: 'p1', network: {name: 'net'}},
    {addr: 'fd00::5', port: 'p1'},
  ];
  const id = '4f1f4a5e-0c8e-4f0c-9f0e-3a1d0a0b0c0d';
  t.deepEqual(
    outputRows([{key: 'servers', value: {web: {id: 's1', addresses: {net: addresses, [id]: addresses}}}}]),
    [
      {key: 'servers.web.id', value: 's1'},
      {key: 'servers.web.addresses.net', value: '10.0.0.5, fd00::5'},
    ],
  );
});

test('a row for each volume that has an id for a name', t => {
  const [a, b] = ['4f1f4a5e-0c8e-4f0c-9f0e-3a1d0a0b0c0d', '5f1f4a5e-0c8e-4f0c-9f0e-3a1d0a0b0c0d'];
  t.is(outputRows([{key: 'x', value: {[a]: '1', [b]: '2'}}]).length, 2);
});
