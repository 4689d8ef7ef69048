/** The whole road without a cloud: a recorded one answers on loopback, and the real command reads it. */
import {spawn} from 'node:child_process';
import {readdir, readFile, stat} from 'node:fs/promises';
import {join, relative} from 'node:path';
import type {Report} from '../src/model/bundle.ts';
import {readSample} from '../test/support/replay/sample.ts';
import {startReplay} from '../test/support/replay/server.ts';

const sample = 'web';
const folder = 'demo';
const lines = 40;
const root = join(import.meta.dirname, '../..');

const recording = await readSample(sample);
const replay = await startReplay(recording);
const {user, project, region} = recording;
const words = ['snapshot', folder, '--force', '--os-auth-url', replay.authUrl, '--os-region-name', region];
const login = {
  OS_USERNAME: user.name,
  OS_USER_DOMAIN_NAME: user.domain,
  OS_PROJECT_NAME: project.name,
  OS_PROJECT_DOMAIN_NAME: project.domain,
  OS_PASSWORD: 'any',
};

say(`A recorded cloud (${recording.about}) answers at ${replay.origin}. Reading it with the real command:`);
say(`\n$ rekindle ${words.join(' ')}\n`);
const status = await rekindle();
await replay.close();
if (status !== 0) {
  console.error(`\nrekindle ended with ${status}`);
  process.exit(status);
}

say(`\n$ ls -R ${folder}\n`);
for (const [path, size] of await sizes(join(root, folder))) say(`${String(size).padStart(9)}  ${path}`);

say(`\n$ sed -n '/^resources:/,$p' ${folder}/template.yaml | head -n ${lines}\n`);
const template = (await readFile(join(root, folder, 'template.yaml'), 'utf8')).trimEnd().split('\n');
const from = template.indexOf('resources:');
say(template.slice(from, from + lines).join('\n'));
say(`… (${template.length} lines in all)\n`);

const report = JSON.parse(await readFile(join(root, folder, 'report.json'), 'utf8')) as Report;
const {resources, parameters} = report.counts;
const requests = [...replay.counts.values()].reduce((sum, count) => sum + count, 0);
say(`${requests} requests gave ${resources} resources and ${parameters} parameters.`);
say(`
With your own cloud (an entry of clouds.yaml, or OS_* variables):

  npx rekindle snapshot out --os-cloud SOURCE
  npx rekindle deploy out --os-cloud TARGET --stack web
  npx rekindle verify out --os-cloud TARGET --stack web
`);

async function rekindle(): Promise<number> {
  // None of the user's own settings: nothing but the recording may answer.
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(?:OS_|https?_proxy$|all_proxy$)/i.test(name),
  );
  const child = spawn(process.execPath, [join(root, 'dist/src/cli/main.js'), ...words], {
    cwd: root,
    env: {...Object.fromEntries(clean), ...login, NO_PROXY: '127.0.0.1'},
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

async function sizes(folder: string): Promise<[string, number][]> {
  const entries = await readdir(folder, {withFileTypes: true, recursive: true});
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const sizes = files.map(async (path): Promise<[string, number]> => [
    relative(folder, path),
    (await stat(path)).size,
  ]);
  return (await Promise.all(sizes)).sort(([a], [b]) => (a < b ? -1 : 1));
}

function say(text: string): void {
  console.log(text);
}
