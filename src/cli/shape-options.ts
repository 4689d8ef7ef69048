/** Options that shape a template, and the choices they make: for whatever writes a bundle. */
import type {Argv} from 'yargs';
import {stacksModes, type StacksMode} from '../model/define.ts';
import type {Shape} from '../model/shape.ts';
import {withFiles} from './chosen-files.ts';
import type {Context} from './command.ts';
import {flag, text} from './option-kinds.ts';

/** What `withShape` adds. */
export interface ShapeArgs {
  readonly stacks?: StacksMode | undefined;
  readonly rules?: string | undefined;
  readonly names?: string | undefined;
  readonly reshape?: boolean | undefined;
}

export function withShape<T>(cli: Argv<T>) {
  return cli
    .option('stacks', {
      ...text('What Heat stacks own: rebuilt one by one (default), by their own templates, or left out'),
      choices: stacksModes,
    })
    .option('rules', text('YAML file of rules that change properties of what they match; see docs/rules.md'))
    .option('names', text('YAML file of logical names, OLD: NEW; see docs/rules.md'))
    .option(
      'reshape',
      flag('Forget the options that shaped the bundle that is there: only those given now count'),
    );
}

/**
 * What the options say; what they leave open is as in the bundle that is made again.
 * @param before Choices of that bundle.
 * @throws RekindleError 'usage' or 'input' for an option or a file that can't be understood
 */
export async function chosenShape(
  args: ShapeArgs,
  before: Shape | undefined,
  context: Context,
): Promise<Shape> {
  const base = args.reshape === true ? {} : (before ?? {});
  const chosen = {...base, ...(args.stacks === undefined ? {} : {stacks: args.stacks})};
  return withFiles(chosen, args, context);
}
