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

export interface Command<Args> {
  /** Name and operands, as yargs writes them: `render <source> [dir]`. */
  readonly usage: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
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

/** A command whose type of arguments nobody outside needs to know. */
export interface Registered extends Pick<Command<never>, 'usage' | 'summary' | 'examples' | 'notes'> {
  readonly name: string;
  /** The name and its aliases. */
  readonly names: readonly string[];
  /** Of a family: its members. */
  readonly members?: readonly Registered[];
  /** Puts it on the command line. `begun` is called when it is the one, `chosen` when its arguments are good. */
  readonly register: (
    cli: Argv<GlobalArgs>,
    begun: (command: Registered) => void,
    chosen: (args: GlobalArgs, action: Action) => void,
  ) => void;
}

export function makeCommand<Args extends GlobalArgs>(command: Command<Args>): Registered {
  const {usage, aliases = [], summary} = command;
  const name = usage.split(' ')[0] ?? usage;
  const registered: Registered = {
    ...command,
    name,
    names: [name, ...aliases],
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
}

/** Commands under one word, as `stack list` and `stack show`. */
export interface Family extends Pick<Registered, 'name' | 'summary' | 'examples' | 'notes'> {
  /** In the order that help lists them. */
  readonly members: readonly Registered[];
}

export function makeFamily({members, ...family}: Family): Registered {
  const {name, summary} = family;
  const registered: Registered = {
    ...family,
    usage: `${name} <command>`,
    names: [name],
    members: members.map(member => under(name, member)),
    register(cli, begun, chosen) {
      cli.command({
        command: name,
        describe: summary,
        builder: (inner: Argv<GlobalArgs>) => {
          begun(registered);
          inner.usage(headMark).demandCommand(1, '');
          for (const member of members)
            member.register(inner, command => begun(under(name, command)), chosen);
          return inner;
        },
        // One of its members is always demanded.
        handler: () => {},
      });
    },
  };
  return registered;
}

/** As help and messages call it: with the family's word before its own. */
function under(name: string, command: Registered): Registered {
  const {usage, members} = command;
  return {
    ...command,
    usage: `${name} ${usage}`,
    ...(members === undefined ? {} : {members: members.map(member => under(name, member))}),
  };
}
