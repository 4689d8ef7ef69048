import test from 'ava';
import fc from 'fast-check';
import {every, parsePath, pathText} from '../../src/model/property-path.ts';

test('names, indexes, every item, and names that hold anything', t => {
  t.deepEqual(parsePath('metadata.owner'), ['metadata', 'owner']);
  t.deepEqual(parsePath('pools[0].start'), ['pools', 0, 'start']);
  t.deepEqual(parsePath('rules[*].remote'), ['rules', every, 'remote']);
  t.deepEqual(parsePath('metadata["a.b\\"[0]"]'), ['metadata', 'a.b"[0]']);
  t.deepEqual(parsePath('binding:vnic_type'), ['binding:vnic_type']);
  t.deepEqual(parsePath('OS-EXT-AZ:availability_zone'), ['OS-EXT-AZ:availability_zone']);
});

test('what is no path is said to be none', t => {
  for (const text of [
    '',
    '.a',
    'a.',
    'a..b',
    'a[',
    'a[x]',
    'a[-1]',
    'a[0',
    '[0]',
    'a]',
    'a."b"',
    'a[99999]',
    'a.[0]',
  ])
    t.is(typeof parsePath(text), 'string', text);
  t.is(typeof parsePath('a[0]'.padEnd(200, '[0]')), 'string');
});

test('a path written out is the same path', t => {
  const part = fc.oneof(fc.string(), fc.integer({min: 0, max: 9999}), fc.constant(every));
  fc.assert(
    fc.property(fc.string({minLength: 1}), fc.array(part, {maxLength: 6}), (top, more) => {
      const path = [top, ...more];
      const text = pathText(path);
      // A path starts with a plain name.
      if (!/[.[\]"]/.test(top)) t.deepEqual(parsePath(text), path, text);
    }),
    {numRuns: 300, seed: 20261122},
  );
});
