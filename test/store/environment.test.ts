import {mkdir, readdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {writeEnvironment} from '../../src/store/environment.ts';

async function changed(text: string, values: Readonly<Record<string, string>>): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'rekindle-'));
  await writeFile(join(dir, 'environment.yaml'), text);
  await writeEnvironment(dir, values);
  return readFile(join(dir, 'environment.yaml'), 'utf8');
}

const text = [
  "# The source's values.",
  '',
  'parameters:',
  '  # Flavors',
  "  flavor_b: m1.small # the web's",
  '  flavor_a: "m1 tiny"',
  '',
  '  # Zones',
  '  zone: nova',
  '  number: 012',
  "  word: 'yes'",
  '  plain: yes',
  '  list: [1, 2]',
  '  multi: |',
  '    a',
  '    b',
  '',
].join('\n');

test('only the values wanted change: comments, order and the spelling of others stay', async t => {
  t.is(
    await changed(text, {flavor_b: 'c2.small', zone: 'az 1'}),
    text.replace('m1.small', 'c2.small').replace('zone: nova', "zone: 'az 1'"),
  );
});

test('a value reads back as text, whatever it looks like', async t => {
  for (const value of [
    'yes',
    'null',
    '012',
    '1e3',
    '2026-01-01',
    '',
    ' x',
    'a: b',
    '# c',
    "it's",
    'é\n"',
    '=',
    '-',
  ])
    t.is(
      (parsePyYaml(await changed(text, {zone: value})) as {parameters: Record<string, unknown>}).parameters[
        'zone'
      ],
      value,
      JSON.stringify(value),
    );
});

test('a parameter that is not there is put at the end, in an empty file too', async t => {
  t.is(await changed(text, {more: 'x'}), `${text}  more: x\n`);
  t.is(await changed('# nothing\n', {more: 'x'}), '# nothing\n\nparameters:\n  more: x\n');
  t.deepEqual(parsePyYaml(await changed('parameters: {}\n', {more: 'x'})), {parameters: {more: 'x'}});
});

test('a file that is no mapping, or a link, is left alone', async t => {
  await t.throwsAsync(changed('- a\n', {a: 'x'}), {message: /is no YAML mapping, so nothing was changed/});
  const dir = mkdtempSync(join(tmpdir(), 'rekindle-'));
  await mkdir(join(dir, 'bundle'));
  await writeFile(join(dir, 'mine.yaml'), text);
  await symlink(join(dir, 'mine.yaml'), join(dir, 'bundle/environment.yaml'));
  await t.throwsAsync(writeEnvironment(join(dir, 'bundle'), {zone: 'x'}), {message: /symbolic link/});
  t.is(await readFile(join(dir, 'mine.yaml'), 'utf8'), text);
});

test('nothing is left beside it, and the file is its owner’s alone', async t => {
  const dir = mkdtempSync(join(tmpdir(), 'rekindle-'));
  await writeFile(join(dir, 'environment.yaml'), text);
  await writeEnvironment(dir, {zone: 'x'});
  t.deepEqual(await readdir(dir), ['environment.yaml']);
  t.is((await stat(join(dir, 'environment.yaml'))).mode & 0o777, 0o600);
});
