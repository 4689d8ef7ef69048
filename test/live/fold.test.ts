/** Three servers that are alike: folded into one group, deployed, found to be the source, and taken down whole. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {Api} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {cloudsYaml} from './support/clouds.ts';
import {attach, floatingIp, join as joinRouter, place, port, router, server, volume} from './support/make.ts';
import {makeProject} from './support/projects.ts';
import {bench, type Bench} from './support/rekindle.ts';
import {openSite, type Site} from './support/site.ts';
import {wipe} from './support/wipe.ts';

/** app-1 to app-3, each with a port and a volume, the last two with a floating IP. */
async function build(site: Site): Promise<void> {
  const {api, outside} = site;
  const {network, subnet} = await place(api, 'app', '192.168.50.0/24');
  const edge = await router(api, {name: 'edge', external_gateway_info: {network_id: outside.external}});
  await joinRouter(api, edge, {subnet_id: subnet.id});
  await Promise.all(
    [1, 2, 3].map(async number => {
      const name = `app-${number}`;
      const [held, data] = await Promise.all([
        port(api, network, {
          name,
          fixed_ips: [{subnet_id: subnet.id, ip_address: `192.168.50.${10 + number}`}],
        }),
        volume(api, {name: `${name}-data`}),
      ]);
      const made = await server(site, {name, networks: [{port: held.id}], metadata: {role: 'app'}});
      await attach(api, made, data);
      if (number > 1) await floatingIp(api, {floating_network_id: outside.external, port_id: held.id});
    }),
  );
}

test.serial(
  'siblings are deployed as one group, verified one by one, updated in place and deleted whole',
  async t => {
    const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
    const source = await makeProject(admin);
    const target = await makeProject(admin);
    t.teardown(async () => {
      await Promise.all([wipe(admin, target.name), wipe(admin, source.name)]);
    });
    await build(await openSite(source.api));
    const desk = bench(cloudsYaml({source: source.entry, target: target.entry}));
    const run: Bench['run'] = async (...words) => desk.run(...words);
    const {dir} = desk;
    const deploy = (...more: readonly string[]): ReturnType<Bench['run']> =>
      run('deploy', 'out', '--os-cloud', 'target', '--stack', 'app', '--yes', ...more);

    expectExit(t, 'snapshot', await run('snapshot', 'out', '--os-cloud', 'source', '--fold'), 0);
    const report = JSON.parse(readFileSync(join(dir, 'out/report.json'), 'utf8')) as Report;
    t.deepEqual(
      report.folds?.map(({name, members}) => [name, members.length]),
      [['app_servers', 3]],
    );
    const made = await deploy();
    expectExit(t, 'deploy', made, 0);
    const verify = await run('verify', 'out', '--os-cloud', 'target', '--stack', 'app', '-f', 'json');
    expectExit(t, 'verify', verify, 0);
    const {counts, differences} = JSON.parse(verify.stdout) as {
      counts: object;
      differences: readonly {readonly announced?: object}[];
    };
    t.deepEqual(
      differences.filter(({announced}) => announced === undefined),
      [],
    );
    const again = await deploy('--format', 'json');
    expectExit(t, 'deploy again', again, 0);
    t.is((JSON.parse(again.stdout) as {action: string}).action, 'nothing');

    // One value of one member: that thing is changed, the others are left alone.
    const path = join(dir, 'out/template.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/name: app-2\b(?!-)/, 'name: app-two'));
    const before = await target.api.list('compute', '/servers', 'servers');
    const update = await deploy();
    expectExit(t, 'update', update, 0);
    const after = await target.api.list('compute', '/servers', 'servers');
    t.deepEqual(
      new Map(after.map(({id, name}) => [id, name])),
      new Map(before.map(({id, name}) => [id, name === 'app-2' ? 'app-two' : name])),
    );
    t.log(`deploy ${made.seconds} s, update ${update.seconds} s; ${JSON.stringify(counts)}`);

    const gone = await run('stack', 'delete', 'app', '--os-cloud', 'target', '--yes');
    expectExit(t, 'delete', gone, 0);
    const left = await Promise.all([
      target.api.list('compute', '/servers', 'servers'),
      target.api.list('network', `/ports?project_id=${target.id}`, 'ports'),
      target.api.list('network', `/floatingips?project_id=${target.id}`, 'floatingips'),
      target.api.list('volume', '/volumes', 'volumes'),
    ]);
    t.deepEqual(left.flat(), []);
  },
);
