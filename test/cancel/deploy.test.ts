/** A signal that fires at any request of a deployment: Heat goes on with what it has taken, and the error says so. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {heat, testCloud} from '../cli/support/cloud.ts';
import {bench} from '../cli/support/world.ts';
import {run} from '../../src/cli/run.ts';
import type {Interruption} from '../../src/cli/world.ts';
import {inventoryOf} from '../support/inventory.ts';
import type {Fault, Request} from '../support/replay/server.ts';
import {connectionsLeft, held} from './support.ts';

interface Deployed {
  readonly code: number;
  readonly stderr: string;
  readonly asked: readonly string[];
  readonly fired: boolean;
}

/** @param k The request at which Ctrl-C is pressed. */
async function deployed(
  t: ExecutionContext,
  k: number,
  how: 'answered' | 'stalled',
  there: boolean,
): Promise<Deployed> {
  const {dir, run: calm} = await bench(t);
  const group = {id: 'g1', name: 'group', policy: 'affinity', rules: {}, members: [], metadata: {}};
  const inventory = inventoryOf({server_group: [{...group, project_id: 'p1', user_id: 'u1'}]});
  await writeFile(join(dir, 'inventory.json'), JSON.stringify(inventory));
  await calm(['render', 'inventory.json', 'out']);
  const before = await held(dir);
  const fake = heat({polls: 2, taken: there, other: there});
  let count = 0;
  let press: (() => void) | undefined;
  const fault = (request: Request): Fault | undefined => {
    count += 1;
    const answer = fake.fault(request);
    if (count === k) press?.();
    return count >= k && how === 'stalled' ? 'stall' : answer;
  };
  const {env, replay} = await testCloud(t, fault);
  let stderr = '';
  const code = await run(['deploy', 'out', '--stack', 'web', '--poll', '0.01', '-y'], {
    stdout: {write: () => {}},
    stderr: {write: text => void (stderr += text)},
    env: {NO_PROXY: '127.0.0.1', ...env},
    cwd: dir,
    home: dir,
    platform: 'linux',
    stdin: () => Promise.resolve(''),
    onInterruption(listener: (what: Interruption) => void) {
      press = () => listener('SIGINT');
      return () => void (press = undefined);
    },
  });
  t.is(await connectionsLeft(replay), 0, `request ${k}`);
  t.deepEqual(await held(dir), before, `request ${k}`);
  t.true((await readFile(join(dir, 'out/report.json'), 'utf8')).length > 0);
  return {code, stderr, asked: fake.asked, fired: count >= k};
}

for (const how of ['answered', 'stalled'] as const) {
  for (const there of [false, true]) {
    test(`${there ? 'an update' : 'a new stack'}, interrupted at the k-th request, which is ${how}`, async t => {
      const told = {before: 0, after: 0};
      for (let k = 1; ; k += 1) {
        const {code, stderr, asked, fired} = await deployed(t, k, how, there);
        if (!fired) break;
        const sent = asked.some(one => (there ? one.startsWith('PUT stacks/') : one === 'POST stacks'));
        // The very last request may be answered before the signal is looked at.
        t.true(code === 130, `request ${k}: ${code} ${stderr}`);
        t.false(
          asked.some(one => one.startsWith('DELETE')),
          'nothing is taken back',
        );
        told[sent ? 'after' : 'before'] += 1;
        if (sent) t.regex(stderr, /goes on|is (?:CREATE|UPDATE)_COMPLETE, but its outputs/, `request ${k}`);
        if (sent) t.regex(stderr, /rekindle stack (?:events|outputs)/, `request ${k}`);
        else t.notRegex(stderr, /goes on/, `request ${k}`);
      }
      t.log(told);
      t.true(told.before > 3 && told.after > 1);
    });
  }
}
