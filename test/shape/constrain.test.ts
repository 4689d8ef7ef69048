/** Parameters for outside things that take what the source uses, on request. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Shape} from '../../src/model/shape.ts';
import {render} from '../../src/pipeline/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {samplesFolder} from '../support/replay/sample.ts';

interface Parameter {
  readonly default?: unknown;
  readonly constraints?: readonly Readonly<Record<string, unknown>>[];
}

async function parameters(sample: string, shape: Shape): Promise<Readonly<Record<string, Parameter>>> {
  const text = await readFile(join(samplesFolder, sample, 'inventory.json'), 'utf8');
  const {bundle} = render(JSON.parse(text) as Inventory, {shape});
  const template = bundle.find(({path}) => path === 'template.yaml')?.text ?? '';
  return (parsePyYaml(template) as {parameters: Readonly<Record<string, Parameter>>}).parameters;
}

function allowed({constraints = []}: Parameter): unknown {
  return constraints.find(one => 'allowed_values' in one)?.['allowed_values'];
}

test('unless it is asked for, any name will do: other clouds have others', async t => {
  for (const one of Object.values(await parameters('web', {}))) t.is(allowed(one), undefined);
});

test('of a kind those that the project uses, with what the parameter had before', async t => {
  const {
    flavor_m1_small: flavor,
    external_network_public: network,
    keypair_dana_name: key,
  } = await parameters('web', {constrain: 'source'});
  t.deepEqual(flavor?.constraints, [
    {custom_constraint: 'nova.flavor'},
    {allowed_values: ['m1.medium', 'm1.small']},
  ]);
  t.deepEqual(network && allowed(network), ['public'], 'external networks among themselves');
  t.is(key && allowed(key), undefined);
});

test('every default is allowed, and no parameter without one is bound', async t => {
  for (const sample of ['services', 'hard']) {
    for (const [name, one] of Object.entries(await parameters(sample, {constrain: 'source'}))) {
      const values = allowed(one);
      if (values !== undefined) t.true((values as readonly unknown[]).includes(one.default), name);
    }
  }
});
