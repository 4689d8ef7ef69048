import test from 'ava';
import fc from 'fast-check';
import {brief, cloned, compared, related} from './world.ts';
import {worlds} from './worlds.ts';

test('a project and its clone: new ids, any order, twins and the nameless: no difference', t => {
  fc.assert(
    fc.property(worlds, fc.infiniteStream(fc.nat()), (rows, numbers) => {
      const pick = (below: number): number => (numbers.next().value as number) % below;
      const result = compared(rows, cloned(rows, pick));
      t.deepEqual(brief(result), []);
      t.is(result.counts.matched, [...related(rows).graph.nodes.values()].length);
      t.true(result.same);
      t.is(result.counts.equal, result.counts.fields);
    }),
    {numRuns: 500},
  );
});

test('the order of rows changes nothing, whatever differs', t => {
  fc.assert(
    fc.property(worlds, worlds, fc.infiniteStream(fc.nat()), (rows, other, numbers) => {
      const pick = (below: number): number => (numbers.next().value as number) % below;
      const shuffled = Object.fromEntries(
        Object.entries(rows).map(([kind, list]) => [
          kind,
          list
            .map(row => ({row, at: pick(1000)}))
            .sort((a, b) => a.at - b.at)
            .map(({row}) => row),
        ]),
      );
      t.deepEqual(compared(shuffled, other).differences, compared(rows, other).differences);
    }),
    {numRuns: 200},
  );
});
