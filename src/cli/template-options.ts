/** Options that shape a template: for `snapshot` and `render`. */
import type {Argv} from 'yargs';
import {stacksModes} from '../model/define.ts';
import {text} from './option-kinds.ts';

export function withTemplate<T>(cli: Argv<T>) {
  return cli.option('stacks', {
    ...text('What Heat stacks own: rebuilt one by one, by their own templates, or left out'),
    choices: stacksModes,
    default: 'as-resources' as const,
  });
}
