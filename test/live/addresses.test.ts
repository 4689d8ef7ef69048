/** A project on other nets, and one whose addresses the target chooses: both deployed, both proven. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {buildAddresses} from './support/addresses.ts';
import {Api} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {cloudsYaml} from './support/clouds.ts';
import {makeProject} from './support/projects.ts';
import {bench, type Bench} from './support/rekindle.ts';
import {openSite} from './support/site.ts';
import {wipe} from './support/wipe.ts';

interface Verified {
  readonly counts: {readonly announced: number; readonly unannounced: number};
  readonly differences: readonly {readonly kind: string; readonly field: string}[];
}

const nets = ['10.71.0.0/24=172.20.71.0/24', '10.72.0.0/24=172.20.0.0/16', 'fd00:71::/64=fd00:a:b::/64'];

test.serial(
  'nets move with all that is in them; the target chooses addresses: neither makes a difference',
  async t => {
    const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
    // Octavia takes one change of a project at a time, and refuses others.
    const [source, shift, auto] = [
      await makeProject(admin),
      await makeProject(admin),
      await makeProject(admin),
    ];
    t.teardown(async () => {
      await Promise.all([source, shift, auto].map(({name}) => wipe(admin, name)));
    });
    const made = bench(cloudsYaml({source: source.entry, shift: shift.entry, auto: auto.entry}));
    const {dir} = made;
    const run: Bench['run'] = async (...words) => made.run(...words);
    const started = performance.now();
    await buildAddresses(await openSite(source.api));
    t.log(`built in ${Math.round((performance.now() - started) / 1000)} s`);

    const taken = await run('snapshot', 'shift', '--os-cloud', 'source', '--ips', `shift=${nets.join(',')}`);
    expectExit(t, 'snapshot', taken, 0);
    expectExit(t, 'render', await run('render', 'shift/inventory.json', 'auto', '--ips', 'auto'), 0);
    const clone = async (name: string): Promise<Verified> => {
      const deployed = await run('deploy', name, '--os-cloud', name, '--stack', name, '--yes');
      expectExit(t, `deploy ${name}`, deployed, 0);
      const verified = await run('verify', name, '--os-cloud', name, '--stack', name, '-f', 'json');
      expectExit(t, `verify ${name}`, verified, 0);
      t.log(`${name}: deploy ${deployed.seconds} s, verify ${verified.seconds} s`);
      return JSON.parse(verified.stdout) as Verified;
    };
    const [moved, chosen] = await Promise.all([clone('shift'), clone('auto')]);
    t.log(`shift ${JSON.stringify(moved.counts)}, auto ${JSON.stringify(chosen.counts)}`);
    t.is(moved.counts.unannounced, 0);
    t.is(chosen.counts.unannounced, 0);
    t.notRegex(readFileSync(join(dir, 'shift/template.yaml'), 'utf8'), /(?<!http:\/\/)10\.7[12]\.0\.\d/);
    const {addresses = []} = JSON.parse(readFileSync(join(dir, 'auto/report.json'), 'utf8')) as Report;
    t.true(addresses.some(({reason}) => reason.includes('in a circle')));

    const same = await run('diff', 'shift', 'cloud:source');
    expectExit(t, 'diff with the project itself, which has not moved', same, 0);
    const refused = await run('adopt', 'shift', '--os-cloud', 'source', '--stack', 'adopted', '--yes');
    expectExit(t, 'adopt', refused, 4);
    t.regex(refused.stderr, /shifted/);
  },
);
