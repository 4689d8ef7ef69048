/** A signal that fires at any call of the file system: a bundle is there as a whole, or not at all, and nothing beside it. */
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {readInventory, RekindleError, render, writeBundle} from '../../src/index.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {counted, held} from './support.ts';

const cases = [
  {name: 'a new folder', dir: 'out', earlier: false, beside: false},
  {name: 'a new folder in new folders', dir: 'a/b/out', earlier: false, beside: false},
  {name: 'over an earlier bundle', dir: 'out', earlier: true, beside: false},
  {name: 'over an earlier bundle, among other files', dir: 'out', earlier: true, beside: true},
] as const;

for (const {name, dir, earlier, beside} of cases) {
  test.serial(`render to ${name}: stopped at the k-th call`, async t => {
    const inventory = await readInventory(join(samplesFolder, 'web'));
    const {bundle} = render(inventory);
    const before = render(inventory, {shape: {select: 'network'}}).bundle;
    const whole = Object.fromEntries(bundle.map(({path, text}) => [path, text]));
    const old = Object.fromEntries(before.map(({path, text}) => [path, text]));
    const outcomes = {aborted: 0, done: 0};
    let total = Infinity;
    for (let k = 1; k <= total; k += 1) {
      const root = await mkdtemp(join(tmpdir(), 'rekindle-cancel-'));
      const target = join(root, dir);
      if (earlier) await writeBundle(target, before);
      if (beside) await (await import('node:fs/promises')).writeFile(join(target, 'mine.txt'), 'mine');
      const mine = beside ? {'mine.txt': 'mine'} : {};
      const abort = new AbortController();
      let failed = false;
      const count = await counted(
        t,
        number => {
          if (number === k) abort.abort();
        },
        async () => {
          try {
            await writeBundle(target, bundle, {signal: abort.signal, update: earlier});
          } catch (error) {
            if (!(error instanceof RekindleError) || error.code !== 'aborted') throw error;
            failed = true;
          }
        },
      );
      if (!failed) total = Math.min(total, count);
      outcomes[failed ? 'aborted' : 'done'] += 1;
      const files = await held(target);
      t.deepEqual(files, failed ? (earlier ? {...old, ...mine} : {}) : {...whole, ...mine}, `call ${k}`);
      // Not even an empty folder stays.
      const first = dir.split('/')[0] ?? '';
      t.deepEqual(await readdir(root), failed && !earlier ? [] : [first], `call ${k}`);
      await rm(root, {recursive: true, force: true});
    }
    t.log(`${outcomes.aborted} stopped, ${outcomes.done} whole`);
    t.true(outcomes.aborted > 3);
  });
}
