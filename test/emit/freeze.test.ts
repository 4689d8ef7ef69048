/** Parameters that the user wants as literals. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Shape} from '../../src/model/shape.ts';
import {render} from '../../src/pipeline/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {inventoryOf} from '../support/inventory.ts';
import {samplesFolder} from '../support/replay/sample.ts';

type Fields = Readonly<Record<string, unknown>>;

async function sample(name: string): Promise<Inventory> {
  return JSON.parse(await readFile(join(samplesFolder, name, 'inventory.json'), 'utf8')) as Inventory;
}

function made(inventory: Inventory, shape: Shape) {
  const {bundle, report} = render(inventory, {shape});
  const text = bundle.find(({path}) => path === 'template.yaml')?.text ?? '';
  const template = parsePyYaml(text) as {
    readonly parameters: Readonly<Record<string, Fields>>;
    readonly conditions?: Fields;
    readonly resources: Readonly<Record<string, {readonly condition?: string; readonly properties: Fields}>>;
  };
  return {...template, report};
}

function refusal(t: ExecutionContext, inventory: Inventory, ...freeze: readonly string[]): RekindleError {
  const error = t.throws<RekindleError>(() => made(inventory, {freeze}), {instanceOf: RekindleError});
  t.is(error?.code, 'usage');
  return error ?? t.fail('nothing was thrown');
}

test('a class, or one parameter of it, stands in the template by its value', async t => {
  const web = await sample('web');
  const all = made(web, {freeze: ['flavors', 'zones']});
  t.is(all.resources['server_db']?.properties['flavor'], 'm1.medium');
  t.is(all.resources['volume_db_data']?.properties['availability_zone'], 'nova');
  t.false(Object.keys(all.parameters).some(name => /^(?:flavor|volume_zone)_/.test(name)));
  const one = made(web, {freeze: ['flavor_m1_small']});
  t.is(one.resources['server_web_1']?.properties['flavor'], 'm1.small');
  t.deepEqual(one.resources['server_db']?.properties['flavor'], {get_param: 'flavor_m1_medium'});
  t.false(one.report.parameters.some(({name}) => name === 'flavor_m1_small'));
});

test('a frozen key pair is created always, under the name of the source', async t => {
  for (const word of ['keypairs', 'keypair_dana_name', 'create_keypair_dana']) {
    const {resources, parameters, conditions} = made(await sample('web'), {freeze: [word]});
    t.is(resources['keypair_dana']?.properties['name'], 'dana', word);
    t.is(resources['keypair_dana']?.condition, undefined);
    t.deepEqual(resources['server_db']?.properties['key_name'], {get_resource: 'keypair_dana'});
    t.is(conditions, undefined);
    t.false(Object.keys(parameters).some(name => name.includes('keypair')));
  }
});

test('of a class that is parameters on request one may be frozen', async t => {
  const {resources, parameters} = made(await sample('web'), {
    parameterize: ['sizes'],
    freeze: ['size_db_data'],
  });
  t.is(resources['volume_db_data']?.properties['size'], 20);
  t.deepEqual(resources['volume_db_boot']?.properties['size'], {get_param: 'size_db_boot'});
  t.is(parameters['size_db_data'], undefined);
});

test('what has no value of the source that may stand in a template is refused by name', async t => {
  const services = await sample('services');
  const {report} = render(services);
  const secret = report.parameters.find(({role}) => role === 'secret');
  t.regex(refusal(t, services, secret?.name ?? '').message, /is a secret/);
  const hard = await sample('hard');
  const group = render(hard).report.parameters.find(({role}) => role === 'default-group');
  t.regex(refusal(t, hard, group?.name ?? '').message, /deploy looks up/);
});

test('two images of one name are known by their ids only, and no id comes into a template', t => {
  const id = '11111111-2222-3333-4444-555555555555';
  const volume = {
    id: 'v1',
    name: 'boot',
    size: 1,
    status: 'available',
    description: null,
    volume_type: null,
    availability_zone: null,
    bootable: 'true',
    snapshot_id: null,
    source_volid: null,
    metadata: {},
    attachments: [],
    volume_image_metadata: {image_id: id, image_name: 'debian'},
  };
  const image = [
    {id, name: 'debian'},
    {id: 'i2', name: 'debian'},
  ];
  const rows = inventoryOf({volume: [volume], image});
  t.regex(refusal(t, rows, 'images').message, /image_debian can't be frozen: only the id/);
  t.regex(refusal(t, rows, 'image_debian').message, /only the id/);
});

test('an unknown word gets its near miss; a class that this project has nothing of is none', async t => {
  const web = await sample('web');
  t.is(refusal(t, web, 'flavours').hint, 'did you mean flavors?');
  t.is(refusal(t, web, 'flavor_m1_smal').hint, 'did you mean flavor_m1_small?');
  t.notThrows(() => made(web, {freeze: ['share_types']}));
});
