import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import fc from 'fast-check';
import {inTurns} from '../../src/deploy/at-once.ts';

interface Item {
  readonly name: number;
  readonly needs: readonly number[];
  readonly fails: boolean;
}

/** Each needs only some of those before it. */
const items: fc.Arbitrary<readonly Item[]> = fc
  .array(fc.tuple(fc.array(fc.nat(30), {maxLength: 3}), fc.nat(9)), {maxLength: 30})
  .map(list =>
    list.map(([needs, luck], name) => ({
      name,
      needs: needs.filter(one => one < name),
      fails: luck === 0,
    })),
  );

test('each after what it waits for, eight at most at once, and none once one has failed', async t => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(items, async list => {
      const under = new Set<number>();
      const ended = new Set<number>();
      const failed: number[] = [];
      const {done, failure} = await inTurns(list, {
        waitsFor: ({needs}, {name}) => needs.includes(name),
        async run({name, needs, fails}) {
          t.true(needs.every(one => ended.has(one)));
          t.deepEqual(failed, [], 'none is begun after a failure');
          under.add(name);
          most = Math.max(most, under.size);
          for (let turns = 0; turns <= name % 4; turns++) await setImmediate();
          under.delete(name);
          if (fails) {
            failed.push(name);
            throw new Error(String(name));
          }
          ended.add(name);
          return name;
        },
      });
      t.is(under.size, 0, 'what was begun has ended');
      t.deepEqual(
        done,
        [...ended].sort((a, b) => a - b),
      );
      t.is(failure?.item.name, failed.toSorted((a, b) => a - b)[0], 'whichever failed first');
      if (failed.length === 0) t.is(done.length, list.length);
    }),
    {numRuns: 200, seed: 1},
  );
  t.is(most, 8);
});
