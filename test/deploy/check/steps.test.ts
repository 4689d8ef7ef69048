import test from 'ava';
import {checkSteps} from '../../../src/deploy/check/steps.ts';
import {targetOf} from '../../../src/deploy/check/target.ts';
import type {Report, ReportStep, StepWord} from '../../../src/model/bundle.ts';
import {fakeCloud, type Replies} from '../../support/fake-cloud.ts';

function reportOf(...commands: readonly string[]): Report {
  const steps = commands.map((command): ReportStep => ({
    when: 'after',
    title: command.split(' ').slice(0, 2).join(' '),
    kind: 'x',
    id: '1',
    label: 'x',
    fields: ['*'],
    command: command.split(' '),
  }));
  return {steps} as unknown as Report;
}

function extensions(...aliases: readonly string[]): Replies {
  return {'GET network extensions': {body: {extensions: aliases.map(alias => ({alias}))}}};
}

const groups = ['address group create a', 'address group set --name b a'];

test('steps whose extension the target has are no matter', async t => {
  const {session} = fakeCloud(extensions('address-group'));
  t.deepEqual(await checkSteps(reportOf(...groups), targetOf(session, undefined)), []);
});

test('one warning for all steps that need the same missing extension', async t => {
  const {session} = fakeCloud(extensions('qos'));
  const [finding, ...others] = await checkSteps(reportOf(...groups), targetOf(session, undefined));
  t.is(others.length, 0);
  t.is(finding?.severity, 'warning');
  t.regex(finding?.what ?? '', /no extension address-group, and 2 steps will fail/);
  t.regex(finding?.hint ?? '', /--no-steps/);
});

test('a missing service is named; a target that lists no extensions is trusted', async t => {
  const {session} = fakeCloud({}, {without: ['alarm']});
  const target = targetOf(session, undefined);
  const [finding] = await checkSteps(reportOf('alarm update --name=a 1', ...groups), target);
  t.regex(finding?.what ?? '', /no alarm service, and 1 step will fail/);
});

test('a step of a newer version is named', async t => {
  const {session} = fakeCloud(extensions());
  const [finding] = await checkSteps(reportOf('teapot brew'), targetOf(session, undefined));
  t.regex(finding?.what ?? '', /no command that this version/);
});

test('no steps, no questions', async t => {
  const {session, asked} = fakeCloud({});
  t.deepEqual(await checkSteps(reportOf(), targetOf(session, undefined)), []);
  t.deepEqual(asked, []);
});

const secure = 'loadbalancer listener set --wait --hsts-max-age=60 l1';

function versions(...ids: readonly string[]): Replies {
  return {'GET load-balancer ../': {body: {versions: ids.map(id => ({id, status: 'SUPPORTED'}))}}};
}

test('an option that only a newer version of the service takes is named before the deployment', async t => {
  const {session} = fakeCloud({...extensions(), ...versions('v2.0', 'v2.26', 'v2.9')});
  const plain = 'loadbalancer listener set --wait --tag=a l1';
  const [finding, ...others] = await checkSteps(
    reportOf(plain, secure, secure),
    targetOf(session, undefined),
  );
  t.is(others.length, 0);
  t.is(finding?.severity, 'warning');
  t.regex(
    finding?.what ?? '',
    /load-balancer service there is of version 2\.26, older than 2\.27, and 2 steps will fail/,
  );
});

test('a service of that version, or one that does not tell its own, is trusted', async t => {
  for (const replies of [versions('v2.0', 'v2.27'), {'GET load-balancer ../': {body: {}}}]) {
    const {session} = fakeCloud({...extensions(), ...replies});
    t.deepEqual(await checkSteps(reportOf(secure), targetOf(session, undefined)), []);
  }
});

test('a name that a newer Neutron refuses is named before the deployment', async t => {
  const odd = {
    steps: [{...reportOf('x').steps[0], command: ['address', 'group', 'set', '--name', 'a\tb', 'g']}],
  };
  const found = async (...aliases: readonly string[]): Promise<readonly string[]> => {
    const {session} = fakeCloud(extensions('address-group', ...aliases));
    const target = targetOf(session, undefined);
    const findings = await Promise.all(
      [odd as unknown as Report, reportOf(...groups)].map(async report => checkSteps(report, target)),
    );
    return findings.flat().map(({what}) => what);
  };
  t.deepEqual(await found(), []);
  t.deepEqual(await found('security-groups-default-statefulness'), [
    'the network service there takes printable names only, and 1 step will fail: x',
  ]);
});

function dns(...ids: readonly string[]): Replies {
  return {
    ...extensions(),
    'GET dns ../': {body: {versions: ids.map(id => ({id, status: 'SUPPORTED'}))}},
  };
}

test('a value that only a newer version of the service takes is named, and no other of that option', async t => {
  const zone = {resource: 'zone_example'};
  const step = (record: StepWord): ReportStep => ({
    when: 'after',
    title: 'make the NAPTR records of naptr.example.',
    kind: 'recordset',
    id: '1',
    label: 'naptr.example.',
    fields: ['*'],
    command: ['recordset', 'create', '--type', 'NAPTR', '--record', record, '--', zone, 'naptr.example.'],
  });
  const found = async (record: StepWord, ...ids: readonly string[]): Promise<readonly string[]> => {
    const {session} = fakeCloud(dns(...ids));
    const report = {steps: [step(record)]} as unknown as Report;
    return (await checkSteps(report, targetOf(session, undefined))).map(({what}) => what);
  };
  const empty = {joined: ['10 20 S SIP+D2U "" _sip._udp.', zone]};
  t.deepEqual(await found(empty, 'v2', 'v2.0'), [
    'the dns service there is of version 2.0, older than 2.1, and 1 step will fail: make the NAPTR records of naptr.example.',
  ]);
  t.deepEqual(await found(empty, 'v2', 'v2.0', 'v2.1'), []);
  t.deepEqual(await found('10 20 S SIP+D2U !^.*$!sip:a@b.c! .', 'v2', 'v2.0'), []);
});
