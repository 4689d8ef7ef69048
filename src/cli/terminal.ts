/** Text on its way to a stream: harmless, and coloured where somebody looks at it. */
import {printable} from '../model/printable.ts';
import type {Output} from './world.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold' | 'inverse';

/** Paints for one stream, or leaves the text as it is. */
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
  inverse: [7, 27],
};

/** The flag beats FORCE_COLOR, that NO_COLOR and TERM=dumb, those the stream. */
export function paintFor(output: Output, env: Env, noColor: boolean): Paint {
  const colour = !noColor && (forced(env) ?? (!refused(env) && output.isTTY === true));
  if (!colour) return (_, text) => text;
  return (style, text) => {
    const [open, close] = codes[style];
    return `\u001b[${open}m${text}\u001b[${close}m`;
  };
}

function forced(env: Env): boolean | undefined {
  const value = env['FORCE_COLOR'];
  if (value === undefined) return undefined;
  return value !== '0' && value !== 'false';
}

function refused(env: Env): boolean {
  return (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
}

/** Takes away what stands on the line of the cursor. */
export const clearLine = '\r\u001b[K';

/** Whether a line may be drawn over and over: a log keeps each. */
export function isLive(output: Output, env: Env): boolean {
  return output.isTTY === true && (env['CI'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** Whether the terminal shows more than ASCII, as the locale says: lines and arrows of ours are for those that do. */
export function isUnicode({env, platform}: {readonly env: Env; readonly platform: string}): boolean {
  const locale = ['LC_ALL', 'LC_CTYPE', 'LANG'].map(name => env[name] ?? '').find(said => said !== '') ?? '';
  return platform === 'win32' ? env['WT_SESSION'] !== undefined : /utf-?8/i.test(locale);
}

/** Text from anywhere, its line breaks kept and every other control character made visible. */
export function harmless(text: string): string {
  return text
    .split(/\r?\n/)
    .map(line => printable(line))
    .join('\n');
}
