/** deploy.sh under bash: parsed, looked through by shellcheck, and run with a client that writes down what it was called with. */
import {execFile} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Bundle, Report, StepWord} from '../../../src/model/bundle.ts';

const run = promisify(execFile);

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** @returns what bash says of those that it can't parse. */
export function unparsable(scripts: readonly string[]): Promise<string> {
  return inFolder(async folder => {
    for (const [index, script] of scripts.entries()) await writeFile(join(folder, `${index}.sh`), script);
    const each = 'for script in *.sh; do bash -n "$script" || echo "$script"; done';
    const {stdout, stderr} = await run('bash', ['-c', each], {cwd: folder});
    return stdout + stderr;
  });
}

/** @returns what shellcheck says of them; nothing where there is none, unless it is CI, which demands one. */
export function shellcheck(scripts: readonly string[]): Promise<string> {
  return inFolder(async folder => {
    const names = scripts.map((_, index) => `${index}.sh`);
    for (const [index, script] of scripts.entries()) await writeFile(join(folder, `${index}.sh`), script);
    return run('shellcheck', ['--format=gcc', ...names], {cwd: folder}).then(
      ({stdout}) => stdout,
      (error: {code: unknown; stdout?: string}) => {
        if (error.code === 'ENOENT') {
          if (process.env['CI'] === undefined) return '';
          throw new Error('CI has no shellcheck: install it (apt install shellcheck)');
        }
        return error.stdout ?? 'shellcheck did not run';
      },
    );
  });
}

/** Every call: the number of its words, then the words. */
const client = `#!/usr/bin/env bash
printf '%s\\0' "$#" "$@" >>"$CALLS"
case "$1 $2 \${3-}" in
  'token issue'*) echo p1 ;;
  'security group list') echo 'g1 default' ;;
  'keypair show'*) exit 1 ;;
  'stack show'*) exit 1 ;;
  'stack resource show') printf 'id-of-%s\\n' "\${*: -1}" ;;
esac
`;

export interface Deployed {
  readonly code: number;
  readonly out: string;
  /** Calls of the client, word by word. */
  readonly calls: readonly (readonly string[])[];
  /** Files that neither the bundle nor the client is. */
  readonly strays: readonly string[];
}

/** Runs the bundle's deploy.sh in a folder of its own. */
export function deployed(bundle: Bundle): Promise<Deployed> {
  return inFolder(async root => {
    const [dir, bin, work, scratch] = ['bundle', 'bin', 'work', 'tmp'].map(name => join(root, name)) as [
      string,
      string,
      string,
      string,
    ];
    for (const folder of [dir, bin, work, scratch]) await mkdir(folder);
    const names = ['deploy.sh', 'template.yaml', 'environment.yaml', 'secrets.yaml'];
    for (const {path, text} of bundle) if (names.includes(path)) await writeFile(join(dir, path), text);
    await writeFile(join(bin, 'openstack'), client);
    await chmod(join(bin, 'openstack'), 0o700);
    const env = {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      CALLS: join(root, 'calls'),
      TMPDIR: scratch,
      HOME: work,
      LC_ALL: 'C.UTF-8',
    };
    const {code, out} = await run('bash', [join(dir, 'deploy.sh')], {cwd: work, env, timeout: 60_000}).then(
      ({stdout, stderr}) => ({code: 0, out: stdout + stderr}),
      (error: {code: number; stdout: string; stderr: string}) => ({
        code: error.code,
        out: error.stdout + error.stderr,
      }),
    );
    const words = (await readFile(join(root, 'calls'), 'utf8')).split('\0').slice(0, -1);
    const calls: string[][] = [];
    for (let at = 0; at < words.length; at += 1 + Number(words[at]))
      calls.push(words.slice(at + 1, at + 1 + Number(words[at])));
    const found = await Promise.all([dir, bin, work, scratch, root].map(async folder => readdir(folder)));
    const known = new Set([...names, 'openstack', 'calls', 'bundle', 'bin', 'work', 'tmp']);
    return {code, out, calls, strays: found.flat().filter(name => !known.has(name))};
  });
}

/** Commands of steps that hold nothing but texts and ids of resources that are always made, as the client should get them. */
export function meantCalls({steps, resources}: Report): readonly (readonly string[])[] {
  const conditional = new Set(
    resources.flatMap(({name, condition}) => (condition === undefined ? [] : [name])),
  );
  const said = (word: StepWord): string | undefined => {
    // Bash has no word for it, and no name holds it.
    if (typeof word === 'string') return word.replaceAll('\0', '');
    if ('joined' in word) {
      const parts = word.joined.map(said);
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    return 'resource' in word && !conditional.has(word.resource) ? `id-of-${word.resource}` : undefined;
  };
  return steps.flatMap(({command, of}) => {
    const words = command.map(said);
    return of !== undefined || words.includes(undefined) ? [] : [words as string[]];
  });
}
