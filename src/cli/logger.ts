/** Where messages go: standard error, at the level asked for, and a file if one is named. */
import {appendFileSync, closeSync, openSync} from 'node:fs';
import type {Exchange, Logger} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {GlobalArgs} from './globals.ts';
import {harmless, type Paint} from './terminal.ts';

const levels = ['warn', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

export interface Log extends Logger {
  /** A line that is neither warning nor detail: what is going on. Not with -q. */
  say(message: string): void;
  /** A line for somebody who looks on and waits: on a terminal, or with -v. */
  waiting(message: string): void;
  /** The exchanges so far, if --timing asks for them. */
  readonly exchanges: readonly Exchange[];
  close(): void;
}

export interface LogOptions {
  /** Puts text on standard error. */
  readonly write: (text: string) => void;
  readonly paint: Paint;
  /** Standard error is a terminal. */
  readonly terminal: boolean;
  /** Where --log-file is, made absolute. */
  readonly file: string | undefined;
}

/**
 * @throws RekindleError 'input' if the log file can't be written.
 */
export function makeLog(args: GlobalArgs, {write, paint, file, terminal}: LogOptions): Log {
  const verbose = args.verbose ?? 0;
  const shown = args.debug === true || verbose >= 2 ? 2 : args.quiet === true ? -1 : Math.min(verbose, 1);
  // A log file that only ever holds warnings would be of no use: it says a level more.
  const filed = file === undefined ? -1 : Math.min(2, Math.max(1, shown));
  const descriptor = file === undefined ? undefined : openLog(file);
  const exchanges: Exchange[] = [];

  const note = (word: string, message: string): void => {
    if (descriptor === undefined) return;
    const time = new Date().toISOString();
    appendFileSync(descriptor, `${harmless(message).replaceAll(/^/gm, `${time} ${word} `)}\n`);
  };
  return {
    exchanges,
    wants: level => Math.max(shown, filed) >= levels.indexOf(level),
    log(level, message) {
      const rank = levels.indexOf(level);
      if (rank <= filed) note(level, message);
      if (rank > shown) return;
      const text = harmless(message);
      write(`${level === 'warn' ? `${paint('yellow', 'warning:')} ${text}` : paint('dim', text)}\n`);
    },
    say(message) {
      note('info', message);
      if (shown >= 0) write(`${harmless(message)}\n`);
    },
    waiting(message) {
      note('info', message);
      if (shown >= 1 || (terminal && shown >= 0)) write(`${paint('dim', harmless(message))}\n`);
    },
    ...(args.timing === true ? {timing: (exchange: Exchange) => void exchanges.push(exchange)} : {}),
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  } satisfies Log & {log(level: Level, message: string): void};
}

function openLog(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch {
    throw new RekindleError('input', `can't write the log file ${path}`, {
      hint: '--log-file takes the path of a file',
    });
  }
}
