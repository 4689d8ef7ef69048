// Makes of src/page/client one script and one style, as a module of two texts: dist/src/page/bundled.js.
// The licences of the libraries that become part of the script stand before it.
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {rolldown} from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const client = join(root, 'src', 'page', 'client');
const to = join(root, 'dist', 'src', 'page', 'bundled.js');

const bundle = await rolldown({
  input: join(client, 'main.ts'),
  platform: 'browser',
  tsconfig: join(client, 'tsconfig.json'),
  // Something that can't be found would only fail in the browser.
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
});
const {output} = await bundle.generate({format: 'iife', minify: true});
await bundle.close();
const [{code, moduleIds}] = output;
if (output.length !== 1) throw new Error('the page takes one script');

const script = `${licences(moduleIds)}${code.trim()}\n`;
const style = readFileSync(join(client, 'style.css'), 'utf8');
// Either would end, or swallow, the element that it stands in.
for (const text of [script, style])
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error('the page can not hold its own script');
mkdirSync(dirname(to), {recursive: true});
writeFileSync(
  to,
  `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};\n`,
);

/** Each text of a licence once, with those that it is of. */
function licences(ids) {
  const texts = new Map();
  const folders = ids.flatMap(id => /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(id) ?? []);
  for (const folder of [...new Set(folders)].sort((a, b) => (a < b ? -1 : 1))) {
    const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find(one => /^licen[cs]e/i.test(one));
    if (file === undefined || !existsSync(join(folder, file))) throw new Error(`${name} has no licence`);
    const text = readFileSync(join(folder, file), 'utf8').trim();
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...texts].map(([text, names]) => `/*! ${names.join(', ')}\n\n${text}\n*/\n`).join('');
}
