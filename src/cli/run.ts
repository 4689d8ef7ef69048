/** One run of the command line, from its words to its exit code. */
import {readFileSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';
import type {Session} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {Context} from './command.ts';
import {exit, exitOfInterruption} from './exit.ts';
import {failureOf} from './failure.ts';
import type {GlobalArgs} from './globals.ts';
import {makeLog, type Log} from './logger.ts';
import {parse, type Parsed} from './parse.ts';
import {paintFor} from './terminal.ts';
import type {Interruption, World} from './world.ts';

/**
 * @param argv The words after the program's name.
 * @returns the exit code; never rejects.
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let args: GlobalArgs = {debug: argv.includes('--debug')};
  const noColor = argv.includes('--no-color');
  const paint = {
    out: paintFor(world.stdout, world.env, noColor),
    err: paintFor(world.stderr, world.env, noColor),
  };
  let log: Log | undefined;
  let interruption: Interruption | undefined;
  const abort = new AbortController();
  const sessions: Session[] = [];
  const stop = world.onInterruption(what => {
    interruption ??= what;
    abort.abort(new RekindleError('aborted', 'interrupted'));
  });
  try {
    const parsed = await parse(argv, {version: version(), columns: world.stdout.columns});
    if (!('action' in parsed)) return shown(parsed, world);
    args = parsed.args;
    const file = args['log-file'];
    log = makeLog(args, {
      write: text => world.stderr.write(text),
      paint: paint.err,
      terminal: world.stderr.isTTY === true,
      file: file === undefined ? undefined : located(world, file),
    });
    const context = makeContext({world, args, log, paint, signal: abort.signal, sessions});
    const code = await parsed.action(context);
    return interruption === undefined ? code : exitOfInterruption[interruption];
  } catch (error) {
    const failure = failureOf(error, {
      paint: paint.err,
      debug: args.debug === true,
      interruption,
      hide: text => sessions.reduce((shown, {secrets}) => secrets?.hideKnown(shown) ?? shown, text),
    });
    world.stderr.write(failure.text);
    return failure.code;
  } finally {
    stop();
    for (const session of sessions) session.close();
    if (log !== undefined && args.timing === true) {
      const {timingText} = await import('./timing.ts');
      world.stderr.write(timingText(log.exchanges));
    }
    log?.close();
  }
}

/** Help and version are results; the help of a command line that says too little is not. */
function shown(parsed: Exclude<Parsed, {readonly action: unknown}>, world: World): number {
  (parsed.asked ? world.stdout : world.stderr).write(parsed.text);
  return parsed.asked ? exit.done : exit.usage;
}

function makeContext(
  parts: Pick<Context, 'world' | 'args' | 'log' | 'paint' | 'signal'> & {readonly sessions: Session[]},
): Context {
  const {world, args, log, sessions, signal} = parts;
  return {
    ...parts,
    tool: `rekindle ${version()}`,
    print: text => void world.stdout.write(text),
    path: given => located(world, given),
    async open(cloud) {
      const [{openSession}, {cloudOptions}] = await Promise.all([
        import('../cloud/index.ts'),
        import('./cloud-options.ts'),
      ]);
      const {env, cwd, home, platform, ask, clock} = world;
      const options = cloudOptions(args);
      if (options.osPassword !== undefined)
        log.log(
          'info',
          '--os-password can be seen by others on this machine; clouds.yaml and OS_PASSWORD can not',
        );
      const session = await openSession(cloud === undefined ? options : {...options, osCloud: cloud}, {
        env,
        cwd,
        home,
        platform,
        logger: log,
        signal,
        clock,
        prompt: ask === undefined ? undefined : question => ask(question, true),
      });
      sessions.push(session);
      return session;
    },
  };
}

function located({cwd}: World, path: string): string {
  // As given where it means the same, so that messages say what the user typed.
  return isAbsolute(path) || cwd === process.cwd() ? path : join(cwd, path);
}

/** From package.json, three folders above the compiled file. */
function version(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as {version: string}).version;
}
