/** A bundle in a cloud that calls things by other names. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {heatSchemas} from '../../src/resources/heat-schemas.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import type {Fault, Request} from '../support/replay/server.ts';
import {entryOf, heat, testCloud} from './support/cloud.ts';
import {bench, type Bench, type Ran} from './support/world.ts';

interface Stage extends Bench {
  readonly check: (...more: readonly string[]) => Promise<Ran>;
  readonly deploy: (...more: readonly string[]) => Promise<Ran>;
  /** Body of the last stack that was asked for. */
  readonly sent: () => {readonly environment?: {readonly parameters?: Readonly<Record<string, unknown>>}};
}

function json(body: object): Fault {
  return {status: 200, body: JSON.stringify(body)};
}

/** What it lists, by the end of the path. */
const there: Readonly<Record<string, object>> = {
  '/flavors/detail': {
    flavors: [
      {id: 'f1', name: 'c1.small', vcpus: 1, ram: 2048, disk: 20, swap: 0, extra_specs: {}},
      {id: 'f2', name: 'c1.big', vcpus: 8, ram: 65_536, disk: 200, swap: 0, extra_specs: {}},
    ],
  },
  '/v2/images': {
    images: [
      {id: 'i1', name: 'Debian Like (raw)', status: 'active', visibility: 'public'},
      {id: 'i2', name: 'windows', status: 'active', visibility: 'public'},
    ],
  },
  '/types': {volume_types: [{id: 't1', name: 'standard'}]},
  '/os-availability-zone': {availabilityZoneInfo: [{zoneName: 'zone-1', zoneState: {available: true}}]},
  '/os-keypairs': {keypairs: []},
  '/v2.0/networks': {networks: [{id: 'n1', name: 'internet', 'router:external': true, mtu: 1500}]},
  '/v2.0/subnets': {subnets: []},
  '/v2.0/ports': {ports: []},
  '/v2.0/routers': {routers: []},
  '/v2.0/subnetpools': {subnetpools: []},
};

/** The recorded project's cloud with other flavors, images and networks, quotas without end, and a Heat of its release. */
async function stage(t: ExecutionContext): Promise<Stage> {
  const made = await bench(t);
  const rendered = await made.run(['render', join(samplesFolder, 'web', 'inventory.json'), 'out']);
  t.is(rendered.code, 0, rendered.stderr);
  const fake = heat();
  let body = '{}';
  const answer = (request: Request): Fault | undefined => {
    const {path, method} = request;
    const rows = Object.entries(there).find(([end]) => path.endsWith(end))?.[1];
    if (rows !== undefined && method === 'GET') return json(rows);
    if (path.includes('/resource_types/')) {
      const type = decodeURIComponent(path.split('/').at(-1) ?? '');
      const names = Object.keys(heatSchemas[type] ?? {});
      return json({properties: Object.fromEntries(names.map(name => [name, {type: 'any'}]))});
    }
    if (path.includes('quota') || path.includes('availabilities')) return {status: 403, body: '{}'};
    if (method === 'POST' && path.endsWith('/stacks')) ({body} = request);
    return fake.fault(request);
  };
  const {env} = await testCloud(t, answer);
  return {
    ...made,
    check: (...more) => made.run(['check', 'out', '--stack', 'web', ...more], {env}),
    deploy: (...more) => made.run(['deploy', 'out', '--stack', 'web', '--poll', '0.01', ...more], {env}),
    sent: () => JSON.parse(body) as object,
  };
}

test('check writes what the target has into a file, and leaves the bundle alone', async t => {
  const {check, dir} = await stage(t);
  const before = await readFile(join(dir, 'out/environment.yaml'), 'utf8');
  const {stderr, code} = await check('--write-environment', 'there.yaml');
  t.is(code, 4);
  t.regex(stderr, /^there\.yaml: 5 of 7 proposed, 2 left for you to choose$/m);
  t.regex(stderr, /^Deploy with it: rekindle deploy out -e there\.yaml$/m);
  t.is(await readFile(join(dir, 'out/environment.yaml'), 'utf8'), before);
  const text = await readFile(join(dir, 'there.yaml'), 'utf8');
  t.regex(text, /^ {2}# flavor "m1\.small" in the source: of the same size \(1 vCPUs, 2048 MiB, 20 GiB\)$/m);
  t.regex(text, /^ {2}# else: "c1\.big" \(the next size up from 1 vCPUs, 2048 MiB, 20 GiB\)$/m);
  t.regex(text, /^ {2}image_debian_like: Debian Like \(raw\)$/m);
  t.regex(text, /^ {2}external_network_public: internet$/m);
  t.regex(text, /^ {2}flavor_m1_small: c1\.small$/m);
  t.regex(text, /^ {2}# flavor_m1_medium: c1\.big$/m);
  const again = await check('--write-environment', 'there.yaml');
  t.is(again.code, 2);
  t.regex(again.stderr, /there\.yaml is there already/);
  await check('--write-environment', 'there.yaml', '--force');
  t.is(await readFile(join(dir, 'there.yaml'), 'utf8'), text, 'the same cloud, the same bytes');
});

test('that file deploys once what is left open is filled in', async t => {
  const {check, deploy, dir, sent} = await stage(t);
  await check('--write-environment', 'there.yaml');
  const path = join(dir, 'there.yaml');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replaceAll(/^ {2}# ((?:flavor|image)_\w+: )/gm, '  $1'));
  const {stderr, code} = await deploy('-e', 'there.yaml');
  t.is(code, 0, stderr);
  t.like(sent().environment?.parameters, {
    flavor_m1_medium: 'c1.big',
    external_network_public: 'internet',
    image_cirros_like: 'Debian Like (raw)',
  });
});

const renamed = ['flavor:m1.small=c1.small', 'names.yaml', 'network:public=internet', 'az:nova='].flatMap(
  word => ['--map', word],
);

test('deploy gives Heat what is mapped, on the line and in a file, and says so', async t => {
  const {deploy, dir, sent} = await stage(t);
  await writeFile(
    join(dir, 'names.yaml'),
    'flavor: {m1.medium: c1.big}\nimage: {debian-like: Debian Like (raw), cirros-like: windows}\n',
  );
  const {stderr, stdout, code} = await deploy(...renamed, '-f', 'json');
  t.is(code, 0, stderr);
  t.regex(
    stderr,
    /^parameter flavor_m1_small takes "c1\.small" for the source's "m1\.small": --map flavor:m1\.small=c1\.small$/m,
  );
  t.regex(stderr, /^parameter flavor_m1_medium takes "c1\.big" .*: names\.yaml:1:10$/m);
  t.like(sent().environment?.parameters, {
    flavor_m1_small: 'c1.small',
    flavor_m1_medium: 'c1.big',
    image_cirros_like: 'windows',
    image_debian_like: 'Debian Like (raw)',
    volume_zone_nova: '',
  });
  const {mapped} = JSON.parse(stdout) as {mapped: readonly {parameter: string}[]};
  t.is(mapped.length, 6);
});

test('--map auto takes what is certain and refuses the rest, with exit code 4 and the words to add', async t => {
  const {deploy, sent} = await stage(t);
  const {stderr, code} = await deploy('--map', 'auto');
  t.is(code, 4);
  t.deepEqual(sent(), {});
  t.regex(
    stderr,
    /parameter flavor_m1_small takes "c1\.small" for the source's "m1\.small": of the same size/,
  );
  t.regex(stderr, /parameter flavor_m1_medium: the target has no flavor "m1\.medium"; the next size up/);
  t.notRegex(stderr, /--map auto takes/);
  t.regex((await deploy()).stderr, /--map auto takes what is certainly meant/);
  t.regex(stderr, /openstack image save --file image\.qcow2 [0-9a-f-]{36}/);
});

test('a map that names nothing of the bundle is a usage error, before the cloud is asked', async t => {
  const {check, deploy} = await stage(t);
  for (const run of [check, deploy]) {
    const {stderr, code} = await run('--map', 'flavor:m1.smal=c1.small');
    t.is(code, 2);
    t.regex(stderr, /takes no flavor "m1\.smal" from outside; did you mean "m1\.small"\?/);
  }
  t.is((await check('--map', 'nowhere.yaml')).code, 2);
});

test('check shows what is mapped as a note, and counts it for nothing', async t => {
  const {check} = await stage(t);
  const words = ['--map', 'auto', '--map', 'flavor:m1.medium=c1.big', '--map', 'image:cirros-like=windows'];
  const {stdout, code} = await check(...words);
  t.is(code, 0, stdout);
  t.regex(stdout, /\| note +\| parameter flavor_m1_medium/);
  t.regex(stdout, /^It can be deployed: no errors, 1 warning$/m);
});

/** Two entries of clouds.yaml, and a Heat that lacks the type of the project's server group. */
async function older(
  t: ExecutionContext,
): Promise<Bench & {readonly clone: (...more: readonly string[]) => Promise<Ran>}> {
  const made = await bench(t);
  const fake = heat();
  const cloud = await testCloud(t, request =>
    request.path.includes('/resource_types/') ? {status: 404, body: '{}'} : fake.fault(request),
  );
  const entry = entryOf(cloud);
  await writeFile(join(made.dir, 'clouds.yaml'), JSON.stringify({clouds: {a: entry, b: entry}}));
  const words = ['clone', 'out', '--from', 'a', '--to', 'b', '--stack', 'web', '--select', 'server_group'];
  return {...made, clone: (...more) => made.run([...words, '--poll', '0.01', ...more])};
}

test('a clone to a release that lacks a type is refused, with the way on', async t => {
  const {clone} = await older(t);
  const {code, stderr, stdout} = await clone();
  t.is(code, 4, stderr);
  t.is(stdout, '');
  t.regex(
    stderr,
    /type OS::Nova::ServerGroup: Heat doesn't know it; used by server_group_web; .*--accept-losses$/m,
  );
});

test('with --accept-losses it is made without, and verified with what was announced', async t => {
  const {clone} = await older(t);
  const {code, stderr, stdout} = await clone('--accept-losses', '-f', 'json');
  t.is(code, 0, stderr);
  t.regex(
    stderr,
    /warning: type OS::Nova::ServerGroup: Heat doesn't know it; .*: left out; it is announced as lost/,
  );
  const {deployment, comparison} = JSON.parse(stdout) as {
    deployment: {losses: readonly object[]};
    comparison: {differences: readonly object[]};
  };
  t.like(deployment.losses, [{kind: 'server_group', label: 'web', field: '*'}]);
  t.like(comparison, {same: true, differences: [{what: 'missing', kind: 'server_group'}]});
});
