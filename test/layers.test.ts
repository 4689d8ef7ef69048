/** Imports point down only, and never in a circle (docs/architecture.md). */
import {readdir, readFile} from 'node:fs/promises';
import {dirname, join, normalize, relative} from 'node:path';
import test from 'ava';

const root = join(import.meta.dirname, '../../src');

/** What each layer may import beside itself. */
const below: Readonly<Record<string, readonly string[]>> = {
  model: [],
  resources: ['model'],
  cloud: ['model'],
  store: ['model'],
  discover: ['model', 'resources', 'cloud'],
  relate: ['model', 'resources'],
  shape: ['model', 'resources', 'relate'],
  emit: ['model', 'resources'],
  picture: ['model'],
  page: ['model', 'picture', 'shape', 'verify'],
  heat: ['model', 'cloud'],
  deploy: ['model', 'resources', 'cloud', 'heat'],
  verify: ['model', 'resources'],
  images: ['model', 'cloud', 'store'],
  pipeline: [
    'model',
    'cloud',
    'store',
    'discover',
    'relate',
    'shape',
    'emit',
    'picture',
    'page',
    'deploy',
    'verify',
  ],
  'index.ts': [
    'model',
    'resources',
    'cloud',
    'store',
    'discover',
    'relate',
    'shape',
    'emit',
    'picture',
    'page',
    'heat',
    'deploy',
    'verify',
    'images',
    'pipeline',
  ],
  cli: [
    'model',
    'resources',
    'cloud',
    'store',
    'discover',
    'relate',
    'shape',
    'emit',
    'picture',
    'page',
    'heat',
    'deploy',
    'verify',
    'images',
    'pipeline',
    'index.ts',
    'version.ts',
  ],
};

async function sources(): Promise<readonly string[]> {
  const entries = await readdir(root, {recursive: true, withFileTypes: true});
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

async function importsOf(file: string): Promise<readonly string[]> {
  const text = await readFile(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) => path ?? '');
  return found.map(path => normalize(join(dirname(file), path)));
}

function layerOf(file: string): string {
  return file.split('/')[0] ?? file;
}

test('a layer imports only itself and the layers below it', async t => {
  for (const file of await sources()) {
    const layer = layerOf(file);
    const allowed = below[layer];
    if (allowed === undefined) {
      t.is(layer, 'version.ts', `${file} belongs to no layer`);
      continue;
    }
    for (const target of await importsOf(file)) {
      const other = layerOf(target);
      t.true(
        other === layer || other === 'version.ts' || allowed.includes(other),
        `${file} imports ${target}`,
      );
    }
  }
});

test('no import goes in a circle, types included', async t => {
  const graph = new Map<string, readonly string[]>();
  for (const file of await sources()) graph.set(file, await importsOf(file));
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) t.fail([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  t.pass();
});

test('every folder of src says what its job is', async t => {
  for (const folder of await readdir(root, {withFileTypes: true})) {
    if (!folder.isDirectory()) continue;
    const text = await readFile(join(root, folder.name, 'README.md'), 'utf8');
    t.true(text.trim().split('\n').length <= 15, `${folder.name}/README.md is longer than 15 lines`);
  }
});
