import {hostname, userInfo} from 'node:os';
import {join} from 'node:path';
import {readFile} from 'node:fs/promises';
import test from 'ava';
import {readBundle, readInventory} from '../../src/store/index.ts';
import {
  goldenFiles,
  readSample,
  recordingFile,
  sampleNames,
  samplesFolder,
  snapshotOf,
} from '../support/replay/sample.ts';

const names = await sampleNames();

for (const name of names) {
  test(`${name}: the recorded cloud gives the bundle that lies beside it`, async t => {
    const {bundle, misses} = await snapshotOf(await readSample(name));
    t.deepEqual(misses, []);
    const golden = await goldenFiles(name);
    t.deepEqual(bundle.map(({path}) => path).sort(), Object.keys(golden).sort());
    for (const {path, text} of bundle) t.is(firstDifference(text, golden[path] ?? ''), undefined, path);
  });

  test(`${name}: the bundle is read back`, async t => {
    const folder = join(samplesFolder, name);
    const {report} = await readBundle(folder);
    t.is(report.project, (await readInventory(folder)).source.project.name);
  });

  test(`${name}: nothing of the cloud it was recorded on is in it but what the project holds`, async t => {
    const text = await readFile(join(samplesFolder, name, recordingFile), 'utf8');
    const never: readonly RegExp[] = [
      /gAAAA[\w-]{20,}/,
      /"password":/,
      /-pass\b/,
      /127\.0\.0\.1/,
      /10\.213\./,
      /req-(?!0{8})[0-9a-f]{8}-/,
      /[\w.+-]+@(?!example\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/i,
      /\/home\/|\/work\/|\/root\//,
      /PRIVATE KEY/,
    ];
    for (const pattern of never) t.notRegex(text, pattern);
    for (const own of [hostname(), userInfo().username]) t.false(text.includes(`"${own}"`), own);
  });
}

/** The whole of both would fill the screen; \`git diff\` after an update shows it. */
function firstDifference(given: string, golden: string): string | undefined {
  const [left, right] = [given.split('\n'), golden.split('\n')];
  const line = left.findIndex((text, index) => text !== right[index]);
  if (given === golden) return undefined;
  const at = line === -1 ? left.length : line;
  return `line ${at + 1}: ${left[at] ?? ''} (given), ${right[at] ?? ''} (golden); if that is right: node dist/scripts/record-sample.js --update`;
}

test('there are samples', t => {
  t.true(names.includes('web'));
});
