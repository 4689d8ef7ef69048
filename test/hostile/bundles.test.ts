/** A stranger's bundle under every command that reads one: an answer or a clear error, and nothing read or written elsewhere. */
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type {Bundle} from '../../src/model/bundle.ts';
import {heat, testCloud} from '../cli/support/cloud.ts';
import {bench} from '../cli/support/world.ts';
import {goldenFiles, samplesFolder} from '../support/replay/sample.ts';
import {tampering, writeTampered} from '../support/fuzz/stranger.ts';

const secret = 'what lies outside is nobody’s business';

const commands: readonly (readonly string[])[] = [
  ['list', 'out'],
  ['list', 'out', '--long', '-f', 'json'],
  ['graph', 'out'],
  ['render', 'out', 'again'],
  ['render', join(samplesFolder, 'web'), 'out'],
  ['diff', 'out', join(samplesFolder, 'web')],
  ['check', 'out', '--stack', 'web'],
  ['deploy', 'out', '--stack', 'web', '--dry-run'],
  ['deploy', 'out', '--stack', 'web', '--yes', '--poll', '0.01'],
  ['verify', 'out', '--stack', 'web'],
  ['adopt', 'out', '--stack', 'web', '--dry-run'],
];

const parts = 4;

for (let part = 0; part < parts; part += 1) {
  test(`bundles of strangers under all commands, part ${part + 1}`, async t => {
    t.timeout(600_000);
    const made = await bench(t);
    const sent: string[] = [];
    const fake = heat();
    const {env} = await testCloud(t, request => {
      sent.push(request.body);
      return fake.fault(request);
    });
    const golden: Bundle = Object.entries(await goldenFiles('web')).map(([path, text]) => ({path, text}));
    const outcomes = new Map<string, number>();
    const one = fc.tuple(fc.array(tampering, {minLength: 1, maxLength: 3}), fc.nat(commands.length - 1));
    await fc.assert(
      fc.asyncProperty(one, async ([tamperings, which]) => {
        const command = commands[which] ?? [];
        for (const entry of await readdir(made.dir)) await rm(join(made.dir, entry), {recursive: true});
        await mkdir(join(made.dir, 'out'));
        await writeFile(join(made.dir, 'outside.txt'), secret);
        await writeTampered(join(made.dir, 'out'), golden, tamperings);
        sent.length = 0;
        const {code, stdout, stderr} = await made.run(command, {env});
        const what = `${command.join(' ')}: ${stderr}`;
        t.true([0, 1, 2, 3, 4].includes(code), what);
        t.notRegex(stderr, /internal error|bug of rekindle|\n {4}at /, what);
        if (code === 1 || code === 2) t.regex(stderr, /^rekindle: \S.{8}/m, what);
        t.notRegex((stdout + stderr).replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u, what);
        const left = (await readdir(made.dir)).filter(name => name !== 'again').sort();
        t.deepEqual(left, ['out', 'outside.txt'], what);
        t.is(await readFile(join(made.dir, 'outside.txt'), 'utf8'), secret, what);
        const told = [stdout, stderr, ...sent].join('\n');
        t.false(told.includes(secret) || told.includes('root:x:0:0'), what);
        const outcome = `${command[0] ?? ''} ${code}`;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      {seed: 4100 + part, numRuns: 250, includeErrorInReport: true},
    );
    t.log(
      [...outcomes.keys()]
        .sort()
        .map(what => `${what}: ${outcomes.get(what) ?? 0}`)
        .join(', '),
    );
  });
}
