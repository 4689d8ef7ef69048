/** What a command is: its options, and what it does with them. */
import type {Argv} from 'yargs';
import type {Session} from '../cloud/types.ts';
import type {GlobalArgs} from './globals.ts';
import {headMark} from './head-mark.ts';
import type {Log} from './logger.ts';
import type {Paint} from './terminal.ts';
import {afterYargs} from './words.ts';
import type {World} from './world.ts';

/** What a run gives its command. */
export interface Context {
  readonly world: World;
  readonly args: GlobalArgs;
  readonly log: Log;
  /** Fires on an interruption. */
  readonly signal: AbortSignal;
  /** Name and version, as `rekindle 0.1.0`. */
  readonly tool: string;
  /** For standard output and standard error. */
  readonly paint: {readonly out: Paint; readonly err: Paint};
  /** Puts the result on standard output. */
  print(text: string): void;
  /** A live session; closed when the run ends. @param cloud Instead of --os-cloud. */
  open(cloud?: string): Promise<Session>;
  /** A path of the command line, as the file system has it. */
  path(given: string): string;
}

/** What is known of a command before its module is loaded. */
export interface Facts {
  /** Name and operands, as yargs writes them: `render <source> [dir]`. */
  readonly usage: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
}

/** The rest, which only the command at hand needs. */
export interface Command<Args> {
  /** Lines of shell, shown first in its help. */
  readonly examples: readonly string[];
  /** Paragraphs after the options. */
  readonly notes?: string;
  readonly options: (cli: Argv<GlobalArgs>) => Argv<Args>;
  /** @returns the exit code. */
  readonly run: (args: Args, context: Context) => Promise<number>;
}

/** A command with its arguments parsed. */
export type Action = (context: Context) => Promise<number>;

/** A command in a list. */
export interface Listed extends Facts {
  readonly name: string;
  /** The name and its aliases. */
  readonly names: readonly string[];
  /** @param words Of the command line: a family loads those of its members that they may mean. */
  readonly load: (words: readonly string[]) => Promise<Registered>;
}

/** A command whose type of arguments nobody outside needs to know. */
export interface Registered extends Facts, Pick<Command<never>, 'examples' | 'notes'> {
  /** Of a family: its members. */
  readonly members?: readonly Listed[];
  readonly register: Registration;
}

/** Puts a command on the command line. `begun` is called when it is the one, `chosen` when its arguments are good. */
export type Registration = (
  cli: Argv<GlobalArgs>,
  begun: (command: Registered) => void,
  chosen: (args: GlobalArgs, action: Action) => void,
) => void;

/** What a command's module holds, to be called as it is listed. */
export type Module = (facts: Facts, words: readonly string[]) => Registered | Promise<Registered>;

export function listed(facts: Facts, module: () => Promise<Module>): Listed {
  const {usage, aliases = []} = facts;
  const name = usage.split(' ')[0] ?? usage;
  return {
    ...facts,
    name,
    names: [name, ...aliases],
    load: async words => (await module())(facts, words),
  };
}

/** Of several commands: those that the words may mean with all they take, the others by their names. */
export async function registration(
  commands: readonly Listed[],
  words: readonly string[],
): Promise<Registration> {
  const ready = await Promise.all(
    commands.map(async one => (one.names.some(name => words.includes(name)) ? await one.load(words) : one)),
  );
  return (cli, begun, chosen) => {
    for (const one of ready) {
      if ('register' in one) one.register(cli, begun, chosen);
      else
        cli.command({
          command: one.usage,
          aliases: one.aliases ?? [],
          describe: one.summary,
          // No word of the command line is its name.
          handler: () => {},
        });
    }
  };
}

export function makeCommand<Args extends GlobalArgs>(command: Command<Args>): Module {
  return facts => {
    const {usage, aliases = [], summary} = facts;
    const registered: Registered = {
      ...facts,
      ...command,
      register(cli, begun, chosen) {
        cli.command<Args>({
          command: usage,
          aliases,
          describe: summary,
          builder: inner => {
            begun(registered);
            return command.options(inner.usage(headMark));
          },
          handler: args => {
            // Camel-case names, which the type promises as well, are switched off.
            const settled = afterYargs(args as object) as Args;
            chosen(settled, context => command.run(settled, context));
          },
        });
      },
    };
    return registered;
  };
}

/** Commands under one word, as `stack list` and `stack show`. */
export interface Family extends Pick<Command<never>, 'examples' | 'notes'> {
  /** In the order that help lists them. */
  readonly members: readonly Listed[];
}

export function makeFamily({members, ...family}: Family): Module {
  return async (facts, words) => {
    const {usage, summary} = facts;
    const name = usage.split(' ')[0] ?? usage;
    const registerMembers = await registration(members, words);
    const registered: Registered = {
      ...facts,
      ...family,
      members: members.map(member => under(name, member)),
      register(cli, begun, chosen) {
        cli.command({
          command: name,
          describe: summary,
          builder: (inner: Argv<GlobalArgs>) => {
            begun(registered);
            inner.usage(headMark).demandCommand(1, '');
            registerMembers(inner, command => begun(under(name, command)), chosen);
            return inner;
          },
          // One of its members is always demanded.
          handler: () => {},
        });
      },
    };
    return registered;
  };
}

/** As help and messages call it: with the family's word before its own. */
function under<One extends Facts & {readonly members?: readonly Listed[]}>(name: string, command: One): One {
  const {usage, members} = command;
  return {
    ...command,
    usage: `${name} ${usage}`,
    ...(members === undefined ? {} : {members: members.map(member => under(name, member))}),
  };
}
