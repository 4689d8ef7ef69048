/** Picking things one by one comes to the same as selecting them by an expression. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {relate} from '../../src/relate/index.ts';
import {chooser, isSelectable} from '../../src/shape/index.ts';
import {select} from '../../src/shape/select/index.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

function sample(name: string): Inventory {
  return JSON.parse(readFileSync(join(samplesFolder, name, 'inventory.json'), 'utf8')) as Inventory;
}

for (const name of await sampleNames())
  test(`${name}: what is picked is in and out as its expressions say`, t => {
    const related = relate(sample(name));
    const keys = [...related.graph.nodes.values()].filter(isSelectable).map(({key}) => key);
    const some = fc.subarray(keys, {maxLength: 12}).map(list => new Set(list));
    const project = chooser(related);
    fc.assert(
      fc.property(some, some, (selected, excluded) => {
        const picked = {selected, excluded};
        const written = project.written(picked);
        const now = project.choose(picked);
        if (written.select === undefined && written.exclude === undefined) {
          t.is(now.inside.size, 0);
          return;
        }
        const later = select(related, written, {lenient: true});
        t.deepEqual([...now.inside.keys()], [...later.inside.keys()]);
        t.deepEqual([...now.outside.keys()], [...later.outside.keys()]);
        t.deepEqual(now.cut, later.cut);
        t.deepEqual(project.picked(written, {lenient: true}), picked);
      }),
      {numRuns: 25},
    );
  });

test('expressions pick what they fit; one that fits nothing is refused unless it may', t => {
  const project = chooser(relate(sample('web')));
  const {selected, excluded} = project.picked({select: 'server:web-*', exclude: 'keypair'});
  t.is(selected.size, 2);
  t.is(excluded.size, 1);
  t.deepEqual(project.written({selected, excluded}), {
    select: 'server:web-1 | server:web-2',
    exclude: 'keypair:dana',
  });
  const error = t.throws(() => project.picked({select: 'server:wbe-1'}), {instanceOf: RekindleError});
  t.regex(error?.message ?? '', /--select: nothing in the project is server:wbe-1/);
  t.is(project.picked({select: 'server:wbe-1'}, {lenient: true}).selected.size, 0);
});

test('nothing picked is nothing; something excluded alone leaves all else', t => {
  const project = chooser(relate(sample('web')));
  const none = new Set<string>();
  t.is(project.choose({selected: none, excluded: none}).inside.size, 0);
  const {excluded} = project.picked({exclude: 'server:db'});
  const {inside, outside} = project.choose({selected: none, excluded});
  t.true(inside.size > 20);
  t.is(outside.get([...excluded][0] ?? ''), 'excluded');
});
