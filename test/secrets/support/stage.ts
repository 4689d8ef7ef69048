/** A command line in this process whose every way out is looked at: both streams, and all files. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {run} from '../../../src/cli/run.ts';
import type {Interruption, World} from '../../../src/cli/world.ts';
import {filesBelow, plantedIn, type HeldFile, type Planted} from './planted.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** What writing a result does instead. */
  readonly print?: (text: string) => void;
  /** Interrupts the run when standard error has said that. */
  readonly interruption?: {readonly after: string; readonly what: Interruption};
}

export interface Stage {
  readonly dir: string;
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<Ran>;
  readonly files: () => Promise<readonly HeldFile[]>;
}

/** Removed with the test. */
export async function stage(t: ExecutionContext): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-secrets-'));
  t.teardown(() => rm(dir, {recursive: true, force: true}));
  return {dir, files: () => filesBelow(dir), run: (words, options) => runIn(dir, words, options)};
}

async function runIn(dir: string, words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const {env = {}, stdin = '', print, interruption} = options;
  const listeners = new Set<(what: Interruption) => void>();
  let [stdout, stderr] = ['', ''];
  const world: World = {
    stdout: {
      write(text) {
        print?.(text);
        stdout += text;
      },
    },
    stderr: {
      write(text) {
        stderr += text;
        if (interruption === undefined || !stderr.includes(interruption.after)) return;
        for (const listener of listeners) listener(interruption.what);
      },
    },
    env,
    cwd: dir,
    home: join(dir, 'home'),
    platform: 'linux',
    stdin: () => Promise.resolve(stdin),
    onInterruption(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const code = await run(words, world);
  return {code, stdout, stderr};
}

/** As much as can be told, and as little. */
export const verbosities: readonly (readonly string[])[] = [
  [],
  ['-q'],
  ['-v'],
  ['-vv'],
  ['--debug'],
  ['--timing'],
  ['--log-file', 'run.log'],
  ['--log-file', 'run.log', '--debug', '--timing'],
];

/** Where the user's own words may be: the bundle carries them. */
const own: ReadonlySet<Planted> = new Set([
  'metadata',
  'metadataKey',
  'metadataPem',
  'volumeMetadata',
  'header',
  'userPassword',
  'userKey',
]);
const homesOfOwn =
  /(?:^|\/)(?:template\.yaml|environment\.yaml|topology\.html|inventory\.json|files\/[^/]+)$/;

/** The page has rows and templates, and no user data. */
const inPage = (name: Planted): boolean => !name.startsWith('user');

/** Each secret that is where it must not be, as `psk in out/report.md`. @param captured `secrets.yaml` may hold the rest. */
export function leaks(
  {stdout, stderr}: Pick<Ran, 'stdout' | 'stderr'>,
  files: readonly HeldFile[],
  captured = false,
): string[] {
  const inFiles = files.flatMap(({path, text}) =>
    plantedIn(text)
      .filter(name => !(own.has(name) && homesOfOwn.test(path) && (inPage(name) || !path.endsWith('.html'))))
      .filter(name => !(captured && !own.has(name) && path.endsWith('secrets.yaml')))
      .map(name => `${name} in ${path}`),
  );
  return [
    ...plantedIn(stdout).map(name => `${name} on standard output`),
    ...plantedIn(stderr).map(name => `${name} on standard error`),
    ...inFiles,
  ];
}

/** Files that others may read, and hold one of them. */
export function open(files: readonly HeldFile[]): string[] {
  return files
    .filter(({mode, text}) => (mode & 0o077) !== 0 && plantedIn(text).length > 0)
    .map(({path, mode}) => `${path} ${mode.toString(8)}`);
}
