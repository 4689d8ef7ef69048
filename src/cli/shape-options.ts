/** Options that shape a template, and the choices they make: for whatever writes a bundle. */
import type {Argv} from 'yargs';
import {stacksModes, type StacksMode} from '../model/define.ts';
import type {Shape} from '../model/shape.ts';
import type {Context} from './command.ts';
import {flag, list, text} from './option-kinds.ts';
import {
  onlySelection,
  selectionOf,
  withSelection,
  type SelectionArgs,
  type Wanted,
} from './select-options.ts';

/** What `withShape` adds. */
export interface ShapeArgs extends SelectionArgs {
  readonly stacks?: StacksMode | undefined;
  readonly ips?: readonly string[] | undefined;
  readonly reshape?: boolean | undefined;
}

export function withShape<T>(cli: Argv<T>) {
  return withSelection(cli)
    .option('stacks', {
      ...text('What Heat stacks own: rebuilt one by one (default), by their own templates, or left out'),
      choices: stacksModes,
    })
    .option(
      'ips',
      list(
        'Addresses: keep (default), auto (the target chooses), shift=NET=NET or shift=NET (docs/addresses.md)',
      ),
    )
    .option(
      'reshape',
      flag('Forget the options that shaped the bundle that is there: only those given now count'),
    );
}

/**
 * What the options say; what they leave open is as in the bundle that is made again.
 * @param before Choices of that bundle.
 * @param wanted Which of the selections it is; default: the only one.
 * @throws RekindleError 'usage' or 'input' for an option or a file that can't be understood
 */
export async function chosenShape(
  args: ShapeArgs,
  before: Shape | undefined,
  _context: Context,
  wanted?: Wanted,
): Promise<Shape> {
  const {ips: kept, ...base} = args.reshape === true ? {} : (before ?? {});
  const ips = args.ips === undefined ? kept : (await import('../model/ips.ts')).parseIps(args.ips);
  return {
    ...base,
    ...(args.stacks === undefined ? {} : {stacks: args.stacks}),
    ...(await selectionOf(args, wanted ?? (await onlySelection(args)))),
    ...(ips === undefined || ips === 'keep' ? {} : {ips}),
  };
}
