/** The real world of a run: the only file that touches the process. */
import {homedir} from 'node:os';
import {exit, exitOfInterruption} from './exit.ts';
import {failureOf} from './failure.ts';
import {ask} from './prompt.ts';
import {openScreen} from './screen.ts';
import type {Interruption, World} from './world.ts';

export interface ProcessWorld {
  readonly world: World;
  /** To be called when the run is over. */
  ended(): void;
}

export function processWorld(): ProcessWorld {
  const {stdin, stdout, stderr} = process;
  const listeners = new Set<(what: Interruption) => void>();
  let first: Interruption | undefined;
  let over = false;

  const interrupted = (what: Interruption): void => {
    // The second Ctrl-C ends it at once, and so does one that nobody waits for.
    if ((first !== undefined && what !== 'SIGPIPE') || listeners.size === 0)
      process.exit(exitOfInterruption[what]);
    first ??= what;
    for (const listener of listeners) listener(what);
  };
  // Nothing should come this far; what does is a bug, and still no heap of code for the user.
  process.on('uncaughtException', error => {
    stderr.write(
      failureOf(error, {
        paint: (_, text) => text,
        debug: process.argv.includes('--debug'),
        interruption: first,
      }).text,
    );
    process.exit(exit.failed);
  });
  process.on('SIGINT', () => interrupted('SIGINT'));
  process.on('SIGTERM', () => interrupted('SIGTERM'));
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        if (over) process.exitCode = exitOfInterruption.SIGPIPE;
        else interrupted('SIGPIPE');
      } else if (stream === stdout) {
        // A full disk, most likely. Nothing can be said if it is standard error that fails.
        stderr.write(`rekindle: can't write the result: ${error.code ?? error.message}\n`);
        process.exit(exit.failed);
      }
    });
  }

  return {
    world: {
      stdout,
      stderr,
      env: process.env,
      cwd: process.cwd(),
      home: homedir(),
      platform: process.platform,
      stdin: async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of stdin as AsyncIterable<Buffer>) chunks.push(chunk);
        return Buffer.concat(chunks).toString('utf8');
      },
      ask:
        stdin.isTTY && stderr.isTTY
          ? (question, hidden) =>
              ask(stdin, stderr, {question, hidden, onInterrupt: () => interrupted('SIGINT')})
          : undefined,
      screen:
        stdin.isTTY && stderr.isTTY && process.env['TERM'] !== 'dumb'
          ? () => openScreen(stdin, stderr, () => interrupted('SIGINT'))
          : undefined,
      onInterruption(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    ended() {
      over = true;
      // An interrupted run may leave a request behind: that must not keep the process.
      if (first !== undefined) stderr.write('', () => process.exit());
    },
  };
}
