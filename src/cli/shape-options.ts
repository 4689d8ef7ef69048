/** Options that shape a template, and the choices they make: for whatever writes a bundle. */
import type {Argv} from 'yargs';
import {stacksModes, type StacksMode} from '../model/define.ts';
import {RekindleError} from '../model/errors.ts';
import type {Shape} from '../model/shape.ts';
import type {Context} from './command.ts';
import {flag, text} from './option-kinds.ts';

/** What `withShape` adds. */
export interface ShapeArgs {
  readonly stacks?: StacksMode | undefined;
  readonly fold?: boolean | undefined;
  readonly 'no-fold'?: boolean | undefined;
  readonly reshape?: boolean | undefined;
}

export function withShape<T>(cli: Argv<T>) {
  return cli
    .option('stacks', {
      ...text('What Heat stacks own: rebuilt one by one (default), by their own templates, or left out'),
      choices: stacksModes,
    })
    .option('fold', flag('Servers that are alike become one group with a nested template'))
    .option('no-fold', flag('Each server stands for itself again'))
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
  _context: Context,
): Promise<Shape> {
  const base = args.reshape === true ? {} : (before ?? {});
  if (args.fold === true && args['no-fold'] === true)
    throw new RekindleError('usage', '--fold and --no-fold exclude each other');
  const {fold, ...rest} = base;
  const folds = args['no-fold'] !== true && (args.fold === true || fold === true);
  return {
    ...rest,
    ...(folds ? {fold: true} : {}),
    ...(args.stacks === undefined ? {} : {stacks: args.stacks}),
  };
}
