import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Api, type Fields, type Row} from './support/api.ts';
import {writeHandMade, writeLayers} from './support/bundle.ts';
import {changesOf} from './support/changes.ts';
import {expectExit} from './support/clone.ts';
import {cloudsYaml} from './support/clouds.ts';
import {makeProject} from './support/projects.ts';
import {bench, type Bench} from './support/rekindle.ts';
import {openSite, type Site} from './support/site.ts';
import {wipe} from './support/wipe.ts';

interface Lab {
  readonly site: Site;
  readonly api: Api;
  readonly bench: Bench;
  /** `rekindle deploy DIR --os-cloud lab --stack STACK` and more. */
  readonly deploy: (dir: string, stack: string, ...more: readonly string[]) => ReturnType<Bench['run']>;
}

/** An empty project, wiped with the test. */
async function lab(t: ExecutionContext): Promise<Lab> {
  const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
  const project = await makeProject(admin);
  t.teardown(() => wipe(admin, project.name));
  const site = await openSite(project.api);
  const made = bench(cloudsYaml({lab: project.entry}));
  return {
    site,
    api: project.api,
    bench: made,
    deploy: (dir, stack, ...more) => made.run('deploy', dir, '--os-cloud', 'lab', '--stack', stack, ...more),
  };
}

interface Thing {
  readonly id: string;
  readonly type: string;
}

interface StackNow {
  readonly path: string;
  readonly status: string;
  readonly things: ReadonlyMap<string, Thing>;
  readonly events: readonly Row[];
}

async function stackNow(api: Api, name: string): Promise<StackNow> {
  const [row] = await api.list('orchestration', `/stacks?name=${name}`, 'stacks');
  const path = `/stacks/${name}/${row?.id}`;
  const [resources, events] = await Promise.all([
    api.list('orchestration', `${path}/resources`, 'resources'),
    api.list('orchestration', `${path}/events?sort_dir=asc`, 'events'),
  ]);
  return {
    path,
    status: String(row?.['stack_status']),
    things: new Map(
      resources.map(one => [
        String(one['resource_name']),
        {id: String(one['physical_resource_id']), type: String(one['resource_type'])},
      ]),
    ),
    events,
  };
}

/** What happened to each resource, by what the cloud says: ids before and after, and the events between. */
function happened(before: StackNow, after: StackNow): Record<string, string> {
  const seen = new Set(before.events.map(({id}) => id));
  const news = after.events.filter(({id}) => !seen.has(id));
  const names = [...new Set([...before.things.keys(), ...after.things.keys()])].sort();
  return Object.fromEntries(
    names.map(name => {
      const [old, now] = [before.things.get(name), after.things.get(name)];
      const did = (status: string): boolean =>
        news.some(event => event['resource_name'] === name && event['resource_status'] === status);
      const isAnew = old?.id !== now?.id || did('CREATE_COMPLETE');
      const fate =
        old === undefined
          ? 'added'
          : now === undefined
            ? 'deleted'
            : isAnew
              ? 'replaced'
              : did('UPDATE_COMPLETE')
                ? 'updated'
                : 'unchanged';
      return [name, fate];
    }),
  );
}

interface Foretold {
  readonly forecast: {
    readonly resources: readonly (Fields & {readonly name: string; readonly fate: string})[];
  };
}

function foretold(stdout: string): Foretold['forecast']['resources'] {
  return (JSON.parse(stdout) as Foretold).forecast.resources;
}

function fatesOf(resources: Foretold['forecast']['resources']): Record<string, string> {
  return Object.fromEntries(
    resources.map(({name, fate}): [string, string] => [name, fate]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

test.serial(
  'an update does to each resource what the forecast said, and the same again does nothing',
  async t => {
    const {site, api, bench, deploy} = await lab(t);
    const flavors = await api.list('compute', '/flavors', 'flavors');
    const nameOf = (id: string): string => String(flavors.find(row => row.id === id)?.['name']);
    const small =
      flavors.find(row => row['name'] === 'm1.small') ?? flavors.find(row => row.id !== site.outside.tiny);
    const {before, after} = changesOf(site, {
      tiny: nameOf(site.outside.tiny),
      small: String(small?.['name']),
    });
    writeHandMade(join(bench.dir, 'before'), before);
    writeHandMade(join(bench.dir, 'after'), after);

    const created = await deploy('before', 'forecast', '--tags', 'keep,me', '--timeout', '30', '-q');
    expectExit(t, 'create', created, 0);
    const then = await stackNow(api, 'forecast');
    for (const sick of ['port_sick', 'random'])
      await api.call('PATCH', 'orchestration', `${then.path}/resources/${sick}`, {mark_unhealthy: true});

    const dry = await deploy('after', 'forecast', '--dry-run', '-f', 'json');
    expectExit(t, 'dry run', dry, 0);
    const refused = await deploy('after', 'forecast');
    expectExit(t, 'without --yes', refused, 2);
    t.deepEqual(
      happened(then, await stackNow(api, 'forecast')),
      Object.fromEntries([...then.things.keys()].sort().map(name => [name, 'unchanged'])),
    );

    const updated = await deploy('after', 'forecast', '--yes', '-q');
    expectExit(t, 'update', updated, 0);
    const now = await stackNow(api, 'forecast');
    t.is(now.status, 'UPDATE_COMPLETE');
    const resources = foretold(dry.stdout);
    t.deepEqual(fatesOf(resources), happened(then, now));
    t.true(resources.every(one => one['sure'] === true || one.name === 'value'));
    const [row] = await api.list('orchestration', '/stacks?name=forecast', 'stacks');
    t.deepEqual(row?.['tags'], ['keep', 'me']);

    // Nothing that Heat calls complete is missing: the rules of a group that it wiped.
    const group = now.things.get('group_wiped')?.id;
    const rules = await api.list(
      'network',
      `/security-group-rules?security_group_id=${group}&direction=ingress`,
      'security_group_rules',
    );
    const open = new Set(rules.map(rule => Number(rule['port_range_min'])));
    t.deepEqual(
      [...open].sort((a, b) => a - b),
      [22, 81],
    );

    const again = await deploy('after', 'forecast', '-f', 'json');
    expectExit(t, 'the same again', again, 0);
    const {action} = JSON.parse(again.stdout) as {action: string};
    t.is(action, 'nothing');
    t.log(
      `create ${created.seconds} s, dry run ${dry.seconds} s, update ${updated.seconds} s, again ${again.seconds} s`,
    );
  },
);

const net = (more: object = {}): object => ({type: 'OS::Neutron::Net', properties: {name: 'net', ...more}});
/** Neutron refuses it, and nothing before it does: Heat hands value_specs on unread. */
const wrong = {value_specs: {no_such_field: 1}};

test.serial('what failed is mended and deployed again: that updates the stack', async t => {
  const {api, bench, deploy} = await lab(t);
  const group = {type: 'OS::Neutron::SecurityGroup', properties: {name: 'group'}};
  // Else Heat may end before it has begun with the group.
  const later = {depends_on: 'group'};
  writeHandMade(join(bench.dir, 'bad'), {resources: {group, net: {...net(wrong), ...later}}});
  writeHandMade(join(bench.dir, 'good'), {resources: {group, net: {...net(), ...later}}});
  const failed = await deploy('bad', 'mended', '-q');
  expectExit(t, 'bad', failed, 1);
  t.regex(
    failed.stderr,
    /The stack "mended" .* ended in CREATE_FAILED \(request req-[\w-]+\)\n {2}net \(.*no_such_field/,
  );
  t.regex(failed.stderr, /mend the cause and deploy again/);
  const before = await stackNow(api, 'mended');
  const dry = await deploy('good', 'mended', '--dry-run', '-f', 'json');
  expectExit(t, 'dry run', dry, 0);
  // Nothing was lost, so nobody need say yes.
  expectExit(t, 'good', await deploy('good', 'mended', '-q'), 0);
  const after = await stackNow(api, 'mended');
  t.is(after.status, 'UPDATE_COMPLETE');
  t.deepEqual(fatesOf(foretold(dry.stdout)), {group: 'unchanged', net: 'added'});
  t.is(after.things.get('group')?.id, before.things.get('group')?.id);
  // An update that fails in the middle, and the way back.
  expectExit(t, 'bad again', await deploy('bad', 'mended', '-q'), 1);
  expectExit(t, 'good again', await deploy('good', 'mended', '-q'), 0);
  t.is((await stackNow(api, 'mended')).things.get('net')?.id, after.things.get('net')?.id);
});

const layersOf = (more: object): Parameters<typeof writeLayers>[1] => [
  {
    name: 'network',
    feeds: {},
    resources: {net: net()},
    outputs: {net_id: {value: {get_resource: 'net'}}},
  },
  {
    name: 'app',
    feeds: {network_id: {layer: 'network', output: 'net_id'}},
    parameters: {network_id: {type: 'string'}},
    resources: {
      port: {
        type: 'OS::Neutron::Port',
        properties: {network: {get_param: 'network_id'}, name: 'port', ...more},
      },
    },
  },
];

test.serial('a bundle of two templates goes on where it failed', async t => {
  const {api, bench, deploy} = await lab(t);
  writeLayers(join(bench.dir, 'layers'), layersOf(wrong));
  const failed = await deploy('layers', 'shop', '-q');
  expectExit(t, 'with a mistake in the second', failed, 1);
  t.regex(failed.stderr, /shop-app: The stack "shop-app" .* ended in CREATE_FAILED/);
  t.regex(failed.stderr, /deploying again goes on with shop-app/);
  const network = await stackNow(api, 'shop-network');
  t.is(network.status, 'CREATE_COMPLETE');
  writeLayers(join(bench.dir, 'layers'), layersOf({}));
  const resumed = await deploy('layers', 'shop', '-q', '-f', 'json');
  expectExit(t, 'mended', resumed, 0);
  const done = JSON.parse(resumed.stdout) as {layers: readonly {action: string; stack: {name: string}}[]};
  t.deepEqual(
    done.layers.map(({action, stack}) => [stack.name, action]),
    [
      ['shop-network', 'nothing'],
      ['shop-app', 'update'],
    ],
  );
  const [port] = await api.list('network', '/ports?name=port', 'ports');
  t.is(port?.['network_id'], network.things.get('net')?.id);
  expectExit(t, 'again', await deploy('layers', 'shop'), 0);
});
