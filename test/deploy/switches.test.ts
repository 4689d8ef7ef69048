/** What only an admin may build: made by one, found in the target by everybody else. */
import test from 'ava';
import {preflight} from '../../src/deploy/preflight.ts';
import type {ReportParameter} from '../../src/model/bundle.ts';
import {fakeCloud, type Answering} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter} from '../support/stack.ts';

const switches: readonly ReportParameter[] = [
  {...parameter('policy_gold_name', 'qos_policy', 'gold'), role: 'optional-name', pair: 'create_policy_gold'},
  {...parameter('create_policy_gold', 'qos_policy', true), role: 'optional-switch', pair: 'policy_gold_name'},
];

interface Given {
  readonly roles?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly edited?: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly ReportParameter[];
}

async function checked(there: readonly object[] | Answering, given: Given = {}) {
  const {roles = ['member'], options = {}, edited = {}, parameters = switches} = given;
  const bundle = bundleOf(
    parameters,
    {
      policy: {
        type: 'OS::Neutron::QoSPolicy',
        condition: 'create_policy_gold',
        properties: {name: {get_param: 'policy_gold_name'}},
      },
      port: {
        type: 'OS::Neutron::Port',
        properties: {
          qos_policy: {
            if: ['create_policy_gold', {get_resource: 'policy'}, {get_param: 'policy_gold_name'}],
          },
        },
      },
    },
    {conditions: {create_policy_gold: {equals: [{get_param: 'create_policy_gold'}, true]}}},
  );
  const answer = Array.isArray(there) ? {body: {policies: there}} : (there as Answering);
  const {session} = fakeCloud(
    {
      ...heatReplies({'OS::Neutron::QoSPolicy': ['name'], 'OS::Neutron::Port': ['qos_policy']}),
      'GET network qos/policies': answer,
      'GET network quotas/p1/details': {body: {quota: {}}},
    },
    {roles},
  );
  const result = await preflight(
    session,
    {...bundle, parameters: {...bundle.parameters, ...edited}},
    {stack: 'web', parameters: options},
  );
  const {findings} = result;
  return {
    on: result.parameters['create_policy_gold'],
    name: result.parameters['policy_gold_name'],
    problems: findings.filter(({severity}) => severity === 'error'),
    findings,
  };
}

const gold = {id: 'q1', name: 'gold', project_id: 'p1'};
const admin = {roles: ['admin', 'member']};

test('a member without it is told once, with what to do', async t => {
  const {problems, on} = await checked([{...gold, name: 'silver'}]);
  t.is(on, false);
  t.deepEqual(problems, [
    {
      severity: 'error',
      where: 'parameter policy_gold_name',
      what: 'the target has no QoS policy "gold", and only an admin may create one',
      hint: 'name one that is there: -P policy_gold_name=NAME-OR-ID; or, as an admin: -P create_policy_gold=true',
    },
  ]);
});

test('a member uses the one that is there, without a word', async t => {
  for (const [there, options] of [
    [[gold], {}],
    [[gold], {policy_gold_name: 'q1'}],
    [[{...gold, name: 'silver'}], {policy_gold_name: 'silver'}],
  ] as const) {
    const {findings, on} = await checked(there, {options});
    t.deepEqual(findings, []);
    t.is(on, false);
  }
});

test('an admin makes it where it is not, and uses it where it is', async t => {
  const made = await checked([], admin);
  t.deepEqual(made.findings, []);
  t.is(made.on, true);
  const used = await checked([gold], admin);
  t.deepEqual(used.findings, []);
  t.is(used.on, false);
});

test('what was chosen stays, by an option or in the environment', async t => {
  const made = await checked([gold], {options: {create_policy_gold: 'true'}});
  t.deepEqual(made.findings, []);
  t.is(made.on, 'true');
  for (const choice of [{options: {create_policy_gold: 'no'}}, {edited: {create_policy_gold: false}}]) {
    const off = await checked([gold], {...admin, ...choice});
    t.deepEqual(off.findings, []);
    t.not(off.on, true);
    const missing = await checked([], {...admin, ...choice});
    t.is(missing.problems.length, 1);
    t.regex(missing.problems[0]?.what ?? '', /has no QoS policy "gold", and create_policy_gold is false/);
  }
});

test('of several with the name the source’s own is used, or one must be chosen', async t => {
  const twins = [gold, {...gold, id: 'q2'}];
  const unclear = await checked(twins);
  t.like(unclear.problems, [
    {
      where: 'parameter policy_gold_name',
      what: 'the target has 2 QoS policies named "gold"',
      hint: 'choose one by its id: -P policy_gold_name=ID with one of q1, q2',
    },
  ]);
  const own = await checked([...twins, {...gold, id: 'source-id'}]);
  t.deepEqual(own.findings, []);
  t.is(own.name, 'source-id');
  t.is(own.on, false);
});

test('an admin does not take another project’s for it, unless that one is shared', async t => {
  const theirs = {...gold, project_id: 'p9'};
  t.is((await checked([theirs], admin)).on, true);
  const shared = await checked([theirs, {...theirs, id: 'q7', shared: true}], admin);
  t.is(shared.on, false);
  t.is(shared.name, 'q7', 'by its id, since the name is that of two');
  t.is((await checked([{...theirs, shared: true}, gold])).name, 'q1');
});

test('where policies can not be listed nothing is decided, and that is said', async t => {
  const {findings, on} = await checked({status: 403});
  t.is(on, true);
  t.like(findings, [{severity: 'warning', where: 'parameter create_policy_gold'}]);
});

test('a thing without a name is not found in another one without', async t => {
  const {problems} = await checked([{id: 'q5', name: ''}], {options: {policy_gold_name: ''}});
  t.is(problems.length, 1);
});

test('a switch without a name, and one of an unknown kind, are left as they are', async t => {
  const probe = {...parameter('create_probe', 'probe', false), role: 'optional-switch' as const};
  const odd = {...probe, name: 'create_odd', pair: 'odd_name'};
  const pair = {...probe, name: 'odd_name', value: 'odd', role: 'optional-name' as const, pair: 'create_odd'};
  const {findings} = await checked([gold], {parameters: [...switches, probe, odd, pair]});
  t.deepEqual(findings, []);
});
