/** What a copy holds on to, as the engine counts it; alone in its process. */
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {copyImages, planImages} from '../../src/images/index.ts';
import {MIB} from '../support/glance.ts';
import {bundle, means, pair} from './support.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('bytes that went through are let go', async t => {
  const two = await pair(t);
  const size = 128 * MIB;
  two.source.add('a', size, {name: 'debian'});
  const plan = await planImages(two.from, two.to, [bundle(means('a', 'debian'))]);
  const held: number[] = [];
  await copyImages(two.from, two.to, plan, {
    onProgress({done}) {
      if (done < (held.length + 1) * 16 * MIB) return;
      collect();
      held.push(process.memoryUsage().arrayBuffers);
    },
  });
  t.is(held.length, 8);
  // Both servers are in this process too.
  t.true(Math.max(...held) < 40 * MIB, held.map(bytes => Math.round(bytes / MIB)).join(' MiB, '));
});
