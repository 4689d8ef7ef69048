/** Every OS:: type of Heat is either built, or said not to be and why. */
import test from 'ava';
import {heatTypes} from '../../src/resources/heat-types.ts';
import {registry} from '../../src/resources/index.ts';
import {notBuilt} from '../../src/resources/not-built.ts';

const built = new Set(registry.map(spec => spec.heat).filter(heat => typeof heat === 'string'));

test('every type of Heat is built, or not built for a stated reason', t => {
  t.deepEqual(
    Object.keys(heatTypes).filter(type => !built.has(type) && !Object.hasOwn(notBuilt, type)),
    [],
  );
});

test('no type is built and said not to be', t => {
  t.deepEqual(
    Object.keys(notBuilt).filter(type => built.has(type)),
    [],
  );
});

test('no type is built, or said not to be, that Heat does not know', t => {
  t.deepEqual(
    [...Object.keys(notBuilt), ...built].filter(type => !Object.hasOwn(heatTypes, type)),
    [],
  );
});

test('an old name leads to a type of Heat', t => {
  for (const [type, {status, of}] of Object.entries(heatTypes)) {
    t.is(status === 'alias', of !== undefined, type);
    if (of !== undefined) t.true(Object.hasOwn(heatTypes, of), type);
  }
});

test('a reason is one sentence', t => {
  for (const [type, {why}] of Object.entries(notBuilt)) t.regex(why, /^\S[^\n|]*\.$/, type);
});
