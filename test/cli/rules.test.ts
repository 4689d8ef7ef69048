/** `--rules` and `--names` of `render`: what is said, kept, replaced and forgotten. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench, type Ran} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

interface Stage {
  readonly dir: string;
  readonly run: (...words: readonly string[]) => Promise<Ran>;
  readonly put: (file: string, text: string) => Promise<void>;
  readonly read: (file: string) => Promise<string>;
}

async function stage(t: ExecutionContext): Promise<Stage> {
  const {dir, run} = await bench(t);
  return {
    dir,
    run: async (...words) => run(words),
    put: async (file, text) => writeFile(join(dir, file), text),
    read: async file => readFile(join(dir, file), 'utf8'),
  };
}

const rules = `- when: {kind: server, metadata.role: web}
  set: {metadata.owner: ops}
- when: {kind: server, name: nobody}
  drop: [metadata]
`;

test('a template is made by rules and names, and made again without the files', async t => {
  const {run, put, read} = await stage(t);
  await put('rules.yaml', rules);
  await put('names.yaml', 'server_web_1: first\n');
  const {code, stderr} = await run('render', sample, 'out', '--rules', 'rules.yaml', '--names', 'names.yaml');
  t.is(code, 0);
  t.is(stderr, 'warning: rules.yaml:3:3: this rule matches nothing\n');
  const template = await read('out/template.yaml');
  t.regex(template, /\n {2}first:\n[^]*owner: ops\n/);
  t.regex(
    await read('out/report.md'),
    /server `metadata\.owner`: rule rules\.yaml:1 sets it\n {2}\(2\) first, server\\_web\\_2|first, server_web_2/,
  );

  t.is((await run('render', 'out', 'out')).code, 0);
  t.is(await read('out/template.yaml'), template);
  t.is((await run('render', 'out', 'other')).code, 0);
  t.is(await read('other/template.yaml'), template);
  t.is((await run('diff', 'out', sample)).code, 0, 'rules are no drift');
});

test('a file replaces what was chosen before, an empty one takes it away, --reshape forgets all', async t => {
  const {run, put, read} = await stage(t);
  await put('rules.yaml', rules);
  await put('names.yaml', 'server_web_1: first\n');
  await put('other.yaml', '- when: {kind: volume}\n  set: {metadata.x: blue}\n');
  await put('empty.yaml', '');
  await run('render', sample, 'plain');
  await run('render', sample, 'out', '--rules', 'rules.yaml', '--names', 'names.yaml');
  t.is((await run('render', 'out', 'out', '--rules', 'other.yaml')).code, 0);
  const template = await read('out/template.yaml');
  t.notRegex(template, /owner: ops/);
  t.regex(template, /x: blue/);
  t.regex(template, /\n {2}first:\n/);
  const shape = async (): Promise<string[]> =>
    Object.keys((JSON.parse(await read('out/report.json')) as Report).shape ?? {});
  t.deepEqual((await shape()).sort(), ['names', 'rules']);
  t.is((await run('render', 'out', 'out', '--rules', 'empty.yaml')).code, 0);
  t.deepEqual(await shape(), ['names']);
  t.is((await run('render', 'out', 'out', '--reshape')).code, 0);
  t.is(await read('out/template.yaml'), await read('plain/template.yaml'));
  t.deepEqual(await shape(), []);
});

test('a wrong file is told fault by fault, by the path it was given, and nothing is written', async t => {
  const {run, put, read, dir} = await stage(t);
  await put('wrong.yaml', '- when: {kind: sever}\n  drop: [x]\n- when: {kind: server}\n  set: {nmae: x}\n');
  await put('names.yaml', 'a: 1\n');
  await put('broken.yaml', 'a: [\n');
  await put('\u001b[31m.yaml', 'x\n');
  const {code, stderr} = await run('render', sample, 'out', '--rules', join(dir, 'wrong.yaml'));
  t.is(code, 2);
  t.is(
    stderr.replaceAll(dir, ''),
    'rekindle: /wrong.yaml:1:16: there is no kind "sever": did you mean server?\n' +
      '/wrong.yaml:4:9: a server has no property "nmae" (OS::Nova::Server): did you mean name?\n',
  );
  t.is((await run('render', sample, 'out', '--names', 'names.yaml')).code, 2);
  t.regex(
    (await run('render', sample, 'out', '--rules', 'broken.yaml')).stderr,
    /^rekindle: broken\.yaml:\d+:\d+: no YAML: /,
  );
  t.regex(
    (await run('render', sample, 'out', '--rules', 'none.yaml')).stderr,
    /^rekindle: can't read .*none\.yaml: there is no such file/,
  );
  const hostile = await run('render', sample, 'out', '--rules', '\u001b[31m.yaml');
  t.is(hostile.code, 2);
  t.false(hostile.stderr.includes('\u001b'));
  await t.throwsAsync(read('out/report.json'));
});

test('rules that were kept and are wrong now are refused as a file is', async t => {
  const {run, put, read} = await stage(t);
  await put('rules.yaml', rules);
  await run('render', sample, 'out', '--rules', 'rules.yaml');
  const report = await read('out/report.json');
  await put(
    'out/report.json',
    report.replaceAll('metadata.owner', 'metadat.owner').replace('"ops"', '"\\u001b[31m"'),
  );
  for (const words of [
    ['render', 'out', 'out'],
    ['diff', 'out', sample],
  ]) {
    const {code, stderr} = await run(...words);
    t.is(code, 2, words.join(' '));
    t.is(
      stderr,
      'rekindle: rules.yaml:2:9: a server has no property "metadat" (OS::Nova::Server): did you mean metadata?\n',
    );
  }
});
