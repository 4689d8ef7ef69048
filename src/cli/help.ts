/** What help says beside the options, which yargs lists. */
import type {Registered} from './command.ts';
import {commands} from './commands/index.ts';
import {headMark} from './head-mark.ts';

const introduction = `Usage: rekindle COMMAND [options]

Reads an OpenStack project, writes the Heat template that rebuilds it, and proves it.

Examples:
  rekindle snapshot out --os-cloud source             the project becomes the folder out
  rekindle deploy out --os-cloud target --stack web   Heat builds it in another project
  rekindle verify out --os-cloud target --stack web   is the clone the same?`;

const conclusion = `OS_* variables, clouds.yaml and every global option of the openstack client are taken; --show-hidden lists
the options that are not listed here.
Exit codes: 0 done or same, 1 failed, 2 usage or configuration, 3 done but partial, 4 different or not deployable.`;

/** @param command The one that help was asked for, if any. */
export function withHead(text: string, command: Registered | undefined): string {
  if (!text.includes(headMark)) return `${text.trimEnd()}\n`;
  const [head, foot] =
    command === undefined ? [introduction, conclusion] : [headOf(command), command.notes ?? conclusion];
  return `${text.replace(headMark, () => head).trimEnd()}\n\n${foot}\n`;
}

function headOf({usage, summary, examples}: Registered): string {
  const lines = examples.map(line => `  ${line}`).join('\n');
  return `Usage: rekindle ${usage} [options]\n\n${summary}.\n\nExamples:\n${lines}`;
}

/** For a command line that names no command. */
export function shortHelp(): string {
  const width = Math.max(...commands.map(({usage}) => usage.length));
  const lines = commands.map(({usage, summary}) => `  ${usage.padEnd(width)}  ${summary}`).join('\n');
  return `${introduction}\n\nCommands:\n${lines}\n\nrekindle COMMAND --help lists a command's options.\n`;
}
