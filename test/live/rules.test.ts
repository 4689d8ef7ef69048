/** Rules and names on a real cloud: what they change is built so, and is the only thing that differs from the source. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {Api} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {cloudsYaml} from './support/clouds.ts';
import {group, place, port, rule, volume} from './support/make.ts';
import {makeProject, type Project} from './support/projects.ts';
import {bench, type Bench} from './support/rekindle.ts';
import {wipe} from './support/wipe.ts';

const rules = `parameters:
  resolvers: {label: DNS, default: [1.1.1.1, 9.9.9.9], constraints: [{length: {min: 1, max: 4}}]}
  up: {default: true}
rules:
  - when: {kind: subnet}
    set:
      dns_nameservers: {parameter: resolvers}
      host_routes: [{destination: 192.0.2.0/24, nexthop: 10.7.0.9}]
      allocation_pools[0].start: 10.7.0.60
  - when: {kind: [volume, port], name: 'app-*'}
    replace: {name: {match: '^app-(\\d+)$', with: 'www-$1'}}
  - when: {kind: port}
    set: {admin_state_up: {parameter: up}, security_groups: [{resource: 'security_group:closed'}]}
  - when: {kind: volume, metadata.role: web}
    set: {metadata.owner: ops}
    parameter:
      metadata.role: {name: role, constraints: [{allowed_values: [web, www]}]}
      size: {name: data_size, label: Size, constraints: [{range: {min: 1, max: 10}}, {modulo: {step: 1, offset: 0}}]}
    drop: [metadata.old]
  - when: {kind: volume, size: '<2'}
    parameter: {metadata: labels}
  - when: {kind: security_group, name: open}
    set: {rules: [{protocol: udp, port_range_min: 53, port_range_max: 53}, {direction: egress}, {direction: egress, ethertype: IPv6}]}
`;

const names = 'volume:app-1: first\nvolume_small: disk\nrole: purpose\n';

async function build({api}: Project): Promise<void> {
  const [{network}, open] = await Promise.all([
    place(api, 'lan', '10.7.0.0/24', {
      allocation_pools: [{start: '10.7.0.50', end: '10.7.0.200'}],
      dns_nameservers: ['8.8.8.8'],
    }),
    group(api, {name: 'open', description: 'front'}),
    group(api, {name: 'closed', description: ''}),
    volume(api, {name: 'app-1', size: 2, metadata: {role: 'web', old: 'x'}}),
    volume(api, {name: 'small', size: 1, metadata: {keep: 'yes', team: 'a,b'}}),
  ]);
  await rule(api, open, {protocol: 'tcp', port_range_min: 80, port_range_max: 80});
  await port(api, network, {name: 'app-1', security_groups: [open.id]});
}

interface Verified {
  readonly differences: readonly {
    readonly kind: string;
    readonly field: string;
    readonly announced?: {readonly reason: string};
  }[];
}

test.serial(
  'rules set, replace, drop and make parameters: the clone differs in what they announce only',
  async t => {
    const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
    const source = await makeProject(admin);
    const target = await makeProject(admin);
    t.teardown(async () => {
      await Promise.all([wipe(admin, target.name), wipe(admin, source.name)]);
    });
    const made = bench(cloudsYaml({source: source.entry, target: target.entry}));
    const {dir} = made;
    const run: Bench['run'] = async (...words) => made.run(...words);
    await build(source);
    writeFileSync(join(dir, 'rules.yaml'), rules);
    writeFileSync(join(dir, 'names.yaml'), names);

    const files = ['--rules', 'rules.yaml', '--names', 'names.yaml'];
    const snapshot = await run('snapshot', 'out', '--os-cloud', 'source', ...files);
    expectExit(t, 'snapshot', snapshot, 0);
    t.is(snapshot.stderr.match(/warning/g), null, snapshot.stderr);
    const read = (file: string): string => readFileSync(join(dir, 'out', file), 'utf8');
    const before = read('template.yaml');
    // What was chosen is in the bundle: the files are needed no more.
    expectExit(t, 'snapshot again', await run('snapshot', 'out', '--os-cloud', 'source'), 0);
    t.is(read('template.yaml'), before);
    expectExit(t, 'diff', await run('diff', 'out', 'cloud:source'), 0);

    const values = ['-P', 'data_size=3', '-P', 'resolvers=1.0.0.1,9.9.9.9', '-P', 'purpose=www'];
    const deploy = await run('deploy', 'out', '--os-cloud', 'target', '--stack', 'ruled', '--yes', ...values);
    expectExit(t, 'deploy', deploy, 0);
    const verify = await run('verify', 'out', '--os-cloud', 'target', '--stack', 'ruled', '-f', 'json');
    expectExit(t, 'verify', verify, 0);
    const {differences} = JSON.parse(verify.stdout) as Verified;
    const found = new Map(
      differences.map(({kind, field, announced}) => [`${kind} ${field}`, announced?.reason ?? '']),
    );
    t.log([...found].map(([what, why]) => `${what}: ${why}`).join('\n'));
    t.is(found.get('volume size'), 'deployed with another value: parameter data_size');
    t.is(found.get('volume metadata.role'), 'deployed with another value: parameter purpose');
    t.is(found.get('volume metadata.owner'), 'rule rules.yaml:14 sets it');
    t.is(found.get('volume metadata.old'), 'rule rules.yaml:14 drops it');
    t.is(found.get('port name'), 'rule rules.yaml:10 changes its text');
    t.is(found.get('subnet dns_nameservers'), 'rule rules.yaml:5 sets it');
    t.false(found.has('volume metadata'));

    const [lan] = await target.api.list('network', `/subnets?project_id=${target.id}`, 'subnets');
    t.deepEqual(lan?.['dns_nameservers'], ['1.0.0.1', '9.9.9.9']);
    t.deepEqual(lan?.['allocation_pools'], [{start: '10.7.0.60', end: '10.7.0.200'}]);
    const volumes = await target.api.list('volume', '/volumes/detail', 'volumes');
    t.deepEqual(volumes.find(row => row['name'] === 'small')?.['metadata'], {keep: 'yes', team: 'a,b'});
    t.log(`snapshot ${snapshot.seconds} s, deploy ${deploy.seconds} s, verify ${verify.seconds} s`);
  },
);
