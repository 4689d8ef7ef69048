import test from 'ava';
import {preflight} from '../../src/deploy/preflight.ts';
import type {ReportParameter} from '../../src/model/bundle.ts';
import {fakeCloud} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter} from '../support/stack.ts';

const secret: ReportParameter = {...parameter('psk_of_north', 'tunnel', ''), role: 'secret'};
const wanted: ReportParameter = {...parameter('create_north', 'tunnel', true), role: 'optional-switch'};
const psk = {get_param: 'psk_of_north'};

async function checked(
  properties: object,
  given: Readonly<Record<string, unknown>> = {},
  condition?: string,
) {
  const bundle = bundleOf(
    [secret, wanted],
    {north: {type: 'OS::Test::Tunnel', ...(condition === undefined ? {} : {condition}), properties}},
    {conditions: {create_north: {equals: [{get_param: 'create_north'}, true]}}},
  );
  const {session, asked} = fakeCloud(heatReplies({'OS::Test::Tunnel': ['psk', 'peers']}));
  const loaded = {...bundle, parameters: {...bundle.parameters, ...given}};
  return {...(await preflight(session, loaded, {stack: 'web'})), asked};
}

test('an empty secret of something that is made is a problem', async t => {
  for (const value of ['', null, undefined]) {
    const {findings} = await checked({psk}, {psk_of_north: value});
    t.deepEqual(
      findings.filter(({what}) => what.includes('secret')),
      [
        {
          severity: 'error',
          where: 'parameter psk_of_north',
          what: 'is a secret without a value, which north needs',
          hint: 'fill it in secrets.yaml',
        },
      ],
    );
  }
});

test('it is found wherever it is used', async t => {
  for (const properties of [
    {psk: {list_join: ['', ['x', psk]]}},
    {psk: {if: ['create_north', psk, '']}},
    {peers: [{key: {deep: [psk]}}]},
  ])
    t.is((await checked(properties)).findings.length, 1, JSON.stringify(properties));
});

test('a secret with a value is none, also one that YAML took for a number', async t => {
  for (const value of ['s3cret', 12345])
    t.deepEqual((await checked({psk}, {psk_of_north: value})).findings, []);
});

test('an empty secret of something that is switched off, or of nothing, is none', async t => {
  const off = await checked({psk}, {create_north: false}, 'create_north');
  t.deepEqual(off.findings, []);
  t.deepEqual((await checked({psk: 'literal'})).findings, []);
  t.is((await checked({psk}, {create_north: 'True'}, 'create_north')).findings.length, 1);
});

test('no finding shows a secret', async t => {
  const {findings} = await checked({nonsense: psk, psk}, {psk_of_north: 's3cret', psk_of_nort: 's3cret'});
  t.true(findings.length > 0);
  t.notRegex(JSON.stringify(findings), /s3cret/);
});
