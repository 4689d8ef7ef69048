/** Cutting and keeping, on graphs of nothing but numbers. */
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {circlesOf, inOrder, quotient} from '../../../src/emit/layout/dependencies.ts';
import {keep} from '../../../src/emit/layout/keep.ts';
import {pack} from '../../../src/emit/layout/pack.ts';
import {FileSizes, type Limits, type Weight} from '../../../src/emit/layout/weights.ts';

interface Graph {
  readonly needs: readonly (readonly number[])[];
  readonly weights: readonly Weight[];
}

const files = new Map([
  ['files/a', 'a'.repeat(60)],
  ['files/b', 'b'.repeat(30)],
]);
const sizes = new FileSizes(files);

/** Each node needs earlier ones only. */
const graph: fc.Arbitrary<Graph> = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(1000), {maxLength: 3}),
      resources: fc.integer({min: 1, max: 3}),
      size: fc.integer({min: 1, max: 30}),
      files: fc.subarray(['files/a', 'files/b']),
    }),
    {minLength: 1, maxLength: 60},
  )
  .map(nodes => ({
    needs: nodes.map(({needs}, index) => (index === 0 ? [] : [...new Set(needs.map(need => need % index))])),
    weights: nodes.map(({resources, size, files: read}) => ({resources, size, files: read})),
  }));
const limits: fc.Arbitrary<Limits> = fc.record({
  resources: fc.integer({min: 3, max: 20}),
  size: fc.integer({min: 30, max: 200}),
  body: fc.integer({min: 130, max: 400}),
});

function holds(t: ExecutionContext, {needs, weights}: Graph, bins: readonly number[], most: Limits): void {
  const held = new Map<number, Weight[]>();
  for (const [node, bin] of bins.entries()) {
    for (const need of needs[node] ?? []) if ((bins[need] ?? 0) > bin) t.fail(`${need} after ${node}`);
    held.set(bin, [...(held.get(bin) ?? []), weights[node] as Weight]);
  }
  for (const list of held.values()) {
    const sum = (value: (weight: Weight) => number): number => list.reduce((all, one) => all + value(one), 0);
    const read = new Set(list.flatMap(weight => weight.files));
    const bytes = [...read].reduce((all, name) => all + sizes.bytes(name), 0);
    t.true(sum(({resources}) => resources) <= most.resources);
    t.true(sum(({size}) => size) <= most.size);
    t.true(sum(({size}) => size) + bytes <= most.body);
  }
}

test('every stack is within the limits and needs earlier ones only, and the same graph gives the same', t => {
  fc.assert(
    fc.property(graph, limits, (made, most) => {
      const packable = {needs: made.needs, weights: made.weights.map(weight => [weight])};
      const bins = pack(packable, most, sizes);
      holds(t, made, bins, most);
      t.deepEqual(pack(packable, most, sizes), bins);
      t.deepEqual(
        [...new Set(bins)].sort((a, b) => a - b),
        [...new Set(bins).keys()].map((_, index) => index),
      );
    }),
    {numRuns: 200},
  );
});

test('what belongs together is not torn apart without need', t => {
  // Ten networks with nine servers each, named in a circle: network 0, 1, 2 …, then their servers by turns.
  const needs = [
    ...Array.from({length: 10}, () => []),
    ...Array.from({length: 90}, (_, index) => [index % 10]),
  ];
  const weights = needs.map(() => [{resources: 1, size: 1, files: []}]);
  const bins = pack({needs, weights}, {resources: 20, size: 1e6, body: 1e6}, sizes);
  t.is(new Set(bins).size, 5);
  const crossing = needs.flatMap((targets, node) => targets.filter(target => bins[target] !== bins[node]));
  t.deepEqual(crossing, []);
});

test('many thousands of nodes are cut by the same rules', t => {
  const needs = Array.from({length: 30_000}, (_, index) =>
    index < 300 ? [] : [index % 300, ...(index % 3 === 0 && index > 600 ? [index - 300] : [])],
  );
  const weights = needs.map(() => ({resources: 1, size: 400, files: []}));
  const most = {resources: 900, size: 480_000, body: 1e6};
  const bins = pack({needs, weights: weights.map(weight => [weight])}, most, sizes);
  holds(t, {needs, weights}, bins, most);
  t.true(new Set(bins).size <= 36, 'stacks are nearly full');
});

function again(made: Graph, before: readonly (number | undefined)[], count: number, most: Limits) {
  const users: number[][] = made.needs.map(() => []);
  for (const [node, targets] of made.needs.entries()) for (const target of targets) users[target]?.push(node);
  const names = Array.from({length: count}, (_, index) => `part-${index + 1}`);
  const groups = made.needs.map(() => 'part');
  const clusters = made.needs.map((_, index) => index);
  return keep({...made, users, clusters, before, names, groups, anything: 'part'}, most, sizes);
}

test('who was in a stack stays there when others go, and newcomers push nobody out', t => {
  fc.assert(
    fc.property(graph, limits, fc.infiniteStream(fc.boolean()), (made, most, stream) => {
      const share = {resources: most.resources, size: most.size, body: most.body};
      const bins = pack({needs: made.needs, weights: made.weights.map(weight => [weight])}, share, sizes);
      const count = Math.max(...bins) + 1;
      t.deepEqual(again(made, bins, count, most)?.bins, bins);
      // Those at the end need nobody and come anew.
      const before = bins.map((bin, node) =>
        made.needs.some(targets => targets.includes(node)) || stream.next().value === true ? bin : undefined,
      );
      const kept = again(made, before, count, most);
      if (kept === undefined) {
        t.fail('newcomers have room behind the others');
        return;
      }
      holds(t, made, kept.bins, most);
      for (const [node, bin] of before.entries()) if (bin !== undefined) t.is(kept.bins[node], bin);
    }),
    {numRuns: 200},
  );
});

test('circles are found, and every node comes after what it needs', t => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(19), {maxLength: 3}), {minLength: 1, maxLength: 20}),
      (lists: readonly (readonly number[])[]) => {
        const needs = lists.map(targets => targets.filter(target => target < lists.length));
        const groups = circlesOf(needs);
        const reaches = (from: number, to: number): boolean => {
          const seen = new Set([from]);
          const todo = [from];
          for (let node = todo.pop(); node !== undefined; node = todo.pop())
            for (const target of needs[node] ?? []) {
              if (target === to) return true;
              if (!seen.has(target)) {
                seen.add(target);
                todo.push(target);
              }
            }
          return false;
        };
        for (const a of needs.keys())
          for (const b of needs.keys())
            if (a !== b) t.is(groups[a] === groups[b], reaches(a, b) && reaches(b, a));
        const between = quotient(needs, groups, Math.max(...groups) + 1);
        const done = new Set<number>();
        for (const group of inOrder(between)) {
          for (const target of between[group] ?? []) t.true(done.has(target));
          done.add(group);
        }
      },
    ),
    {numRuns: 100},
  );
});
