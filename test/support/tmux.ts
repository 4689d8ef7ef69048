/** A real terminal: a shell in tmux, on a server of its own. */
import {execFile, execFileSync, spawnSync} from 'node:child_process';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';

/** On a machine that is busy with something else, too. */
const patience = 60_000;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Terminal {
  /** What stands on it, without what is left of lines; @param colours With their escape sequences. */
  screen(colours?: boolean): Promise<string>;
  /** Keys by tmux's names: `Enter`, `Tab`, `C-c`, `Down`. */
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Waits for it to be on the screen, and fails with the screen where it does not come. @returns the screen */
  see(what: RegExp): Promise<string>;
  resize(size: Size): Promise<void>;
  /** A format of tmux, as `alternate_on`. */
  tell(variable: string): Promise<string>;
}

let count = 0;

/**
 * A shell that waits for a command; its server ends with the test.
 * @param env Beside PATH and a UTF-8 locale.
 */
export async function terminal(
  t: ExecutionContext,
  dir: string,
  {columns, rows}: Size = {columns: 90, rows: 24},
  env: Readonly<Record<string, string>> = {},
): Promise<Terminal> {
  ensureTmux();
  const socket = `rekindle-test-${process.pid}-${(count += 1)}`;
  const variables = {
    PATH: process.env['PATH'] ?? '',
    HOME: dir,
    LC_ALL: 'C.UTF-8',
    TERM: 'screen-256color',
    PS1: 'ready> ',
    ...env,
  };
  const tmux = async (...words: readonly string[]): Promise<string> => {
    const given = {cwd: dir, env: {...variables, TMUX_TMPDIR: dir}};
    return (await promisify(execFile)('tmux', ['-u', '-L', socket, '-f', '/dev/null', ...words], given))
      .stdout;
  };
  t.teardown(async () => tmux('kill-server').catch(() => ''));
  const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  await tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), 'env', '-i', ...set, 'sh');
  const own: Terminal = {
    screen: colours => tmux('capture-pane', '-p', ...(colours === true ? ['-e'] : [])),
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    type: async text => void (await tmux('send-keys', '-l', text)),
    async see(what) {
      const end = Date.now() + patience;
      for (;;) {
        const shown = await own.screen();
        if (what.test(shown)) return shown;
        if (Date.now() > end) throw new Error(`${String(what)} did not come; there is\n${shown}`);
        await pause(50);
      }
    },
    resize: async size =>
      void (await tmux('resize-window', '-x', String(size.columns), '-y', String(size.rows))),
    tell: async variable => (await tmux('display-message', '-p', `#{${variable}}`)).trim(),
  };
  await own.see(/^ready>$/m);
  return own;
}

/** Debian's, installed where it is not there yet. */
function ensureTmux(): void {
  if (spawnSync('tmux', ['-V']).status === 0) return;
  const words = ['install', '-y', '--no-install-recommends', 'tmux'];
  if (process.getuid?.() !== 0)
    throw new Error(`these tests need a terminal to run in: as root, apt-get ${words.join(' ')}`);
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  // Without a list of packages there is nothing to install from.
  if (spawnSync('apt-get', words, {env}).status === 0) return;
  execFileSync('apt-get', ['update'], {env, stdio: 'ignore'});
  execFileSync('apt-get', words, {env, stdio: 'ignore'});
}
