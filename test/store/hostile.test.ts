/** A stranger's files: nothing outside the bundle is read, and nothing hangs or takes all memory. */
import {execFileSync} from 'node:child_process';
import {mkdir, readFile, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {RekindleError} from '../../src/model/errors.ts';
import {expand} from '../../src/model/expand.ts';
import {
  inventoryText,
  parseInventory,
  readBundle,
  readInventory,
  writeBundle,
} from '../../src/store/index.ts';
import {readReport} from '../../src/store/read-bundle.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {readYamlTree} from '../../src/store/yaml-tree.ts';
import {parseIgnoreFile} from '../../src/verify/index.ts';
import {bundleOf, inventory, report, scratch} from './sample.ts';

async function written(): Promise<string> {
  const dir = join(await scratch(), 'out');
  await writeBundle(dir, bundleOf('x'));
  await writeFile(join(dir, 'inventory.json'), inventoryText(inventory));
  return dir;
}

const names = ['report.json', 'template.yaml', 'environment.yaml', 'secrets.yaml', 'files/init.sh'];

for (const name of [...names, 'inventory.json']) {
  const read = (dir: string) => (name === 'inventory.json' ? readInventory(dir) : readBundle(dir));

  test(`${name}: a pipe, a folder and a symbolic link are not read`, async t => {
    const dir = await written();
    const path = join(dir, name);
    await rm(path);
    execFileSync('mkfifo', [path]);
    await t.throwsAsync(read(dir), {instanceOf: RekindleError, message: /it is no file/});
    await rm(path);
    await mkdir(path);
    await t.throwsAsync(read(dir), {instanceOf: RekindleError, message: /it is a folder/});
    await rm(path, {recursive: true});
    for (const target of ['/dev/zero', '/etc/hostname', path]) {
      await symlink(target, path);
      await t.throwsAsync(read(dir), {instanceOf: RekindleError, message: /it is a symbolic link/});
      await rm(path);
    }
  });

  test(`${name}: one too large is not read, and the error says how large it may be`, async t => {
    const dir = await written();
    await truncate(join(dir, name), 300 * 1024 * 1024);
    await t.throwsAsync(read(dir), {
      instanceOf: RekindleError,
      message: /is larger than \d+ MiB, too large to read/,
    });
  });
}

test('files that are too large together are not read', async t => {
  const dir = await written();
  const files = Array.from({length: 5}, (_, index) => `files/f${index}`);
  for (const name of files) {
    await writeFile(join(dir, name), '');
    await truncate(join(dir, name), 15 * 1024 * 1024);
  }
  const path = join(dir, 'template.yaml');
  const text = await readFile(path, 'utf8');
  const values = files.map((name, index) => `f${index}: {get_file: ${name}}`).join(', ');
  await writeFile(path, text.replace(/value_specs: .*/, `value_specs: {${values}}`));
  await t.throwsAsync(readBundle(dir), {instanceOf: RekindleError, message: /larger than 64 MiB together/});
});

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test('JSON that is nested too deep is refused, whatever it is', t => {
  for (const levels of [300, 1_000_000]) {
    const text = JSON.stringify({...inventory, rows: {port: [{id: 'a', x: 'DEEP'}]}}).replace(
      '"DEEP"',
      deep(levels),
    );
    t.throws(() => parseInventory('f', text), {instanceOf: RekindleError, message: /deeper than 200 levels/});
  }
  const text = JSON.stringify({...inventory, rows: {port: [{id: 'a', x: 'DEEP'}]}}).replace(
    '"DEEP"',
    deep(100),
  );
  t.notThrows(() => inventoryText(parseInventory('f', text)));
});

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({length: count}, (_, index) => line(index)).join('\n');

test('YAML that stands for more than it is, or for itself, is refused', t => {
  const bomb = lines(
    30,
    index => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(', ')}]`,
  );
  t.throws(() => parsePyYaml(`a0: &a0 x\n${bomb}`), {message: /there are too many/});
  const merged = lines(
    30,
    index => `a${index + 1}: &a${index + 1}\n  <<: [${Array(9).fill(`*a${index}`).join(', ')}]`,
  );
  t.throws(() => parsePyYaml(`a0: &a0 {x: 1}\n${merged}`), {message: /there are too many/});
  t.throws(() => parsePyYaml('a: 1\nb: &b [*b]'), {message: 'line 2: an anchor holds itself'});
  t.throws(() => parsePyYaml('a: &a\n  b: {c: *a}'), {message: 'line 2: an anchor holds itself'});
  t.throws(() => parsePyYaml(lines(2000, index => `- &a${index} x`)), {message: /too many anchors/});
  t.throws(() => parsePyYaml('['.repeat(100_000)), {message: /resource exhaustion/});
  t.deepEqual(parsePyYaml('a: &a [x]\nb: *a'), {a: ['x'], b: ['x']});
});

// Each key compared with all the others would take hours.
test('a file of very many keys is read, and one that is there twice is still found', t => {
  const text = lines(300_000, index => `k${index}: 1`);
  t.is(Object.keys(parsePyYaml(text) as object).length, 300_000);
  t.throws(() => parsePyYaml(`${text}\nk7: 2`), {message: 'line 300001: duplicate key'});
  t.throws(
    () =>
      readYamlTree(
        'names.yaml',
        lines(200_000, index => `k${index}: 1`),
      ),
    {instanceOf: RekindleError},
  );
  t.throws(() => readYamlTree('names.yaml', 'a: 1\na: 2'), {message: /2:1: no YAML: duplicate key/});
  t.throws(() => parseIgnoreFile('i', `ignore:\n${lines(50_000, index => `- {k${index}: 1}`)}`), {
    message: /unknown key/,
  });
  t.throws(
    () =>
      parseIgnoreFile(
        'i',
        lines(100_000, index => `k${index}: 1`),
      ),
    {message: /unknown key/},
  );
  t.throws(() => parseIgnoreFile('i', 'ignore: [{name: a, name: b}]'), {message: /duplicate key/});
});

const group = (count: unknown) => ({
  resources: {g: {type: 'OS::Heat::ResourceGroup', properties: {count, resource_def: {type: 'f.yaml'}}}},
});

test('a group of any number of members is not written out', t => {
  const nested = 'heat_template_version: x\nresources: {a: {type: x}, b: {type: x}}\n';
  for (const count of [1e12, Number.POSITIVE_INFINITY, Number.NaN, -1, 1.5, 60_000])
    t.is(expand(group(count), {'f.yaml': nested}).groups.size, 0, String(count));
  t.is(expand(group(3), {'f.yaml': nested}).groups.get('g')?.resources.length, 6);
});

test('a report whose parts are not as they should be is damaged, and says where', async t => {
  const dir = await written();
  const thing = {kind: 'k', id: 'i', label: 'l'};
  const cases: [object, string][] = [
    [{shape: 7}, 'shape is no object'],
    [{shape: {select: ['server']}}, 'shape.select'],
    [{shape: {ips: {shift: '10.0.0.0/8'}}}, 'shape.ips'],
    [{shape: {ips: 'any'}}, 'shape.ips'],
    [{shape: {rules: {file: 'x', rules: 'y'}}}, 'shape.rules'],
    [{shape: {names: {file: 'x', names: [{old: 'a'}]}}}, 'shape.names'],
    [{shape: {maxResources: -1}}, 'shape.maxResources'],
    [{shape: {layout: 'any'}}, 'shape.layout'],
    [{shape: {toString: 'x'}}, 'shape.toString'],
    [{shape: {parameterize: {0: 'names', length: 1}}}, 'shape.parameterize'],
    [{stacks: 'any'}, 'stacks'],
    [{folds: 7}, 'folds is no list'],
    [{folds: [{name: 'x', file: 'y', members: 'z'}]}, 'folds[0].members'],
    [{unfolded: [{members: [1], reason: 'x'}]}, 'unfolded[0].members'],
    [{addresses: [{...thing, field: 'f', reason: 'r', what: 7}]}, 'addresses[0].what'],
    [{layers: [{name: 'x'}]}, 'layers'],
    [{steps: [{...thing, when: 'now', title: 't', fields: [], command: []}]}, 'steps[0].when'],
    [
      {steps: [{...thing, when: 'after', title: 't', fields: [], command: [{joined: [7]}]}]},
      'steps[0].command',
    ],
    [{steps: [{...thing, when: 'after', title: 't', fields: [], command: [], of: 'x'}]}, 'steps[0].of'],
    [{resources: [{...thing, name: 'n', type: 't', layer: 7}]}, 'resources[0].layer'],
    [{parameters: [{name: 'n', role: 'r', kind: 'k', source: 'x'}]}, 'parameters[0].source'],
    [{parameters: [{name: 'n', role: 'r', kind: 'k', sets: [{kind: 'x'}]}]}, 'parameters[0].sets'],
    [{counts: {...report.counts, resources: '1'}}, 'counts'],
    [{counts: {...report.counts, kinds: {server: 7}}}, 'counts'],
  ];
  for (const [change, where] of cases) {
    await writeFile(join(dir, 'report.json'), JSON.stringify({...report, ...change}));
    const {message} = await t.throwsAsync(readReport(dir), {instanceOf: RekindleError}, where);
    t.true(message.includes(where), `${where}: ${message}`);
  }
});
