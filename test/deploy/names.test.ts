import test from 'ava';
import {distance, nearest} from '../../src/deploy/check/names.ts';

test('the distance counts changes, and a swap as one', t => {
  t.is(distance('', 'abc'), 3);
  t.is(distance('m1.small', 'm1.small'), 0);
  t.is(distance('m1.small', 'm1.smlal'), 1);
  t.is(distance('kitten', 'sitting'), 3);
});

test('at most three names come, nearest first, none that is far off', t => {
  const names = ['m1.tiny', 'm1.small', 'm1.smal', 'm1.smalll', 'm2.small', 'gpu'];
  t.deepEqual(nearest('m1.small', names), ['m1.small', 'm1.smal', 'm1.smalll']);
  t.deepEqual(nearest('c7.huge', names), []);
});

test('a name inside another is near it, whatever the case', t => {
  t.deepEqual(nearest('debian', ['Debian 12 (bookworm)', 'ubuntu']), ['Debian 12 (bookworm)']);
});

test('very long names cost no time', t => {
  t.deepEqual(
    nearest(
      'a'.repeat(70_000),
      Array.from({length: 1000}, (_, index) => 'b'.repeat(index)),
    ),
    [],
  );
});
