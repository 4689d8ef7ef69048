/** Which outputs a template has. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {outputNames} from '../../src/emit/outputs.ts';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {render} from '../../src/pipeline/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {samplesFolder} from '../support/replay/sample.ts';

async function outputs(
  sample: string,
  wanted?: readonly string[],
): Promise<Readonly<Record<string, {readonly value: unknown}>> | undefined> {
  const text = await readFile(join(samplesFolder, sample, 'inventory.json'), 'utf8');
  const {bundle} = render(JSON.parse(text) as Inventory, {
    shape: wanted === undefined ? {} : {outputs: wanted},
  });
  const template = bundle.find(({path}) => path === 'template.yaml')?.text ?? '';
  return (parsePyYaml(template) as {outputs?: Readonly<Record<string, {readonly value: unknown}>>}).outputs;
}

test('without a word, what most people look up', async t => {
  const usual = await outputs('web');
  t.deepEqual(Object.keys(usual ?? {}), ['servers', 'floating_ips']);
  t.like(usual?.['servers']?.value, {server_db: {get_attr: ['server_db', 'networks']}}, 'addresses, no ids');
});

test('the kinds that are asked for, in one order, with what one would look up of them', async t => {
  const found = await outputs('web', ['routers', 'ports', 'subnets', 'load_balancers']);
  t.deepEqual(Object.keys(found ?? {}), ['subnets', 'routers', 'ports'], 'none of what there is none of');
  t.deepEqual(found?.['subnets']?.value, {
    subnet_web: {id: {get_resource: 'subnet_web'}, cidr: {get_attr: ['subnet_web', 'cidr']}},
  });
});

test('none, and all', async t => {
  t.is(await outputs('web', ['none']), undefined);
  const all = Object.keys((await outputs('services', ['all'])) ?? {});
  t.true(all.length > 8);
  t.deepEqual(
    outputNames.filter(name => all.includes(name)),
    all,
  );
});

test('an unknown kind, and all beside others, are refused', async t => {
  const unknown = await t.throwsAsync<RekindleError>(outputs('web', ['server']), {instanceOf: RekindleError});
  t.is(unknown?.code, 'usage');
  t.is(unknown?.hint, 'did you mean servers?');
  const both = await t.throwsAsync<RekindleError>(outputs('web', ['all', 'ports']), {
    instanceOf: RekindleError,
  });
  t.is(both?.code, 'usage');
});
