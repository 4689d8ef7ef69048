/** Groups that refer to each other: what is cut leaves no cycle, and no more than that is cut. */
import test from 'ava';
import fc from 'fast-check';
import {cutReferences, type Reference} from '../../../src/resources/neutron/security-group-cycles.ts';

const refer = (from: string, to: string, heavy = false): Reference => ({from, to, heavy});

function hasCycle(references: readonly Reference[]): boolean {
  let left = references;
  for (;;) {
    const sources = new Set(left.map(({from}) => from));
    const next = left.filter(({to}) => sources.has(to));
    if (next.length === left.length) return left.length > 0;
    left = next;
  }
}

test('nothing is cut where there is no cycle, and a group may name itself', t => {
  t.deepEqual(cutReferences([refer('a', 'b'), refer('b', 'c'), refer('a', 'c'), refer('c', 'c')]), []);
});

test('of a pair the light one goes', t => {
  t.deepEqual(cutReferences([refer('a', 'b'), refer('b', 'a', true)]), [refer('a', 'b')]);
  t.deepEqual(cutReferences([refer('a', 'b', true), refer('b', 'a')]), [refer('b', 'a')]);
});

test('a circle of heavy ones loses one', t => {
  const circle = [refer('a', 'b', true), refer('b', 'c', true), refer('c', 'a', true)];
  t.is(cutReferences(circle).length, 1);
});

test('a reference that only leads to a circle stays', t => {
  const cut = cutReferences([refer('x', 'a'), refer('a', 'b'), refer('b', 'a'), refer('b', 'y')]);
  t.deepEqual(cut, [refer('b', 'a')]);
});

test('any references: what stays has no cycle; each one cut would close one; order does not matter', t => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const arbitrary = fc.uniqueArray(fc.tuple(id, id, fc.boolean()), {
    selector: ([from, to]) => `${from}${to}`,
    maxLength: 40,
  });
  fc.assert(
    fc.property(arbitrary, drawn => {
      const all = drawn.map(([from, to, heavy]) => refer(from, to, heavy));
      const cut = cutReferences(all);
      const kept = all.filter(reference => reference.from !== reference.to && !cut.includes(reference));
      t.false(hasCycle(kept));
      for (const reference of cut) t.true(hasCycle([...kept, reference]));
      t.deepEqual(cutReferences(all.toReversed()), cut);
    }),
  );
  t.pass();
});
