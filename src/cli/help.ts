/** What help says beside the options, which yargs lists. */
import type {Facts, Registered} from './command.ts';
import {commands} from './commands/index.ts';
import {globalOptions, type GlobalOption} from './globals.ts';
import {headMark} from './head-mark.ts';

export const completionSummary = 'Print a completion script for bash or zsh';

const introduction = `Usage: rekindle COMMAND [options]

Reads an OpenStack project, writes the Heat template that rebuilds it, and proves it.

Examples:
  rekindle snapshot out --os-cloud source             the project becomes the folder out
  rekindle deploy out --os-cloud target --stack web   Heat builds it in another project
  rekindle verify out --os-cloud target --stack web   is the clone the same?`;

const conclusion = `OS_* variables, clouds.yaml and every global option of the openstack client are taken; --show-hidden lists
the options that are not listed here.
Exit codes: 0 done or same, 1 failed, 2 usage or configuration, 3 done but partial, 4 different or not deployable.`;

/** A command as messages call it: `stack events`, without its operands. */
export function spoken({usage}: Facts): string {
  return usage.replace(/ [<[].*$/, '');
}

/** @param text What yargs made of a command's options. */
export function withHead(text: string, command: Registered): string {
  const {notes = conclusion} = command;
  const head = headOf(command);
  return `${text.replace(headMark, () => head).trimEnd()}\n\n${notes}\n`;
}

function headOf({usage, summary, examples}: Registered): string {
  const lines = examples.map(line => `  ${line}`).join('\n');
  return `Usage: rekindle ${usage} [options]\n\n${summary}.\n\nExamples:\n${lines}`;
}

/** For a family of commands: its members, then what every command takes. */
export function familyHelp(family: Registered, showHidden = false): string {
  const {members = [], notes = conclusion} = family;
  const more = `rekindle ${spoken(family)} COMMAND --help lists a command's options.`;
  const parts = [headOf(family), table('Commands:', members), more, ...optionSections(showHidden), notes];
  return `${parts.join('\n\n')}\n`;
}

/** For a command line that names no command. */
export function shortHelp(): string {
  return `${introduction}\n\n${commandList()}\n\nrekindle COMMAND --help lists a command's options.\n`;
}

/** For --help. */
export function longHelp(showHidden = false): string {
  return `${[introduction, commandList(), ...optionSections(showHidden), conclusion].join('\n\n')}\n`;
}

/** The options of every command, a text for each group. */
function optionSections(showHidden: boolean): readonly string[] {
  const options = [...globalOptions(), ...builtIn].filter(({hidden}) => showHidden || hidden !== true);
  const groups = [...new Set(options.map(({group}) => group))];
  const width = Math.max(...options.map(({name}) => name.length)) + 8;
  return groups.map(group => {
    const lines = options
      .filter(option => option.group === group)
      .map(({name, alias, describe}) => {
        const words = `${alias === undefined ? '    ' : `-${alias}, `}--${name}`;
        return `  ${words.padEnd(width)}${describe}`;
      });
    return [group, ...lines].join('\n');
  });
}

const builtIn: readonly GlobalOption[] = [
  {name: 'help', alias: 'h', type: 'boolean', describe: 'Show help', group: 'In every command:'},
  {name: 'version', type: 'boolean', describe: 'Show the version', group: 'In every command:'},
];

function commandList(): string {
  const completion = {usage: 'completion', summary: completionSummary};
  return table('Commands:', [...commands, completion]);
}

function table(title: string, lines: readonly {readonly usage: string; readonly summary: string}[]): string {
  const width = Math.max(...lines.map(({usage}) => usage.length));
  return [title, ...lines.map(({usage, summary}) => `  ${usage.padEnd(width)}  ${summary}`)].join('\n');
}
