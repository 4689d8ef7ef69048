/** A signal that fires at any request: the run ends with one error, and leaves neither a file nor a connection. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {
  openSession,
  readBundle,
  readInventory,
  RekindleError,
  snapshot,
  verify,
  writeBundle,
  type Session,
} from '../../src/index.ts';
import {run} from '../../src/cli/run.ts';
import type {Interruption} from '../../src/cli/world.ts';
import {environmentOf} from '../support/replay/environment.ts';
import {readSample, samplesFolder} from '../support/replay/sample.ts';
import {startReplay, type Fault, type Replay} from '../support/replay/server.ts';
import {connectionsLeft, held} from './support.ts';

interface Stopped {
  readonly replay: Replay;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string>>;
  readonly open: () => Promise<Session>;
  readonly dir: string;
  /** Whether the moment came. */
  readonly fired: () => boolean;
}

/** A recorded cloud, at whose k-th request the signal fires; the answer to it comes, or never does. */
async function stoppedAt(t: ExecutionContext, k: number, stalls: boolean): Promise<Stopped> {
  const recording = await readSample('web');
  const abort = new AbortController();
  let count = 0;
  const fault = (): Fault | undefined => {
    count += 1;
    if (count === k) abort.abort();
    return count >= k && stalls ? 'stall' : undefined;
  };
  const replay = await startReplay(recording, {fault});
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-cancel-'));
  t.teardown(async () => {
    await replay.close();
    await rm(dir, {recursive: true, force: true});
  });
  const env = {
    ...environmentOf(recording, replay.authUrl),
    NO_PROXY: '127.0.0.1',
  };
  const {signal} = abort;
  const surroundings = {env, cwd: '/', home: '/nowhere', platform: 'linux', logger: {log: () => {}}, signal};
  return {replay, signal, env, dir, fired: () => count >= k, open: () => openSession({}, surroundings)};
}

/** As many as a whole run sends, and one more that never comes. */
const moments = Array.from({length: 25}, (_, index) => index + 1);

async function ended(
  t: ExecutionContext,
  {replay, open}: Stopped,
  use: (session: Session) => Promise<unknown>,
) {
  let session: Session | undefined;
  try {
    session = await open();
    await use(session);
    return undefined;
  } catch (error) {
    if (!(error instanceof RekindleError)) throw error;
    t.is(error.code, 'aborted', error.message);
    return error;
  } finally {
    session?.close();
    t.is(await connectionsLeft(replay), 0);
  }
}

for (const stalls of [false, true]) {
  const how = stalls ? 'and no answer comes' : 'and its answer comes';
  test(`snapshot: the signal fires at the k-th request, ${how}`, async t => {
    for (const k of moments) {
      const stopped = await stoppedAt(t, k, stalls);
      const {dir, signal} = stopped;
      const out = join(dir, 'out');
      const error = await ended(t, stopped, async session => {
        const {bundle} = await snapshot(session, {signal});
        await writeBundle(out, bundle, {signal});
      });
      t.is(error !== undefined, stopped.fired(), `request ${k}`);
      if (error !== undefined) t.deepEqual(await held(dir), {}, `request ${k}`);
      else t.true(Object.keys(await held(out)).includes('template.yaml'));
    }
  });

  test(`verify: the signal fires at the k-th request, ${how}`, async t => {
    const sample = join(samplesFolder, 'web');
    const bundle = {...(await readBundle(sample)), inventory: await readInventory(sample)};
    for (const k of moments.slice(0, 20)) {
      const stopped = await stoppedAt(t, k, stalls);
      const {signal} = stopped;
      await ended(t, stopped, session =>
        verify(session, bundle, {stack: 'no-such-stack', signal}).catch((error: unknown) => {
          // There is no such stack: a calm run says so.
          if (!(error instanceof RekindleError) || error.code === 'aborted' || stopped.signal.aborted)
            throw error;
        }),
      );
      t.deepEqual(await held(stopped.dir), {});
    }
  });

  test(`the command line, interrupted at the k-th request, ${how}`, async t => {
    for (const k of moments.slice(0, 24)) {
      const stopped = await stoppedAt(t, k, stalls);
      const {dir, env, signal, replay} = stopped;
      let stderr = '';
      const code = await run(['snapshot', 'deep/out'], {
        stdout: {write: () => {}},
        stderr: {write: text => void (stderr += text)},
        env,
        cwd: dir,
        home: dir,
        platform: 'linux',
        stdin: () => Promise.resolve(''),
        onInterruption(listener: (what: Interruption) => void) {
          const fire = (): void => listener('SIGINT');
          signal.addEventListener('abort', fire);
          return () => signal.removeEventListener('abort', fire);
        },
      });
      t.is(await connectionsLeft(replay), 0);
      if (!stopped.fired()) {
        t.is(code, 0, `request ${k}: ${stderr}`);
        continue;
      }
      t.is(code, 130, `request ${k}: ${stderr}`);
      t.regex(stderr, /interrupted|stopped/);
      t.deepEqual(await held(dir), {}, `request ${k}`);
    }
  });
}
