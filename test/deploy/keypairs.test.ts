import test from 'ava';
import {preflight} from '../../src/deploy/preflight.ts';
import type {ReportParameter} from '../../src/model/bundle.ts';
import {fakeCloud} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter} from '../support/stack.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEimLGhRQesTeO8xXrTRHXUC8r8K29n5R1TZS6P3OrzS';
/** Nova's fingerprint of that key. */
const fingerprint = '0a:9c:90:9c:4b:7d:4d:99:de:6a:25:b4:f7:ed:f8:5d';

const parameters: readonly ReportParameter[] = [
  {...parameter('keypair_ops_name', 'keypair', 'ops'), role: 'optional-name', pair: 'create_keypair_ops'},
  {...parameter('create_keypair_ops', 'keypair', true), role: 'optional-switch', pair: 'keypair_ops_name'},
];

async function checked(
  theirs: readonly object[],
  given: Readonly<Record<string, unknown>> = {},
  edited: Readonly<Record<string, unknown>> = {},
  prefix?: string,
) {
  const name = {get_param: 'keypair_ops_name'};
  const before: ReportParameter = {...parameter('name_prefix', 'keypair', prefix ?? ''), role: 'name-prefix'};
  const bundle = bundleOf(prefix === undefined ? parameters : [...parameters, before], {
    keypair_ops: {
      type: 'OS::Nova::KeyPair',
      condition: 'create_keypair_ops',
      properties: {
        name: prefix === undefined ? name : {list_join: ['', [{get_param: 'name_prefix'}, name]]},
        public_key: `${key} alice@laptop`,
      },
    },
  });
  const {session} = fakeCloud({
    ...heatReplies({'OS::Nova::KeyPair': ['name', 'public_key']}),
    'GET compute limits': {body: {limits: {absolute: {}}}},
    'GET compute os-keypairs': {body: {keypairs: theirs.map(keypair => ({keypair}))}},
  });
  const conditions = {create_keypair_ops: {equals: [{get_param: 'create_keypair_ops'}, true]}};
  const template = {...bundle.template, conditions};
  return await preflight(
    session,
    {...bundle, template, parameters: {...bundle.parameters, ...edited}},
    {stack: 'web', parameters: given},
  );
}

test('a key pair that the user lacks is created', async t => {
  const {parameters, findings} = await checked([]);
  t.deepEqual(findings, []);
  t.is(parameters['create_keypair_ops'], true);
});

test('the same key under the same name is used, whatever its comment', async t => {
  const {parameters, findings} = await checked([{name: 'ops', public_key: `${key} other\n`, fingerprint}]);
  t.deepEqual(findings, []);
  t.is(parameters['create_keypair_ops'], false);
});

test('without the key its fingerprint tells', async t => {
  t.is((await checked([{name: 'ops', fingerprint}])).parameters['create_keypair_ops'], false);
});

test('another key under that name is an error, with both ways out', async t => {
  const {findings} = await checked([{name: 'ops', public_key: 'ssh-ed25519 OTHER', fingerprint: 'aa'}]);
  t.is(findings[0]?.what, 'you have a key pair "ops" with another key in the target');
  t.regex(findings[0]?.hint ?? '', /-P keypair_ops_name=NAME; or use yours: -P create_keypair_ops=false/);
});

test("the user's own switch is obeyed", async t => {
  const other = {name: 'ops', public_key: 'ssh-ed25519 OTHER', fingerprint: 'aa'};
  const {parameters, findings} = await checked([other], {create_keypair_ops: 'false'});
  t.deepEqual(findings, []);
  t.is(parameters['create_keypair_ops'], 'false');
});

test('a switch that was edited in the environment is obeyed too', async t => {
  const other = {name: 'ops', public_key: 'ssh-ed25519 OTHER', fingerprint: 'aa'};
  const {parameters, findings} = await checked([other], {}, {create_keypair_ops: false});
  t.deepEqual(findings, []);
  t.is(parameters['create_keypair_ops'], false);
});

test('switched off without such a key pair is an error, switched on with one too', async t => {
  t.regex(
    (await checked([], {create_keypair_ops: false})).findings[0]?.what ?? '',
    /you have no key pair "ops"/,
  );
  const same = {name: 'ops', public_key: key, fingerprint};
  t.regex((await checked([same], {create_keypair_ops: true})).findings[0]?.what ?? '', /already/);
});

test('another name avoids the clash', async t => {
  const other = {name: 'ops', public_key: 'ssh-ed25519 OTHER', fingerprint: 'aa'};
  const {parameters, findings} = await checked([other], {keypair_ops_name: 'ops2'});
  t.deepEqual(findings, []);
  t.is(parameters['create_keypair_ops'], true);
});

test('with something before its name it is created beside another of the plain name', async t => {
  const other = {name: 'ops', public_key: 'ssh-ed25519 OTHER', fingerprint: 'aa'};
  const {parameters: values, findings} = await checked([other], {}, {}, 'dev-');
  t.deepEqual(findings, []);
  t.is(values['create_keypair_ops'], true);
  const same = {name: 'ops', public_key: key, fingerprint};
  t.is((await checked([same], {}, {}, 'dev-')).parameters['create_keypair_ops'], false, 'the same is used');
  const forced = await checked([same], {create_keypair_ops: true}, {}, 'dev-');
  t.deepEqual(forced.findings, []);
  t.is(forced.parameters['create_keypair_ops'], true);
});

test('the name that it would get is looked up too', async t => {
  const same = {name: 'dev-ops', public_key: key, fingerprint};
  const used = await checked([same], {}, {}, 'dev-');
  t.deepEqual(used.findings, []);
  t.like(used.parameters, {create_keypair_ops: false, keypair_ops_name: 'dev-ops'});
  const other = {name: 'dev-ops', public_key: 'ssh-ed25519 OTHER', fingerprint: 'aa'};
  const {findings} = await checked([other], {}, {}, 'dev-');
  t.is(findings[0]?.what, 'you have a key pair "dev-ops" in the target already');
  t.deepEqual((await checked([other], {}, {}, 'test-')).findings, []);
});
