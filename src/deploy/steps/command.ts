/**
 * The openstack client's commands that steps use, as calls of the APIs: what a command line means, and how to tell that
 * it has been done already. A bundle lists its steps as commands, for people and for deploy.sh; this is their other reader.
 */
import {RekindleError} from '../../model/errors.ts';
import type {Effect, Hands} from './effect.ts';

/** Puts an option's value (the empty text for a flag) where the request has it. */
export interface Option {
  readonly flag: boolean;
  readonly put: (body: Record<string, unknown>, value: string) => void;
  /** It takes all words up to the next option. */
  readonly many?: true;
}

/** A command line, taken apart. */
export interface Said {
  /** Fields of the request, from options. */
  readonly body: Record<string, unknown>;
  readonly operands: readonly string[];
  /** `--os-compute-api-version`. */
  readonly microversion: string | undefined;
  /** What a listing command printed: ids that the command is for. */
  readonly ids: readonly string[];
}

export interface Since {
  readonly version: string;
  /** Only where the option's value is such. */
  readonly value?: RegExp;
}

export interface Command {
  /** As `floating ip set`. */
  readonly name: string;
  /** Official type of the service it talks to. */
  readonly service: string;
  /** Neutron extension that it needs. */
  readonly extension?: string;
  /** Options that the service takes only from a version of its API on, which its root document lists. */
  readonly since?: Readonly<Record<string, Since>>;
  /** The option whose value is a name that newer releases of Neutron refuse if it is no plain one. */
  readonly names?: string;
  readonly options: Readonly<Record<string, Option>>;
  /** How many operands it takes, at least. */
  readonly operands: number;
  /** What it changes; absent for one that only lists. */
  readonly effect?: (said: Said, hands: Hands) => Effect | Promise<Effect>;
  /** The ids it prints. */
  readonly list?: (said: Said, hands: Hands) => Promise<readonly string[]>;
}

type Convert = (value: string) => unknown;
const asIs: Convert = value => value;

function option(field: string, convert: Convert = asIs): Option {
  return {
    flag: false,
    put(body, value) {
      body[field] = convert(value);
    },
  };
}

export const text = (field: string): Option => option(field);
export const integer = (field: string): Option => option(field, Number);
export const yes = (field: string, value: unknown = true): Option => ({
  flag: true,
  put(body) {
    body[field] = value;
  },
});
/** Says nothing that the API needs to hear. */
export const unheard: Option = {flag: true, put() {}};
export const unheardText: Option = {flag: false, put() {}};
/** May be given again and again. */
export const texts = (field: string): Option => ({
  flag: false,
  put(body, value) {
    body[field] = [...((body[field] as readonly string[] | undefined) ?? []), value];
  },
});
/** `A=1,B=2`: an object. */
export const pairs = (field: string, convert: (value: string, key: string) => unknown = asIs): Option =>
  option(field, value =>
    Object.fromEntries(
      value.split(',').map(one => {
        const [key, rest] = pair(one);
        return [key, convert(rest, key)];
      }),
    ),
  );
/** One `KEY=VALUE`, given again and again: an object. */
export const entries = (field: string, many = false): Option => ({
  flag: false,
  put(body, value) {
    const [key, rest] = pair(value);
    body[field] = {...(body[field] as object | undefined), [key]: rest};
  },
  ...(many ? {many: true} : {}),
});

export function pair(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
}

/** @throws RekindleError 'input' for what is no command that steps may use. */
export function parseWords(
  words: readonly string[],
  commands: ReadonlyMap<string, Command>,
): {readonly command: Command; readonly said: Said} {
  const [microversion, rest] = withoutGlobals(words);
  const command = named(rest, commands);
  if (command === undefined) throw refused(words, 'is no command that steps use');
  const body: Record<string, unknown> = {};
  const operands: string[] = [];
  const queue = rest.slice(command.name.split(' ').length);
  let plain = false;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (plain || !next.startsWith('-') || next === '-') operands.push(next);
    else if (next === '--') plain = true;
    else {
      const [name, value] = next.startsWith('--') && next.includes('=') ? pair(next) : [next, undefined];
      const known = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
      if (known === undefined) throw refused(words, `has an option that steps don't use: ${name}`);
      if (known.flag) known.put(body, '');
      else if (value !== undefined) known.put(body, value);
      else {
        const first = queue.shift();
        if (first === undefined) throw refused(words, `lacks the value of ${name}`);
        known.put(body, first);
        while (known.many === true && queue[0] !== undefined && !queue[0].startsWith('-'))
          known.put(body, queue.shift() ?? '');
      }
    }
  }
  if (operands.length < command.operands) throw refused(words, 'lacks an operand');
  return {command, said: {body, operands, microversion, ids: []}};
}

function withoutGlobals(words: readonly string[]): readonly [string | undefined, readonly string[]] {
  return words[0] === '--os-compute-api-version' ? [words[1], words.slice(2)] : [undefined, words];
}

/** Undefined for what is no command that steps may use. */
export function commandFor(
  words: readonly string[],
  commands: ReadonlyMap<string, Command>,
): Command | undefined {
  return named(withoutGlobals(words)[1], commands);
}

/** The command with the longest name that the words begin with, after a global option. */
function named(words: readonly string[], commands: ReadonlyMap<string, Command>): Command | undefined {
  for (let length = Math.min(words.length, 6); length > 0; length -= 1) {
    const found = commands.get(words.slice(0, length).join(' '));
    if (found !== undefined) return found;
  }
  return undefined;
}

function refused(words: readonly string[], why: string): RekindleError {
  return new RekindleError('input', `openstack ${words.slice(0, 5).join(' ')} ${why}`, {
    hint: 'run it by hand, or make the bundle again with this version of rekindle',
  });
}
