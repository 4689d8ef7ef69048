import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {inventoryOf} from '../../support/inventory.ts';
import {stage} from './stage.ts';

const hot = `heat_template_version: 2018-08-31
parameters:
  label: {type: string}
resources:
  inner: {type: parts/inner.yaml, properties: {text: {get_file: hello.txt}}}
`;

async function withTemplate(dir: string): Promise<void> {
  await mkdir(join(dir, 'parts'));
  await writeFile(join(dir, 'web.yaml'), hot);
  await writeFile(join(dir, 'hello.txt'), 'hello');
  await writeFile(join(dir, 'parts/inner.yaml'), 'heat_template_version: 2018-08-31\nresources: {}\n');
  await writeFile(join(dir, 'env.yaml'), 'parameters: {label: two}\n');
}

function sent(asked: readonly string[], what: string): Record<string, unknown> {
  const line = asked.find(one => one.startsWith(`POST ${what} `)) ?? '';
  return JSON.parse(line.slice(`POST ${what} `.length)) as Record<string, unknown>;
}

test('validate: a file, with what it names beside itself, and its parameters', async t => {
  const {dir, stack, asked} = await stage(t);
  await withTemplate(dir);
  const {code, stdout, stderr} = await stack(['validate', 'web.yaml', '-e', 'env.yaml']);
  t.is(code, 0, stderr);
  t.regex(stdout, /^\| label +\| String \| two +\| A word +\|$/m);
  t.regex(stdout, /^\| secret +\| String \| \*{6} +\|/m);
  t.like(sent(asked, 'validate'), {
    files: {'hello.txt': 'hello', 'parts/inner.yaml': 'heat_template_version: 2018-08-31\nresources: {}\n'},
    environment: {parameters: {label: 'two'}},
  });
});

test('validate: no form of the answer shows a hidden value', async t => {
  const {dir, stack} = await stage(t);
  await withTemplate(dir);
  for (const format of ['json', 'yaml', 'table', 'csv'])
    t.notRegex((await stack(['validate', 'web.yaml', '-f', format])).stdout, /hush/);
});

test('validate: what Heat refuses is exit code 4', async t => {
  const {dir, stack} = await stage(t, {refused: {status: 400, message: 'no such type'}});
  await withTemplate(dir);
  for (const command of ['validate', 'preview']) {
    const {code, stdout, stderr} = await stack([command, 'web.yaml']);
    t.is(code, 4);
    t.is(stdout, '');
    t.regex(stderr, /no such type/);
  }
});

test('validate: Heat answers 500 to a circle', async t => {
  const {dir, stack} = await stage(t, {refused: {status: 500, message: 'Internal Error'}});
  await withTemplate(dir);
  const {code, stderr} = await stack(['validate', 'web.yaml', '--http-timeout', '5']);
  t.is(code, 1);
  t.regex(stderr, /depend on each other in a circle/);
});

test('validate: a file that is no template', async t => {
  const {dir, stack} = await stage(t);
  await writeFile(join(dir, 'bad.yaml'), 'a: [1,\n');
  const bad = await stack(['validate', 'bad.yaml']);
  t.is(bad.code, 2);
  t.regex(bad.stderr, /bad\.yaml is not YAML/);
  t.notRegex(bad.stderr, /snapshot/);
  t.is((await stack(['validate', 'none.yaml'])).code, 2);
  await writeFile(
    join(dir, 'out.yaml'),
    'resources: {a: {type: X, properties: {b: {get_file: ../secret}}}}\n',
  );
  t.is((await stack(['validate', 'out.yaml'])).code, 2, 'nothing outside its folder is read');
});

test('preview: what Heat would make, nested stacks too, without their properties', async t => {
  const {dir, stack, asked} = await stage(t);
  await withTemplate(dir);
  const {code, stdout, stderr} = await stack(['preview', 'web.yaml', '-P', 'label=x', '-f', 'json']);
  t.is(code, 0, stderr);
  t.deepEqual(JSON.parse(stdout), [
    {resource_name: 'group.0', resource_type: 'OS::Cinder::Volume', required_by: ''},
    {resource_name: 'net', resource_type: 'OS::Neutron::Net', required_by: 'group'},
  ]);
  t.like(sent(asked, 'stacks/preview'), {
    stack_name: 'stack-preview',
    environment: {parameters: {label: 'x'}},
  });
});

test('preview and validate take a bundle', async t => {
  const {dir, run, stack, asked} = await stage(t);
  const group = {id: 'g1', name: 'group', policy: 'affinity', rules: {}, members: [], metadata: {}};
  const inventory = inventoryOf({server_group: [{...group, project_id: 'p1', user_id: 'u1'}]});
  await writeFile(join(dir, 'inventory.json'), JSON.stringify(inventory));
  t.is((await run(['render', 'inventory.json', 'out'])).code, 0);
  t.is((await stack(['validate', 'out'])).code, 0);
  const {code, stderr} = await stack(['preview', 'out', '--stack', 'web2']);
  t.is(code, 0, stderr);
  t.like(sent(asked, 'stacks/preview'), {stack_name: 'web2'});
});
