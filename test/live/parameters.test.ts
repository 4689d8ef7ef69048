/** One template, two environments side by side in one project: names by a prefix, ranges and sizes by parameters. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {Api, type Row} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {cloudsYaml} from './support/clouds.ts';
import {group, keyPair, network, port, rule, server, subnet, volume} from './support/make.ts';
import {makeProject} from './support/projects.ts';
import {bench} from './support/rekindle.ts';
import {openSite, type Site} from './support/site.ts';
import {wipe} from './support/wipe.ts';

async function build(site: Site): Promise<void> {
  const {api} = site;
  const net = await network(api, {name: 'app'});
  const sub = await subnet(api, net, '192.168.30.0/24', {
    name: 'app',
    dns_nameservers: ['9.9.9.9', '1.1.1.1'],
    allocation_pools: [{start: '192.168.30.100', end: '192.168.30.199'}],
  });
  const [web, offices, key] = await Promise.all([
    group(api, {name: 'web', description: 'the office'}),
    api.create('network', '/address-groups', 'address_group', {name: 'offices', addresses: ['192.0.2.0/24']}),
    keyPair(site, 'laptop'),
    volume(api, {name: 'data', size: 2, metadata: {tier: 'gold'}}),
    api.call('PUT', 'object-store', '/pictures'),
  ]);
  await rule(api, web, {protocol: 'tcp', remote_address_group_id: offices.id});
  const own = await port(api, net, {
    name: 'app-1',
    fixed_ips: [{subnet_id: sub.id, ip_address: '192.168.30.10'}],
    security_groups: [web.id],
  });
  await server(site, {
    name: 'app-1',
    key_name: key['name'],
    metadata: {role: 'app', tier: 'gold'},
    networks: [{port: own.id}],
  });
}

interface Verified {
  readonly same: boolean;
  readonly counts: object;
  readonly differences: readonly {readonly field: string; readonly announced?: {readonly reason: string}}[];
}

test('one bundle makes two environments in one project, and each is what its parameters say', async t => {
  const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
  const [source, target] = [await makeProject(admin), await makeProject(admin, {freshUser: true})];
  t.teardown(() => Promise.all([wipe(admin, source.name), wipe(admin, target.name)]));
  await build(await openSite(source.api));
  const run = bench(cloudsYaml({source: source.entry, target: target.entry}));
  const choices = [
    '--name-prefix',
    '--parameterize',
    'cidr,dns,sizes,metadata.role',
    '--outputs',
    'servers,ports',
  ];
  expectExit(t, 'snapshot', await run.run('snapshot', 'out', '--os-cloud', 'source', ...choices), 0);
  const report = JSON.parse(readFileSync(join(run.dir, 'out/report.json'), 'utf8')) as Report;
  t.deepEqual(
    report.parameters.filter(({role}) => role === 'given').map(({name}) => name),
    [
      'cidr_app',
      'pool_start_app',
      'pool_end_app',
      'dns_nameservers_app',
      'address_app_1',
      'size_data',
      'metadata_role_app_1',
    ],
  );

  const other = {
    name_prefix: 'test-',
    cidr_app: '192.168.40.0/24',
    pool_start_app: '192.168.40.100',
    pool_end_app: '192.168.40.199',
    dns_nameservers_app: '9.9.9.9',
    address_app_1: '192.168.40.10',
    size_data: '1',
    metadata_role_app_1: 'test',
  };
  const words = Object.entries(other).flatMap(([name, value]) => ['-P', `${name}=${value}`]);
  const deploy = (stack: string, ...more: readonly string[]) =>
    run.run('deploy', 'out', '--os-cloud', 'target', '--stack', stack, '--yes', ...more);
  const deployed = await Promise.all([deploy('dev', '-P', 'name_prefix=dev-'), deploy('test', ...words)]);
  for (const one of deployed) expectExit(t, 'deploy', one, 0);
  t.log(`deploy ${deployed.map(({seconds}) => `${seconds} s`).join(', ')}`);

  const verify = (stack: string) =>
    run.run('verify', 'out', '--os-cloud', 'target', '--stack', stack, '-f', 'json');
  const [dev, changed] = await Promise.all([verify('dev'), verify('test')]);
  for (const [stack, verified] of [
    ['dev', dev],
    ['test', changed],
  ] as const) {
    expectExit(t, `verify ${stack}`, verified, 0);
    const {counts, differences} = JSON.parse(verified.stdout) as Verified;
    t.log(`${stack}: ${JSON.stringify(counts)}`);
    t.deepEqual(
      differences.filter(({field}) => field === 'name'),
      [],
      'the names are those that were to be expected',
    );
    const given = differences.filter(({announced}) => announced?.reason.startsWith('deployed with another'));
    t.is(given.length > 0, stack === 'test');
  }

  const named = async (path: string, key: string): Promise<readonly string[]> =>
    (await target.api.list('network', path, key)).map((row: Row) => String(row['name'])).sort();
  t.deepEqual(await named(`/networks?project_id=${target.id}`, 'networks'), ['dev-app', 'test-app']);
  t.deepEqual(await named(`/address-groups?project_id=${target.id}`, 'address_groups'), [
    'dev-offices',
    'test-offices',
  ]);
  const again = await run.run(
    'deploy',
    'out',
    '--os-cloud',
    'target',
    '--stack',
    'test',
    '--dry-run',
    ...words,
  );
  expectExit(t, 'the same again', again, 0);
  t.regex(again.stdout + again.stderr, /unchanged|nothing/i);
});
