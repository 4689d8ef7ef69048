/** A project that changes after its snapshot: what `diff` says of it, and what a second snapshot makes of its clone. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {blocksOf} from '../support/blocks.ts';
import {Api, type Row} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {cloudsYaml} from './support/clouds.ts';
import {port, rule, server, setTags, volume} from './support/make.ts';
import {makeProject, type Project} from './support/projects.ts';
import {bench, type Bench} from './support/rekindle.ts';
import {buildWeb} from './support/web.ts';
import {wipe} from './support/wipe.ts';
import {openSite} from './support/site.ts';

type Web = Awaited<ReturnType<typeof buildWeb>>;

/**
 * A rename, a rule, a server with its port, tags, and a volume less. The rule goes into a group that has rules of both
 * kinds: Heat's update of the inline ones deletes the others too, which deploy has made again.
 */
async function change({api, admin}: Project, web: Web, scratch: Row): Promise<void> {
  const site = await openSite(api, {admin});
  const {network, two, web: group, router} = web as Record<'network' | 'two' | 'web' | 'router', Row>;
  await Promise.all([
    api.update('compute', `/servers/${two.id}`, 'server', {name: 'www-2'}),
    rule(api, group, {protocol: 'tcp', port_range_min: 8080, port_range_max: 8080}),
    setTags(api, `/routers/${router.id}`, ['edge']),
    api.remove('volume', `/volumes/${scratch.id}`),
    (async () => {
      const held = await port(api, network, {name: 'batch', security_groups: [group.id]});
      await server(site, {name: 'batch', networks: [{port: held.id}]});
    })(),
  ]);
}

test.serial(
  'drift is seen thing by thing; the stack of the first snapshot, updated with the second, is the project',
  async t => {
    const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
    const source = await makeProject(admin);
    // A user of its own, who does not have the key pair yet.
    const target = await makeProject(admin, {freshUser: true});
    t.teardown(async () => {
      await Promise.all([wipe(admin, target.name), wipe(admin, source.name)]);
    });
    const made = bench(cloudsYaml({source: source.entry, target: target.entry}));
    const {dir} = made;
    const run: Bench['run'] = async (...words) => made.run(...words);
    const path = (file: string): string => join(dir, 'out', file);
    const read = (file: string): string => readFileSync(path(file), 'utf8');
    const report = (): Report => JSON.parse(read('report.json')) as Report;
    const site = await openSite(source.api, {admin: source.admin});
    const [web, scratch] = await Promise.all([
      buildWeb(site),
      volume(source.api, {name: 'scratch', size: 1}),
    ]);

    expectExit(t, 'snapshot', await run('snapshot', 'out', '--os-cloud', 'source'), 0);
    // Somebody chooses an image by its id, and says why.
    const [image] = await target.api.list('image', '/images?name=cirros-like', 'images');
    const chosen = `image_cirros_like: ${image?.id ?? ''} # by id: names change`;
    writeFileSync(
      path('environment.yaml'),
      read('environment.yaml').replace(/image_cirros_like: .*/, chosen),
    );
    const before = {template: read('template.yaml'), report: report()};
    const deploy = await run('deploy', 'out', '--os-cloud', 'target', '--stack', 'web', '--yes');
    expectExit(t, 'deploy', deploy, 0);
    expectExit(t, 'diff', await run('diff', 'out', 'cloud:source'), 0);

    await change(source, web, scratch);
    const drift = await run('diff', 'out', 'cloud:source', '--format', 'json');
    expectExit(t, 'diff', drift, 4);
    const {differences} = JSON.parse(drift.stdout) as {
      differences: readonly {what: string; kind: string; label: string; field: string; resource?: string}[];
    };
    t.deepEqual(differences.map(({what, kind, label, field}) => `${what} ${kind} ${label} ${field}`).sort(), [
      'changed router web-router tags',
      'changed server web-2 name',
      'extra port batch *',
      'extra security_group_rule web_ingress_tcp_8080 *',
      'extra server batch *',
      'missing volume scratch *',
    ]);
    const shown = await run('diff', 'out', 'cloud:source', '--format', 'unified');
    t.log(`\n${shown.stdout}`);
    t.regex(
      shown.stdout,
      /^@@ server_web_2 \(OS::Nova::Server\) @@\n- {2}name: "web-2"\n\+ {2}name: "www-2"$/m,
    );
    t.notRegex(shown.stdout, /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}/);
    writeFileSync(join(dir, 'drift.yaml'), 'ignore:\n  - {name: "*", why: the test}\n');
    expectExit(t, 'diff --ignore', await run('diff', 'out', 'cloud:source', '--ignore', 'drift.yaml'), 0);

    expectExit(t, 'snapshot again', await run('snapshot', 'out', '--os-cloud', 'source'), 0);
    expectExit(t, 'diff again', await run('diff', 'out', 'cloud:source'), 0);
    t.true(read('environment.yaml').includes(`  # "cirros-like" in the source\n  ${chosen}\n`));
    const [old, fresh] = [blocksOf(before.template), blocksOf(read('template.yaml'))];
    t.deepEqual(
      [...fresh]
        .filter(([name, text]) => old.get(name) !== text)
        .map(([name]) => name)
        .sort(),
      ['port_batch', 'router_web_router', 'security_group_web', 'server_batch', 'server_web_2'],
    );
    t.deepEqual(
      [...old.keys()].filter(name => !fresh.has(name)),
      ['volume_scratch'],
    );
    t.is(report().resources.find(({label}) => label === 'www-2')?.name, 'server_web_2');

    const update = await run('deploy', 'out', '--os-cloud', 'target', '--stack', 'web', '--yes');
    expectExit(t, 'update', update, 0);
    const verify = await run('verify', 'out', '--os-cloud', 'target', '--stack', 'web');
    expectExit(t, 'verify', verify, 0);
    t.log(
      `deploy ${deploy.seconds} s, update ${update.seconds} s, diff ${drift.seconds} s; ${verify.stdout.trimEnd().split('\n').at(-1) ?? ''}`,
    );
  },
);
