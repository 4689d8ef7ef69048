import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {findPython, pyyaml} from './support/pyyaml.ts';
import {measure, withTables} from './support/readability.ts';
import {releasesPage} from './support/releases-page.ts';
import {typesTable} from './support/types-table.ts';

const docs = join(import.meta.dirname, '../../docs');

test('docs/types.md is what the registry says', async t => {
  t.is(await readFile(join(docs, 'types.md'), 'utf8'), typesTable(), 'run: npm run docs');
});

test('docs/releases.md has what the releases suite found', async t => {
  t.is(await readFile(join(docs, 'releases.md'), 'utf8'), releasesPage(), 'run: npm run docs');
});

test('docs/readability.md has the figures of the samples', async t => {
  const document = await readFile(join(docs, 'readability.md'), 'utf8');
  t.true(withTables(document) === document, 'run: npm run docs');
});

test('docs/readability.md quotes the templates as they are', async t => {
  const document = await readFile(join(docs, 'readability.md'), 'utf8');
  const sources: Readonly<Record<string, string>> = {
    'by-hand': await readFile(join(docs, 'by-hand', 'web.yaml'), 'utf8'),
    rekindle: await readFile(join(docs, '..', 'samples', 'web', 'template.yaml'), 'utf8'),
  };
  const quotes = [...document.matchAll(/^```yaml (by-hand|rekindle)\n([^]*?)^```$/gm)];
  t.true(quotes.length > 6);
  for (const [, whose = '', text = ''] of quotes) t.true(sources[whose]?.includes(text), text);
});

test('README.md quotes the web sample as it is', async t => {
  const readme = await readFile(join(docs, '..', 'README.md'), 'utf8');
  const template = await readFile(join(docs, '..', 'samples', 'web', 'template.yaml'), 'utf8');
  const [, quote = ''] = /`samples\/web`, shortened\):\n\n```yaml\n([^]*?)^```$/m.exec(readme) ?? [];
  const blocks = quote.split(/\n\n|^\w+:\n| {2}# --- .*\n/m).filter(block => block.trim() !== '');
  t.true(blocks.length > 4);
  for (const block of blocks) t.true(template.includes(block.trimEnd()), block);
});

test('what is measured of a template', t => {
  const text = 'parameters: {a: {}}\nresources:\n  b: {depends_on: c}\n  # of b\n  c: {}\n\n';
  t.deepEqual(measure(text), {lines: 5, parameters: 1, resources: 2, dependsOn: 1});
});

(findPython() === undefined ? test.skip : test)('PyYAML reads the templates by hand', async t => {
  for (const name of ['web', 'services', 'hard']) {
    const [read] = pyyaml([await readFile(join(docs, 'by-hand', `${name}.yaml`), 'utf8')]);
    t.true(read !== undefined && 'value' in read, name);
  }
});
