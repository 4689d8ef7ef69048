/** A screen in memory: keys are given to it, and it keeps what stands on it. */
import type {Key, Screen} from '../../../src/cli/world.ts';

/** `/web` types letters; names in angle brackets are keys: `<tab>`, `<pagedown>`, `<ctrl-u>`, `<gone>`, `<resize 40 10>`. */
export function keysOf(script: string): readonly string[] {
  return script.match(/<[^>]+>|[\s\S]/gu) ?? [];
}

export interface Keyed extends Screen {
  /** What stands on it, without colours. */
  readonly lines: () => readonly string[];
  /** Everything that was ever written to it. */
  readonly written: () => string;
  /** How often it was taken, and given back. */
  readonly closed: () => number;
  /** Lines after each key. */
  readonly shots: readonly (readonly string[])[];
}

const escape = '\u001b[';

export function screenOf(script: string, size = {columns: 80, rows: 24}): Keyed {
  let {columns, rows} = size;
  let lines: string[] = [];
  let written = '';
  let closed = 0;
  let resized: (() => void) | undefined;
  const shots: (readonly string[])[] = [];
  const plain = (): readonly string[] => {
    const shown = lines.map(line => line.trimEnd());
    return shown.slice(0, shown.findLastIndex(line => line !== '') + 1);
  };
  return {
    get columns() {
      return columns;
    },
    get rows() {
      return rows;
    },
    write(text) {
      written += text;
      let row = 0;
      for (const part of text.split(escape).slice(1)) {
        const [, at] = /^(\d+);1H$/.exec(part) ?? [];
        if (part === '2J') lines = [];
        else if (at !== undefined) row = Number(at) - 1;
        else {
          while (lines.length <= row) lines.push('');
          // Clearing a line, or a colour.
          const [all = '', sign] = /^[\d;]*([Km])/.exec(part) ?? [];
          lines[row] = (sign === 'K' ? '' : (lines[row] ?? '')) + part.slice(all.length);
        }
      }
    },
    onKey(listener) {
      const keys = [...keysOf(script)];
      const next = (): void => {
        shots.push(plain());
        const key = keys.shift();
        if (key === undefined || closed > 0) return;
        const resize = /^<resize (\d+) (\d+)>$/.exec(key);
        if (resize !== null) {
          [columns, rows] = [Number(resize[1]), Number(resize[2])];
          resized?.();
        } else listener(key === '<gone>' ? undefined : keyOf(key));
        // What it draws is drawn after the key.
        setImmediate(() => setImmediate(next));
      };
      setImmediate(next);
    },
    onResize: listener => (resized = listener),
    close: () => void (closed += 1),
    lines: plain,
    written: () => written,
    closed: () => closed,
    shots,
  };
}

export function keyOf(key: string): Key {
  const named = /^<(ctrl-)?(.+)>$/s.exec(key);
  if (named === null) return {name: key === ' ' ? 'space' : key.toLowerCase(), text: key, ctrl: false};
  return {name: named[2] ?? '', text: '', ctrl: named[1] !== undefined};
}
