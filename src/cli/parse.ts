/** Words to an action, a help text or a usage error. The only file that deals with yargs as a parser. */
import {RekindleError} from '../model/errors.ts';
import {registration, type Action, type Registered} from './command.ts';
import {commands} from './commands/index.ts';
import {withGlobals, type GlobalArgs} from './globals.ts';
import {headMark} from './head-mark.ts';
import {completionSummary, familyHelp, longHelp, shortHelp, spoken, withHead} from './help.ts';
import {nearest} from '../model/nearest.ts';
import {beforeYargs} from './words.ts';

export type Parsed =
  | {readonly action: Action; readonly args: GlobalArgs}
  /** Text to show instead; `asked` is false for a command line that names no command. */
  | {readonly text: string; readonly asked: boolean};

export interface ParseOptions {
  readonly version: string;
  /** Of the terminal, if there is one. */
  readonly columns?: number | undefined;
}

/** @throws RekindleError 'usage' */
export async function parse(argv: readonly string[], {version, columns}: ParseOptions): Promise<Parsed> {
  const {words, apiVersions} = beforeYargs(argv);
  const quick = withoutYargs(words, version);
  if (quick !== undefined) return quick;
  const [{default: yargs}, register] = await Promise.all([import('yargs'), registration(commands, words)]);
  let text = '';
  let begun: Registered | undefined;
  let result: Parsed | undefined;
  const raw = yargs([])
    .scriptName('rekindle')
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .usage(headMark)
    .wrap(Math.min(columns === undefined || columns === 0 ? 100 : columns, 110))
    .strict()
    .demandCommand(1, '')
    .version(`rekindle ${version}`)
    .help()
    .alias('help', 'h')
    .fail((message: string | null, error: Error | undefined) => {
      const said = message ?? error?.message ?? '';
      throw said === '' ? new NoCommand() : usageError(said, begun, argv, optionsOf(cli));
    });
  const cli = withGlobals(raw, {apiVersions, showHidden: words.includes('--show-hidden')});
  register(
    cli,
    started => (begun = started),
    (args, action) => (result = {args, action}),
  );
  cli.completion('completion', completionSummary);
  try {
    await cli.parseAsync([...words], {}, (_error: unknown, _argv: unknown, output: string) => {
      text = output;
    });
  } catch (error) {
    if (error instanceof NoCommand)
      return {text: begun === undefined ? shortHelp() : familyHelp(begun), asked: false};
    throw error;
  }
  if (result !== undefined) return result;
  if (!text.includes(headMark)) return {text: `${text.trimEnd()}\n`, asked: true};
  const showHidden = words.includes('--show-hidden');
  if (begun === undefined) return {text: longHelp(showHidden), asked: true};
  return {
    text: begun.members === undefined ? withHead(text, begun) : familyHelp(begun, showHidden),
    asked: true,
  };
}

/** What people and scripts ask for most needs no parser, whose start takes longer than all the rest of the program. */
function withoutYargs(words: readonly string[], version: string): Parsed | undefined {
  const [word, ...others] = words;
  if (word === undefined) return {text: shortHelp(), asked: false};
  if (others.length > 0) return undefined;
  if (word === '--version') return {text: `rekindle ${version}\n`, asked: true};
  return word === '--help' || word === '-h' ? {text: longHelp(), asked: true} : undefined;
}

/** The command line names no command. */
class NoCommand extends Error {}

/** Names of the options that the command at hand takes; yargs doesn't say in its types. */
function optionsOf(cli: unknown): readonly string[] {
  const {key} = (cli as {getOptions(): {key: Readonly<Record<string, unknown>>}}).getOptions();
  return Object.keys(key).filter(name => name.length > 1);
}

/** One clear sentence for what yargs says. */
function usageError(
  message: string,
  begun: Registered | undefined,
  argv: readonly string[],
  options: readonly string[],
): RekindleError {
  const command = begun === undefined ? undefined : spoken(begun);
  const help = `rekindle ${command === undefined ? '' : `${command} `}--help shows the usage`;
  const fail = (text: string, hint = help): RekindleError => new RekindleError('usage', text, {hint});

  const unknown = /^Unknown arguments?: (.*)$/s.exec(message)?.[1]?.split(', ')[0];
  if (unknown !== undefined) {
    const typed = argv.map(word => word.split('=')[0] ?? word);
    const option = typed.find(
      word => word.startsWith('-') && word.replace(/^-+/, '').replaceAll('_', '-') === unknown,
    );
    if (option !== undefined || typed.some(word => /^-[a-z]{2,}$/i.test(word) && word.includes(unknown))) {
      const like = nearest(unknown, options);
      const shown = option ?? `-${unknown}`;
      return fail(`There is no option ${shown}`, like === undefined ? help : `did you mean --${like}?`);
    }
    if (begun !== undefined && begun.members === undefined)
      return fail(`${command} takes no further operand ${JSON.stringify(unknown)}`);
    const family = command === undefined ? '' : `${command} `;
    const like = nearest(
      unknown,
      (begun?.members ?? commands).flatMap(({names}) => names),
    );
    return fail(
      `There is no command ${JSON.stringify(`${family}${unknown}`)}`,
      like === undefined ? help : `did you mean ${family}${like}?`,
    );
  }
  const short = /^Not enough arguments following: (.*)$/s.exec(message)?.[1];
  if (short !== undefined) {
    return fail(
      `${dashed(short)} needs a value`,
      `a value that begins with "-" goes so: ${dashed(short)}=VALUE`,
    );
  }
  if (message.startsWith('Not enough non-option arguments'))
    return fail(`${command ?? 'rekindle'} needs another operand`);
  const choice = /Argument: (.*?), Given: (.*?), Choices: (.*)/s.exec(message);
  if (choice !== null) return fail(`${dashed(choice[1] ?? '')} takes one of ${choice[3]}, not ${choice[2]}`);
  return fail(message.replaceAll(/\s*\n\s*/g, ' '));
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
