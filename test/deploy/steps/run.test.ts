import test from 'ava';
import {type StepOutcome, stepsOf} from '../../../src/deploy/steps/index.ts';
import type {Report, ReportStep, StepWord} from '../../../src/model/bundle.ts';
import {fakeClock} from '../../support/fake-cloud.ts';
import {memoryCloud, type MemoryCloud, type Shelf} from '../../support/memory-cloud.ts';

const emptyReport: Report = {
  format: 'rekindle-report',
  version: 1,
  project: 'p',
  counts: {
    resources: 0,
    parameters: 0,
    fields: {exact: 0, derived: 0, parameter: 0, step: 0, lost: 0},
    kinds: {},
  },
  resources: [],
  parameters: [],
  steps: [],
  losses: [],
  skipped: [],
  gaps: [],
};

function step(command: readonly StepWord[], more: Partial<ReportStep> = {}): ReportStep {
  const about = {kind: 'thing', id: 't1', label: 'thing', fields: ['*'], title: 'do it'};
  return {when: 'after', ...about, command, ...more};
}

function shelf(service: string, path: string, row: string, things: Record<string, unknown>[] = []): Shelf {
  return {service, path, rows: path.split('/').at(-1)?.replaceAll('-', '_') ?? '', row, things};
}

const standing = {
  resources: new Map([
    ['server_a', 's1'],
    ['group', 'g1'],
    ['port', 'po1'],
  ]),
  parameters: {external_network: 'public', key_name: 'mine'},
  project: 'p1',
};

function run(
  cloud: MemoryCloud,
  steps: readonly ReportStep[],
  more: {isNew?: boolean; report?: Partial<Report>} = {},
) {
  const report = {...emptyReport, ...more.report, steps};
  return stepsOf(cloud.session, {report, clock: fakeClock(), isNew: more.isNew ?? true});
}

const states = (outcomes: readonly StepOutcome[]): readonly string[] => outcomes.map(({state}) => state);

function addressGroups(...things: Record<string, unknown>[]): Shelf {
  return shelf('network', 'address-groups', 'address_group', things);
}

const makeGroup = step(['address', 'group', 'create', '--address', '10.0.0.0/8', 'tmp-1'], {
  when: 'before',
  kind: 'address_group',
});
const renameGroup = step(['address', 'group', 'set', '--name', 'offices', 'tmp-1'], {kind: 'address_group'});

test('a step is carried out once; the next run finds it done', async t => {
  const rules = shelf('network', 'security-group-rules', 'security_group_rule');
  const cloud = memoryCloud([rules, shelf('network', 'security-groups', 'security_group', [{id: 'g1'}])]);
  const words = 'security group rule create --ingress --ethertype IPv4 --protocol tcp --dst-port 22:22'.split(
    ' ',
  );
  const steps = [step([...words, '6f1c6f0e-6a2b-4c58-9f39-0a4d4c7a2f11'])];
  t.deepEqual(states(await run(cloud, steps).run('after', standing)), ['done']);
  t.deepEqual(states(await run(cloud, steps).run('after', standing)), ['already']);
  t.is(rules.things.length, 1);
  t.like(rules.things[0], {direction: 'ingress', protocol: 'tcp', port_range_min: 22, port_range_max: 22});
});

test('what a step before the stack makes is known after it by the same name, and found again under its later one', async t => {
  const groups = addressGroups();
  const rules = shelf('network', 'security-group-rules', 'security_group_rule');
  const cloud = memoryCloud([groups, rules]);
  const rule = step([
    ...'security group rule create --ingress --ethertype IPv4 --remote-address-group tmp-1'.split(' '),
    '6f1c6f0e-6a2b-4c58-9f39-0a4d4c7a2f11',
  ]);
  const steps = [makeGroup, rule, renameGroup];
  const first = run(cloud, steps);
  t.deepEqual(states(await first.run('before', standing)), ['done']);
  t.deepEqual(states(await first.run('after', standing)), ['done', 'done']);
  t.is(groups.things[0]?.['name'], 'offices');
  t.is(rules.things[0]?.['remote_address_group_id'], groups.things[0]?.['id']);
  const again = run(cloud, steps, {isNew: false});
  t.deepEqual(states(await again.run('before', standing)), ['already']);
  t.deepEqual(states(await again.run('after', standing)), ['already', 'already']);
  t.is(groups.things.length, 1);
});

test('an address group of an earlier deployment gets the new addresses', async t => {
  const special = {
    'PUT address-groups/a1/add_addresses': () => ({}),
    'PUT address-groups/a1/remove_addresses': () => ({}),
  };
  const old = {id: 'a1', name: 'tmp-1', description: '', addresses: ['192.0.2.0/24']};
  const cloud = memoryCloud([addressGroups(old)], special);
  t.deepEqual(states(await run(cloud, [makeGroup], {isNew: false}).run('before', standing)), ['done']);
  t.deepEqual(cloud.changes, [
    {
      method: 'PUT',
      path: 'address-groups/a1/add_addresses',
      json: {address_group: {addresses: ['10.0.0.0/8']}},
    },
    {
      method: 'PUT',
      path: 'address-groups/a1/remove_addresses',
      json: {address_group: {addresses: ['192.0.2.0/24']}},
    },
  ]);
});

test('an address group that is somebody else’s is left alone', async t => {
  const cloud = memoryCloud([
    addressGroups({id: 'a1', name: 'tmp-1', description: '', addresses: ['192.0.2.0/24']}),
  ]);
  const [outcome] = await run(cloud, [makeGroup]).run('before', standing);
  t.is(outcome?.state, 'failed');
  t.regex(outcome?.reason ?? '', /another address group/);
  t.deepEqual(cloud.changes, []);
});

test('undo takes back what a stack leaves, and nothing else', async t => {
  const groups = addressGroups(
    {id: 'a1', name: 'tmp-1', description: '', addresses: ['10.0.0.0/8']},
    {id: 'a2', name: 'other', description: '', addresses: []},
  );
  const servers = shelf('compute', 'servers', 'server', [{id: 's1', locked: true, status: 'ACTIVE'}]);
  const unlock = {'POST servers/s1/action': () => Object.assign(servers.things[0] ?? {}, {locked: false})};
  const cloud = memoryCloud([groups, servers], unlock);
  const steps = [
    makeGroup,
    step(['server', 'stop', {resource: 'server_a'}]),
    step(['server', 'lock', {resource: 'server_a'}]),
  ];
  const undoing = run(cloud, steps, {isNew: false});
  t.deepEqual(states(await undoing.undo('after', standing)), ['done']);
  t.deepEqual(states(await undoing.undo('before', standing)), ['done']);
  t.deepEqual(cloud.changes, [
    {method: 'POST', path: 'servers/s1/action', json: {unlock: null}},
    {method: 'DELETE', path: 'address-groups/a1', json: undefined},
  ]);
  t.deepEqual(states(await run(cloud, steps, {isNew: false}).undo('before', standing)), ['already']);
});

test('a server is stopped, and waited for', async t => {
  const servers = shelf('compute', 'servers', 'server', [{id: 's1', status: 'ACTIVE'}]);
  let looks = 0;
  const row = servers.things[0] ?? {};
  const cloud = memoryCloud([servers], {
    'GET servers/s1': () => {
      looks += 1;
      if (looks === 4) row['status'] = 'SHUTOFF';
      return {server: row};
    },
    'POST servers/s1/action': () => undefined,
  });
  const steps = [step(['server', 'stop', {resource: 'server_a'}])];
  t.deepEqual(states(await run(cloud, steps).run('after', standing)), ['done']);
  t.is(looks, 4);
  t.deepEqual(states(await run(cloud, steps).run('after', standing)), ['already']);
});

test('a port is taken off a group only to make the group stateless', async t => {
  const group = {id: 'g1', stateful: true, security_group_rules: []};
  const port = {id: 'po1', security_groups: ['g1', 'g2']};
  const cloud = memoryCloud([
    shelf('network', 'ports', 'port', [port]),
    shelf('network', 'security-groups', 'security_group', [group]),
  ]);
  const of = {resource: 'group'};
  const steps = [
    step(['port', 'unset', '--security-group', of, {resource: 'port'}]),
    step(['security', 'group', 'set', '--stateless', '6f1c6f0e-6a2b-4c58-9f39-0a4d4c7a2f11']),
    step(['port', 'set', '--security-group', of, {resource: 'port'}]),
  ];
  const stateless = shelf('network', 'security-groups', 'security_group', [
    group,
    {id: '6f1c6f0e-6a2b-4c58-9f39-0a4d4c7a2f11', stateful: true},
  ]);
  const both = memoryCloud([shelf('network', 'ports', 'port', [port]), stateless]);
  t.deepEqual(states(await run(both, steps).run('after', standing)), ['done', 'done', 'done']);
  t.deepEqual(port.security_groups.toSorted(), ['g1', 'g2']);
  group.stateful = false;
  t.deepEqual(states(await run(cloud, [steps[0] as ReportStep]).run('after', standing)), ['already']);
});

test('ids that a listing finds are deleted, and none is no work', async t => {
  const rules = shelf('network', 'security-group-rules', 'security_group_rule', [
    {
      id: 'r1',
      security_group_id: '6f1c6f0e-6a2b-4c58-9f39-0a4d4c7a2f11',
      direction: 'egress',
      protocol: '255',
    },
    {
      id: 'r2',
      security_group_id: '6f1c6f0e-6a2b-4c58-9f39-0a4d4c7a2f11',
      direction: 'egress',
      protocol: 'tcp',
    },
  ]);
  const cloud = memoryCloud([rules]);
  const words = 'security group rule list --egress --protocol 255 -f value -c ID'.split(' ');
  const steps = [
    step(['security', 'group', 'rule', 'delete'], {of: [...words, '6f1c6f0e-6a2b-4c58-9f39-0a4d4c7a2f11']}),
  ];
  t.deepEqual(states(await run(cloud, steps).run('after', standing)), ['done']);
  t.deepEqual(
    rules.things.map(({id}) => id),
    ['r2'],
  );
  t.deepEqual(states(await run(cloud, steps).run('after', standing)), ['already']);
});

test('a failed step is told, and the others are carried out', async t => {
  const servers = shelf('compute', 'servers', 'server', [{id: 's1', status: 'SHUTOFF'}]);
  const cloud = memoryCloud([servers]);
  const steps = [
    step(['server', 'stop', 's404']),
    step(['server', 'delete', 's1']),
    step(['server', 'stop', {resource: 'server_a'}]),
    step(['server', 'stop', {resource: 'gone'}]),
  ];
  const outcomes = await run(cloud, steps).run('after', standing);
  t.deepEqual(states(outcomes), ['failed', 'failed', 'already', 'failed']);
  t.regex(outcomes[1]?.reason ?? '', /no command that steps use/);
  t.regex(outcomes[3]?.reason ?? '', /no resource "gone"/);
});

test('a thing that is switched off is passed over; others are given its stand-in, which is left as it is', async t => {
  const policies = shelf('network', 'qos/policies', 'policy', [{id: 'q9', name: 'gold', is_default: false}]);
  const ips = shelf('network', 'floatingips', 'floatingip', [{id: 'f1', qos_policy_id: null}]);
  const cloud = memoryCloud([policies, ips]);
  const made = {
    name: 'qos',
    type: 'OS::Neutron::QoSPolicy',
    kind: 'qos_policy',
    id: 'old',
    label: '',
    condition: 'create_qos',
  };
  const steps = [
    step(['network', 'qos', 'policy', 'set', '--default', {resource: 'qos'}], {
      kind: 'qos_policy',
      id: 'old',
    }),
    step(['floating', 'ip', 'set', '--qos-policy', {resource: 'qos'}, 'f1'], {kind: 'floating_ip', id: 'f'}),
  ];
  t.deepEqual(states(await run(cloud, steps, {report: {resources: [made]}}).run('after', standing)), [
    'nothing-to-do',
    'nothing-to-do',
  ]);
  const stand = {
    name: 'qos_name',
    role: 'optional-name',
    kind: 'qos_policy',
    pair: 'create_qos',
    source: {id: 'old', name: 'gold'},
    value: 'gold',
  } as const;
  const report = {resources: [made], parameters: [stand]};
  const given = {...standing, parameters: {qos_name: 'gold'}};
  t.deepEqual(states(await run(cloud, steps, {report}).run('after', given)), ['nothing-to-do', 'done']);
  t.false(policies.things[0]?.['is_default']);
  t.is(ips.things[0]?.['qos_policy_id'], 'q9');
});

test('an interruption between two steps ends the run', async t => {
  const {session} = memoryCloud([]);
  const signal = AbortSignal.abort();
  const report = {...emptyReport, steps: [step(['server', 'stop', 's1'])]};
  await t.throwsAsync(
    stepsOf(session, {report, clock: fakeClock(), isNew: true, signal}).run('after', standing),
    {
      code: 'aborted',
    },
  );
});
