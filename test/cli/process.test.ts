/** The program as a process: codes, streams, signals. */
import {spawn, type ChildProcess} from 'node:child_process';
import {EventEmitter, once} from 'node:events';
import {mkdtemp, open, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {samplesFolder} from '../support/replay/sample.ts';
import {testCloud} from './support/cloud.ts';

const main = join(import.meta.dirname, '../../src/cli/main.js');
const sample = join(samplesFolder, 'web', 'inventory.json');

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

async function folder(t: ExecutionContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-process-'));
  t.teardown(() => rm(dir, {recursive: true, force: true}));
  return dir;
}

function start(cwd: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, [main, ...words], {
    cwd,
    env: {PATH: process.env['PATH'], HOME: cwd, NO_PROXY: '127.0.0.1', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({code, signal, stdout, stderr}));
  });
  return {child, ended};
}

test('a result, and all of it, when it goes to a pipe', async t => {
  const {code, stdout, stderr} = await start(await folder(t), ['list', sample, '--long', '-f', 'json']).ended;
  t.is(code, 0);
  t.is(stderr, '');
  t.true(Array.isArray(JSON.parse(stdout)));
});

test('an error: one line, and the code of the table', async t => {
  const {code, stdout, stderr} = await start(await folder(t), ['snapshto']).ended;
  t.is(code, 2);
  t.is(stdout, '');
  t.is(stderr, 'rekindle: There is no command "snapshto"\n  did you mean snapshot?\n');
});

test('a reader that has gone: 141, without a word', async t => {
  const {child, ended} = start(await folder(t), ['list', sample, '--long']);
  child.stdout?.destroy();
  const {code, stderr} = await ended;
  t.is(code, 141);
  t.is(stderr, '');
});

test('a full disk is said, not shown as a bug', async t => {
  const full = await open('/dev/full', 'w').catch(() => undefined);
  if (full === undefined) {
    t.pass('no such device here');
    return;
  }
  const child = spawn(process.execPath, [main, 'list', sample], {stdio: ['ignore', full.fd, 'pipe']});
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  await full.close();
  t.is(code, 1);
  t.is(stderr, "rekindle: can't write the result: ENOSPC\n");
});

for (const [signal, expected] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} while a request hangs: ${expected}, soon, nothing written`, async t => {
    const hanging = new EventEmitter();
    const asked = once(hanging, 'asked');
    const {env} = await testCloud(t, ({path}) => {
      if (!path.endsWith('/servers/detail')) return undefined;
      hanging.emit('asked');
      return 'stall';
    });
    const dir = await folder(t);
    const {child, ended} = start(dir, ['snapshot', 'out'], env);
    await Promise.race([asked, ended]);
    const began = performance.now();
    child.kill(signal);
    const {code, stdout, stderr} = await ended;
    t.is(code, expected, stderr);
    t.is(stdout, '');
    t.regex(stderr, /^rekindle: .*interrupted/i);
    t.true(performance.now() - began < 10_000);
    t.deepEqual(await readdir(dir), []);
  });
}

test('a second Ctrl-C ends it at once', async t => {
  const hanging = new EventEmitter();
  const asked = once(hanging, 'asked');
  const {env} = await testCloud(t, () => {
    hanging.emit('asked');
    return 'stall';
  });
  const {child, ended} = start(await folder(t), ['snapshot', 'out'], env);
  await Promise.race([asked, ended]);
  child.kill('SIGINT');
  child.kill('SIGINT');
  t.is((await ended).code, 130);
});

test('help and version load neither yargs nor a stage', async t => {
  for (const words of [['--version'], ['--help'], []]) {
    const {stderr} = await start(await folder(t), words, {NODE_DEBUG: 'esm'}).ended;
    t.false(/node_modules\/(yargs|got|yaml)\//.test(stderr), words.join(' '));
  }
});
