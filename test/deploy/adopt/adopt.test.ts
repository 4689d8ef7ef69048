/** Everything that stands in the way of an adoption, in one list, with the way on. */
import test from 'ava';
import {checkAdoption, refuseAdoption} from '../../../src/deploy/index.ts';
import {RekindleError} from '../../../src/model/errors.ts';
import {bundleFrom, presentFrom, rows} from '../../support/adoption.ts';
import {type Asked, fakeCloud, type Replies} from '../../support/fake-cloud.ts';
import {stackId, stackRow} from '../../support/stack.ts';

/** The network is a stack's already. */
const owned = {
  ...rows,
  stack: [{id: stackId, stack_name: 'web', stack_status: 'ADOPT_FAILED', project: 'p1'}],
  stack_resource: [
    {
      id: 'k1:net',
      stack_id: stackId,
      resource_name: 'net',
      resource_type: 'OS::Neutron::Net',
      physical_resource_id: 'n1',
    },
  ],
};

async function checked(status: string, policy: string | undefined, from: typeof rows = owned) {
  const replies: Replies = {
    'GET orchestration stacks': ({options}: Asked) => ({
      body: {stacks: options.query?.['name'] === 'web' ? [stackRow(status)] : []},
    }),
    [`GET orchestration stacks/web/${stackId}/template`]: {
      body: {resources: {net: {type: 'OS::Neutron::Net', deletion_policy: policy}}},
    },
    'GET compute os-keypairs': {body: {keypairs: [{keypair: rows.keypair[0]}]}},
  };
  const {session, asked} = fakeCloud(replies);
  const check = await checkAdoption(session, bundleFrom(), presentFrom(from), {stack: 'web'});
  return {check, asked, errors: check.findings.filter(({severity}) => severity === 'error')};
}

test('what a failed adoption of ours left is to be removed, once it is seen to keep everything', async t => {
  const {errors, asked} = await checked('ADOPT_FAILED', 'Retain');
  t.is(errors.length, 1);
  t.is(errors[0]?.what, 'the stack "web" (ADOPT_FAILED) has these already: network_web');
  t.regex(errors[0]?.hint ?? '', new RegExp(`it keeps everything it names: remove it .*${stackId}`));
  t.true(asked.every(({method}) => method === 'GET'));
});

test('a failed stack that would delete what it has is never to be removed', async t => {
  for (const policy of ['Delete', undefined]) {
    const {errors} = await checked('ADOPT_FAILED', policy);
    t.regex(errors[0]?.hint ?? '', /^deleting it would delete them/);
  }
});

test('a stack that is well keeps what it has: the way on is a snapshot without it', async t => {
  const {errors} = await checked('CREATE_COMPLETE', 'Retain');
  t.is(errors[0]?.hint, 'take a new snapshot with --stacks skip, and adopt that');
});

test('a name that is taken stands in the way, also where that stack has nothing of the bundle', async t => {
  const {errors} = await checked('CREATE_COMPLETE', 'Retain', rows);
  t.deepEqual(
    errors.map(({where, what}) => [where, what]),
    [['stack', 'there is already a stack "web" (CREATE_COMPLETE)']],
  );
});

test('a failed adoption that had taken nothing yet is to be removed as well', async t => {
  const {errors} = await checked('ADOPT_FAILED', 'Retain', rows);
  t.is(errors[0]?.what, 'there is already a stack "web" (ADOPT_FAILED)');
  t.regex(errors[0]?.hint ?? '', /it keeps everything it names: remove it/);
});

test("the user's own key pair is not made: parameters are those that a deployment would choose", async t => {
  const {check} = await checked('CREATE_COMPLETE', 'Retain', rows);
  t.is(check.parameters['create_keypair_laptop'], false);
  t.false(check.adopted.some(({kind}) => kind === 'keypair'));
});

test('everything in the way is one error', async t => {
  const {check} = await checked('ADOPT_FAILED', 'Retain');
  const error = t.throws(() => refuseAdoption(check, 'web'), {instanceOf: RekindleError});
  t.is(error?.code, 'not-deployable');
  t.regex(error?.message ?? '', /can't be adopted in the project "web": one problem\n {2}stack: /);
  t.notThrows(() => refuseAdoption({...check, findings: []}, 'web'));
});
