/**
 * The command line before and after yargs: what yargs 18 gets wrong is put right here.
 * - A bare `-` arrives as '' where it is an operand, and what follows `--` never reaches a named operand.
 * - A repeated option arrives as a list, though the last should count.
 * - An option before the command that is the command's own swallows it.
 * - An option whose value may be left out takes the operand after it.
 * - Options with underscores, as openstacksdk's tools take them, and `--os-<service>-api-version` are unknown to `strict`.
 */
import {globalOptions} from './globals.ts';

/** Marks a word that must arrive as it is. No word of a command line can hold it. */
const mark = '\u0000';

/** Options that may be repeated; of any other the last counts. */
const lists: ReadonlySet<string> = new Set([
  'parameter',
  'parameter-file',
  'environment',
  'column',
  'sort-column',
  'property',
  'ips',
  'select',
  'exclude',
  'parameterize',
  'freeze',
  'outputs',
  'map',
  '_',
]);

/** Options that stand alone as well, with what they then mean. */
const short: Readonly<Record<string, {readonly means: string; readonly values: readonly string[]}>> = {
  '--tree': {means: 'kind', values: ['kind', 'network']},
};

export interface Words {
  readonly words: readonly string[];
  /** Names of options like `os-compute-api-version`, as they occur. */
  readonly apiVersions: readonly string[];
}

export function beforeYargs(argv: readonly string[]): Words {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  const operands = end < 0 ? [] : argv.slice(end + 1);
  const apiVersions = new Set<string>();
  const words = options.map((word, at) => {
    const alone = Object.hasOwn(short, word) ? short[word] : undefined;
    if (alone !== undefined && !alone.values.includes(options[at + 1] ?? '')) return `${word}=${alone.means}`;
    if (word === '-' || word === '') return mark + word;
    const match = /^--([a-zA-Z][\w-]*)(=.*)?$/s.exec(word);
    if (match === null) return word;
    const name = (match[1] ?? '').replaceAll('_', '-');
    if (/^os-.+-api-version$/.test(name)) apiVersions.add(name);
    return `--${name}${match[2] ?? ''}`;
  });
  const ordered = commandFirst(words);
  // `rekindle help list`, as many programs have it.
  const asked = ordered[0] === 'help' ? [...ordered.slice(1), '--help'] : ordered;
  return {words: [...asked, ...operands.map(word => mark + word)], apiVersions: [...apiVersions]};
}

/** yargs takes the word after an option that it doesn't know yet for its value, and so loses the command. */
function commandFirst(words: readonly string[]): readonly string[] {
  const takesValue = new Set(
    globalOptions().flatMap(({name, type}) => (type === 'string' ? [`--${name}`] : [])),
  );
  let at = 0;
  while (words[at]?.startsWith('-') === true) {
    const word = words[at] ?? '';
    at += takesValue.has(word) || /^--os-[\w-]+-api-version$/.test(word) ? 2 : 1;
  }
  const command = words[at];
  return command === undefined ? words : [command, ...words.slice(0, at), ...words.slice(at + 1)];
}

/** What yargs made of the words, with every value as it was meant. */
export function afterYargs<Args extends object>(args: Args): Args {
  const entries = Object.entries(args).map(([name, value]: [string, unknown]) => {
    const settled: unknown = Array.isArray(value) && !lists.has(name) ? value.at(-1) : value;
    return [name, Array.isArray(settled) ? settled.map(plain) : plain(settled)];
  });
  return Object.fromEntries(entries) as Args;
}

function plain(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : value;
}
