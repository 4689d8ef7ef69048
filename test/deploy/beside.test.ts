import test from 'ava';
import {deploy, type DeployOptions} from '../../src/deploy/deploy.ts';
import type {StepOutcome} from '../../src/deploy/index.ts';
import type {LoadedBundle, ReportStep, StepWord} from '../../src/model/bundle.ts';
import {failure, fakeClock, fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, stackId} from '../support/stack.ts';

function step(when: ReportStep['when'], ...command: StepWord[]): ReportStep {
  return {when, title: `${when} the stack`, kind: 'thing', id: 't1', label: 'thing', fields: ['*'], command};
}

const plain = bundleOf([], {net: {type: 'OS::Neutron::Net', properties: {name: 'web'}}});
const steps = [
  step('before', 'address', 'group', 'create', 'offices'),
  step('after', 'network', 'qos', 'policy', 'set', '--default', {resource: 'net'}),
];
const bundle: LoadedBundle = {...plain, report: {...plain.report, steps}};

const replies: Replies = {
  ...heatReplies({'OS::Neutron::Net': ['name']}),
  'GET network quotas/p1/details': {body: {quota: {}}},
  [`GET orchestration stacks/web/${stackId}/resources`]: {
    body: {resources: [{resource_name: 'net', physical_resource_id: 'net-id'}]},
  },
  'GET network address-groups': {body: {address_groups: []}},
  'POST network address-groups': {body: {address_group: {id: 'a1'}}},
  'GET network qos/policies/net-id': {body: {policy: {is_default: false}}},
  'PUT network qos/policies/net-id': {body: {}},
};

function deployed(more: Replies = {}, options: Partial<DeployOptions> = {}) {
  const {session, asked} = fakeCloud({...replies, ...more});
  const changes = (): readonly string[] =>
    asked
      .filter(({method, path}) => method !== 'GET' && !path.endsWith('preview'))
      .map(({method, path}) => `${method} ${path}`);
  const seen: StepOutcome[] = [];
  const onStep = (outcome: StepOutcome): void => {
    seen.push(outcome);
  };
  const result = deploy(session, bundle, {stack: 'web', clock: fakeClock(), onStep, ...options});
  return {result, changes, seen};
}

test('steps stand around the stack, and know its resources by their logical names', async t => {
  const {result, changes, seen} = deployed();
  const {steps: outcomes} = await result;
  t.deepEqual(changes(), ['POST address-groups', 'POST stacks', 'PUT qos/policies/net-id']);
  t.deepEqual(
    outcomes.map(({state}) => state),
    ['done', 'done'],
  );
  t.deepEqual(seen, [...outcomes]);
});

test('a step before the stack that fails is the end, with its reason', async t => {
  const {result, changes} = deployed({'POST network address-groups': failure(403, 'not for you')});
  const error = await t.throwsAsync(result, {code: 'stack-failed'});
  t.regex(error.message, /A step before the stack failed:\n {2}before the stack \("thing"\): not for you/);
  t.false(changes().includes('POST stacks'));
});

test('a step after the stack that fails leaves the stack, and is told', async t => {
  const {result} = deployed({'PUT network qos/policies/net-id': failure(403, 'not for you')});
  const {status, steps: outcomes} = await result;
  t.is(status, 'CREATE_COMPLETE');
  t.like(outcomes[1], {state: 'failed', reason: 'not for you'});
});

test('without steps there is the stack alone', async t => {
  const {result, changes} = deployed({}, {steps: false});
  t.deepEqual((await result).steps, []);
  t.deepEqual(changes(), ['POST stacks']);
});
