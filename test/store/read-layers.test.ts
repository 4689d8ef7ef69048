import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readBundle, readLayers} from '../../src/store/index.ts';
import {reportOf} from '../support/stack.ts';

const template = (outputs: object, parameters: object): string =>
  JSON.stringify({heat_template_version: '2018-08-31', parameters, resources: {}, outputs}) + '\n';

async function folder(t: ExecutionContext, layers: unknown): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-layers-'));
  t.teardown(() => rm(dir, {recursive: true}));
  for (const name of ['one', 'two']) {
    await mkdir(join(dir, name));
    await writeFile(
      join(dir, name, 'template.yaml'),
      template({id: {value: 'x'}}, {given: {type: 'string'}}),
    );
    await writeFile(join(dir, name, 'environment.yaml'), 'parameters: {}\n');
    await writeFile(join(dir, name, 'report.json'), JSON.stringify(reportOf([])));
  }
  await writeFile(join(dir, 'report.json'), JSON.stringify({format: 'rekindle-report', version: 1, layers}));
  return dir;
}

const fed = {given: {layer: 'one', output: 'id'}};
const good = [
  {name: 'one', dir: 'one', feeds: {}},
  {name: 'two', dir: 'two', feeds: fed},
];

test('layers are read in order, each a whole bundle', async t => {
  const layers = await readLayers(await folder(t, good));
  t.deepEqual(
    layers.map(({name, feeds}) => [name, feeds]),
    [
      ['one', {}],
      ['two', fed],
    ],
  );
  t.truthy(layers[1]?.bundle.template['resources']);
});

test('a bundle of one template is one layer without a name', async t => {
  const dir = await folder(t, good);
  t.like(await readLayers(join(dir, 'one')), [{name: '', feeds: {}}]);
});

test('other commands say what it is', async t => {
  await t.throwsAsync(readBundle(await folder(t, good)), {
    code: 'input',
    message: /bundle of several templates/,
  });
});

for (const [what, layers, message] of [
  ['no list', {}, /layers is no list/],
  ['none at all', [], /lists no layers/],
  ['two of one name', [good[0], {...good[1], name: 'one'}], /layers\[1\]\.name/],
  ['a name that Heat would refuse', [{...good[0], name: 'a/b'}], /layers\[0\]\.name/],
  ['a folder elsewhere', [{...good[0], dir: '../one'}], /layers\[0\]\.dir/],
  [
    'a need of a later one',
    [{...good[0], needs: ['two']}, good[1]],
    /layers\[0\]\.needs is no list of earlier/,
  ],
  ['needs that are no list', [good[0], {...good[1], needs: 'one'}], /layers\[1\]\.needs is no list/],
  [
    'a feed from a later one',
    [{...good[1], feeds: {given: {layer: 'two', output: 'id'}}}],
    /feeds\.given names no output of an earlier/,
  ],
  [
    'a feed of an output that is not there',
    [good[0], {...good[1], feeds: {given: {layer: 'one', output: 'no'}}}],
    /the layer one has no output no/,
  ],
  [
    'a feed of a parameter that is not there',
    [good[0], {...good[1], feeds: {other: fed.given}}],
    /the layer two has no such parameter/,
  ],
] as const) {
  test(`refused: ${what}`, async t => {
    await t.throwsAsync(readLayers(await folder(t, layers)), {code: 'input', message});
  });
}

test('a folder that is a link is not followed', async t => {
  const dir = await folder(t, [{...good[0], dir: 'link'}]);
  await symlink(join(dir, 'one'), join(dir, 'link'));
  await t.throwsAsync(readLayers(dir), {code: 'input', message: /symbolic link/});
});
