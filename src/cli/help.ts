/** What help says beside the options, which yargs lists. */
import type {Registered} from './command.ts';
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

/** @param text What yargs made of a command's options, or anything else that it prints. */
export function withHead(text: string, command: Registered | undefined): string {
  if (command === undefined || !text.includes(headMark)) return `${text.trimEnd()}\n`;
  const {usage, summary, examples, notes = conclusion} = command;
  const lines = examples.map(line => `  ${line}`).join('\n');
  const head = `Usage: rekindle ${usage} [options]\n\n${summary}.\n\nExamples:\n${lines}`;
  return `${text.replace(headMark, () => head).trimEnd()}\n\n${notes}\n`;
}

/** For a command line that names no command. */
export function shortHelp(): string {
  return `${introduction}\n\n${commandList()}\n\nrekindle COMMAND --help lists a command's options.\n`;
}

/** For --help. */
export function longHelp(showHidden = false): string {
  const options = [...globalOptions(), ...builtIn].filter(({hidden}) => showHidden || hidden !== true);
  const groups = [...new Set(options.map(({group}) => group))];
  const width = Math.max(...options.map(({name}) => name.length)) + 8;
  const sections = groups.map(group => {
    const lines = options
      .filter(option => option.group === group)
      .map(({name, alias, describe}) => {
        const words = `${alias === undefined ? '    ' : `-${alias}, `}--${name}`;
        return `  ${words.padEnd(width)}${describe}`;
      });
    return [group, ...lines].join('\n');
  });
  return `${[introduction, commandList(), ...sections, conclusion].join('\n\n')}\n`;
}

const builtIn: readonly GlobalOption[] = [
  {name: 'help', alias: 'h', type: 'boolean', describe: 'Show help', group: 'In every command:'},
  {name: 'version', type: 'boolean', describe: 'Show the version', group: 'In every command:'},
];

function commandList(): string {
  const completion = {usage: 'completion', summary: completionSummary};
  const width = Math.max(...commands.map(({usage}) => usage.length));
  const lines = [...commands, completion].map(({usage, summary}) => `  ${usage.padEnd(width)}  ${summary}`);
  return ['Commands:', ...lines].join('\n');
}
