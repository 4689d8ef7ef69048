import {mkdir, readFile, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {RekindleError} from '../../src/model/errors.ts';
import {render} from '../../src/pipeline/index.ts';
import {readBundle, readInventory, writeBundle} from '../../src/store/index.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bundleOf, damage, report, scratch, texts} from './sample.ts';

async function written(): Promise<string> {
  const dir = join(await scratch(), 'out');
  await writeBundle(dir, bundleOf('x'));
  return dir;
}

test('what was written is read back', async t => {
  const dir = await written();
  await writeFile(join(dir, 'secrets.yaml'), 'parameters:\n  flavor: other\n  psk: yes\n');
  const bundle = await readBundle(dir);
  t.is(bundle.dir, dir);
  t.is(bundle.templateText, texts(bundleOf('x'))['template.yaml'] ?? '');
  t.deepEqual(Object.keys(bundle.template), ['heat_template_version', 'parameters', 'resources']);
  t.deepEqual(bundle.parameters, {flavor: 'other', psk: true});
  t.deepEqual(bundle.files, {'files/init.sh': '#!/bin/sh\necho x\n'});
  t.deepEqual(bundle.report, report);
});

test('the secrets may be left out of a bundle that is passed on', async t => {
  const dir = await written();
  await rm(join(dir, 'secrets.yaml'));
  t.deepEqual((await readBundle(dir)).parameters, {flavor: 'm1'});
});

test('each file that is missing, empty or cut off is named', async t => {
  const names = ['template.yaml', 'environment.yaml', 'report.json', 'files/init.sh'];
  for (const name of names) {
    const dir = await written();
    await rm(join(dir, name));
    const missing = await t.throwsAsync(readBundle(dir), {instanceOf: RekindleError});
    t.is(missing.code, 'input');
    t.true(missing.message.includes(name), missing.message);
  }
  for (const name of names.slice(0, 3)) {
    const dir = await written();
    await truncate(join(dir, name));
    const empty = await t.throwsAsync(readBundle(dir), {instanceOf: RekindleError});
    t.true(empty.message.includes(name), empty.message);
  }
});

test('a template cut off at any byte is never taken for a whole one', async t => {
  const dir = await written();
  const text = texts(bundleOf('x'))['template.yaml'] ?? '';
  const body = text.slice(0, text.lastIndexOf('    properties:'));
  for (let length = 0; length < body.length; length++) {
    await writeFile(join(dir, 'template.yaml'), text.slice(0, length));
    const error = await t.throwsAsync(readBundle(dir), {instanceOf: RekindleError}, `at ${length}`);
    t.is(error.code, 'input');
  }
});

test('what the report lists and the template lacks is named', async t => {
  const dir = await written();
  await damage(dir, 'template.yaml', text => text.replace('  net:', '  other:'));
  const message =
    /template\.yaml lacks 1 of the 1 resources that report\.json lists \(net\): it is cut off or edited/;
  await t.throwsAsync(readBundle(dir), {message});
});

test('a folder of something else is no bundle', async t => {
  const dir = await scratch();
  await writeFile(join(dir, 'report.json'), '{"format": "other"}');
  await t.throwsAsync(readBundle(dir), {message: /is no report of rekindle, so .* is no bundle/});
  await t.throwsAsync(readBundle(join(dir, 'nowhere')), {message: /there is no folder/});
  await t.throwsAsync(readBundle(join(dir, 'report.json')), {message: /not a folder/});
});

test('a report of a newer version says so; a damaged one where', async t => {
  const cases: [object, RegExp][] = [
    [{version: 2}, /newer than this rekindle/],
    [{version: '1'}, /version is not 1/],
    [{project: null}, /project is no text/],
    [{counts: {}}, /counts/],
    [{resources: {}}, /resources is no list/],
    [{losses: [{kind: 'x'}]}, /losses\[0\]\.id is not/],
    [
      {steps: [{when: 'after', title: '', kind: '', id: '', label: '', command: [{}]}]},
      /steps\[0\]\.command/,
    ],
    [{gaps: [{}]}, /gaps/],
  ];
  const dir = await written();
  for (const [change, message] of cases) {
    await writeFile(join(dir, 'report.json'), JSON.stringify({...report, ...change}));
    await t.throwsAsync(readBundle(dir), {instanceOf: RekindleError, message});
  }
});

test('no error quotes the text of a file', async t => {
  const dir = await written();
  for (const name of ['report.json', 'environment.yaml', 'secrets.yaml', 'template.yaml']) {
    for (const text of ['hunter2: [', '{"a": hunter2}', 'hunter2', 'a: hunter2\na: hunter2\n', '"hunter2']) {
      await writeFile(join(dir, name), text);
      const error = await t.throwsAsync(readBundle(dir), {instanceOf: RekindleError});
      t.false(
        `${error.message} ${error.hint ?? ''} ${String(error.cause)}`.includes('hunter2'),
        error.message,
      );
    }
    await damage(dir, name, () => texts(bundleOf('x'))[name] ?? '');
  }
});

test('sections that would change a deployment unseen are refused', async t => {
  const dir = await written();
  await writeFile(join(dir, 'environment.yaml'), 'resource_registry: {}\nparameters: {}\n');
  await t.throwsAsync(readBundle(dir), {message: /sections beside parameters: resource_registry/});
});

test('get_file reads nothing outside the bundle', async t => {
  const dir = await written();
  const outside = join(await scratch(), 'secret');
  await writeFile(outside, 'x');
  for (const name of [outside, '../secret', 'files/../../secret', 'file:///etc/passwd', 'https://x.test/y']) {
    await damage(dir, 'template.yaml', text => text.replace(/get_file: [^}]*/, `get_file: '${name}'`));
    await t.throwsAsync(readBundle(dir), {message: /only files of the bundle are read/}, name);
  }
  await symlink(outside, join(dir, 'files', 'link'));
  await damage(dir, 'template.yaml', text => text.replace(/get_file: [^}]*/, 'get_file: files/link'));
  await t.throwsAsync(readBundle(dir), {message: /symbolic link/});
  await mkdir(join(dir, 'deep'));
  await symlink(join(outside, '..'), join(dir, 'deep', 'link'));
  await damage(dir, 'template.yaml', text => text.replace(/get_file: [^}]*/, 'get_file: deep/link/secret'));
  await t.throwsAsync(readBundle(dir), {message: /symbolic link/});
});

async function foldedBundle(): Promise<string> {
  const dir = join(await scratch(), 'out');
  const sample = await readInventory(join(samplesFolder, 'web'));
  await writeBundle(dir, render(sample, {shape: {fold: true}}).bundle);
  return dir;
}

test('a bundle with groups is read with their templates, and what is in them counts', async t => {
  const dir = await foldedBundle();
  const {files, report} = await readBundle(dir);
  t.deepEqual(Object.keys(files), ['files/web_servers.yaml']);
  t.true(report.resources.some(({name}) => name === 'web_servers.1.port'));
});

test('a nested template that is gone, cut off or elsewhere is named', async t => {
  const dir = await foldedBundle();
  const path = join(dir, 'files/web_servers.yaml');
  const whole = await readFile(path, 'utf8');
  const refused = async (): Promise<string> =>
    (await t.throwsAsync(readBundle(dir), {instanceOf: RekindleError})).message;
  for (const end of [whole.indexOf('  port:\n'), whole.indexOf('outputs:'), whole.length - 5, 0]) {
    await writeFile(path, whole.slice(0, end));
    t.regex(await refused(), /web_servers/, String(end));
  }
  await rm(path);
  t.regex(await refused(), /web_servers\.yaml/);
  const template = join(dir, 'template.yaml');
  const text = await readFile(template, 'utf8');
  await writeFile(template, text.replace('files/web_servers.yaml', '../web_servers.yaml'));
  t.regex(await refused(), /only files of the bundle are read/);
});
