import fc from 'fast-check';
import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {jsonOf, parseJson} from '../../src/cloud/http/json.ts';

test('json: an ordered object keeps the order it was written in', t => {
  const text = '{"rows":[{"id":"1","metadata":{"b":1,"10":2,"9":3,"a":4}}]}';
  t.deepEqual(parseJson(text, ['metadata']), {
    rows: [
      {
        id: '1',
        metadata: [
          ['b', 1],
          ['10', 2],
          ['9', 3],
          ['a', 4],
        ],
      },
    ],
  });
});

test('json: other objects stay objects, with their own keys', t => {
  t.deepEqual(parseJson('{"other":{"2":1,"1":{"x":1}},"metadata":{}}', ['metadata']), {
    other: {1: {x: 1}, 2: 1},
    metadata: [],
  });
});

test('json: an ordered key whose value is no object is left alone', t => {
  t.deepEqual(parseJson('[{"tags":["1","2"]},{"tags":null},{"tags":"3"}]', ['tags']), [
    {tags: ['1', '2']},
    {tags: null},
    {tags: '3'},
  ]);
});

test('json: text that looks like a key inside of a string is not touched', t => {
  const value = '{"1": 2, "3":4} ,"5" : "6" {\\"7\\":8}';
  t.deepEqual(parseJson(JSON.stringify({user_data: value, metadata: {1: value}}), ['metadata']), {
    user_data: value,
    metadata: [['1', value]],
  });
});

test('json: ordered inside of ordered', t => {
  t.deepEqual(parseJson('{"a":{"2":{"a":{"1":0}}}}', ['a']), {a: [['2', {a: [['1', 0]]}]]});
});

test('json: __proto__ is a key as any other', t => {
  const parsed = parseJson('{"x":{"__proto__":{"polluted":1}}}', ['y']) as {x: object};
  t.true(Object.hasOwn(parsed.x, '__proto__'));
  t.is(Reflect.get({}, 'polluted'), undefined);
});

test('json: asking for an order changes nothing else (property)', t => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const text = JSON.stringify(value);
      t.deepEqual(parseJson(text, ['no-such-key']), JSON.parse(text));
      t.deepEqual(parseJson(JSON.stringify(value, null, 2), ['no-such-key']), JSON.parse(text));
    }),
  );
});

test('json: every order of keys comes back (property)', t => {
  const keys = fc.uniqueArray(fc.oneof(fc.nat().map(String), fc.string()), {maxLength: 12});
  fc.assert(
    fc.property(keys, names => {
      const text = `{"m":{${names.map((name, index) => `${JSON.stringify(name)}:${index}`).join(',')}}}`;
      t.deepEqual(parseJson(text, ['m']), {m: names.map((name, index) => [name, index])});
    }),
  );
});

const ORIGIN = {service: 'compute', method: 'GET', path: 'servers'};

test('json: broken JSON is a protocol error, another kind of body is none', t => {
  const json = {'content-type': 'application/json; charset=UTF-8'};
  const error = t.throws(() => jsonOf({text: '{"servers": [', headers: json, status: 200}, ORIGIN), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'protocol');
  t.is(jsonOf({text: '<html>', headers: {'content-type': 'text/html'}, status: 200}, ORIGIN), undefined);
  t.is(jsonOf({text: ' ', headers: json, status: 204}, ORIGIN), undefined);
});
