/** Options that shape a template, and the choices they make: for whatever writes a bundle. */
import type {Argv} from 'yargs';
import {stacksModes, type StacksMode} from '../model/define.ts';
import {RekindleError} from '../model/errors.ts';
import type {Shape} from '../model/shape.ts';
import {withFiles} from './chosen-files.ts';
import type {Context} from './command.ts';
import {chosenLayout, type LayoutArgs, withLayout} from './layout-options.ts';
import {flag, list, text} from './option-kinds.ts';
import {
  onlySelection,
  selectionOf,
  withSelection,
  type SelectionArgs,
  type Wanted,
} from './select-options.ts';

/** What `withShape` adds. */
export interface ShapeArgs extends SelectionArgs, LayoutArgs {
  readonly stacks?: StacksMode | undefined;
  readonly ips?: readonly string[] | undefined;
  readonly fold?: boolean | undefined;
  readonly 'no-fold'?: boolean | undefined;
  readonly rules?: string | undefined;
  readonly names?: string | undefined;
  readonly reshape?: boolean | undefined;
  readonly parameterize?: readonly string[] | undefined;
  readonly freeze?: readonly string[] | undefined;
  readonly constrain?: 'source' | 'none' | undefined;
  readonly outputs?: readonly string[] | undefined;
  readonly 'name-prefix'?: boolean | undefined;
}

export function withShape<T>(cli: Argv<T>) {
  return withLayout(withSelection(cli))
    .option('stacks', {
      ...text('What Heat stacks own: rebuilt one by one (default), by their own templates, or left out'),
      choices: stacksModes,
    })
    .option('fold', flag('Servers that are alike become one group with a nested template'))
    .option('no-fold', flag('Each server stands for itself again'))
    .option(
      'ips',
      list(
        'Addresses: keep (default), auto (the target chooses), shift=NET=NET or shift=NET (docs/addresses.md)',
      ),
    )
    .option(
      'parameterize',
      list(
        'Values that become parameters: cidr, dns, names, sizes, metadata, metadata.KEY, description, remotes, tags',
      ),
    )
    .option(
      'freeze',
      list('Parameters, or classes of them (images, flavors), whose values stand in the template'),
    )
    .option('constrain', {
      ...text('What flavors, images, zones a deployment may choose: any (default), or those of the source'),
      choices: ['none', 'source'] as const,
    })
    .option(
      'outputs',
      list('Kinds of things that the template has outputs of (servers, routers), all, or none'),
    )
    .option('name-prefix', flag('Let a parameter stand before all names: many environments in one project'))
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
 * @param wanted Which of the selections it is; default: the only one.
 * @throws RekindleError 'usage' or 'input' for an option or a file that can't be understood
 */
export async function chosenShape(
  args: ShapeArgs,
  before: Shape | undefined,
  context: Context,
  wanted?: Wanted,
): Promise<Shape> {
  const {ips: kept, fold, ...base} = args.reshape === true ? {} : (before ?? {});
  const ips = args.ips === undefined ? kept : (await import('../model/ips.ts')).parseIps(args.ips);
  if (args.fold === true && args['no-fold'] === true)
    throw new RekindleError('usage', '--fold and --no-fold exclude each other');
  const folds = args['no-fold'] !== true && (args.fold === true || fold === true);
  const chosen = withParameters(args, {
    ...base,
    ...(folds ? {fold: true} : {}),
    ...(args.stacks === undefined ? {} : {stacks: args.stacks}),
    ...(await selectionOf(args, wanted ?? (await onlySelection(args)))),
    ...(ips === undefined || ips === 'keep' ? {} : {ips}),
    ...chosenLayout(args),
  });
  return withFiles(chosen, args, context);
}

/** What the template has parameters and outputs of. */
function withParameters(args: ShapeArgs, base: Shape): Shape {
  const {constrain, namePrefix, ...others} = base;
  const {constrain: to = constrain, 'name-prefix': prefix = namePrefix} = args;
  const lists = (['parameterize', 'freeze', 'outputs'] as const).map(
    name => [name, wordsOf(args[name]) ?? others[name] ?? []] as const,
  );
  const {parameterize: _values, freeze: _frozen, outputs: _outputs, ...rest} = others;
  return {
    ...rest,
    ...Object.fromEntries(lists.filter(([, words]) => words.length > 0)),
    ...(to === 'source' ? {constrain: to} : {}),
    ...(prefix === true ? {namePrefix: prefix} : {}),
  };
}

/** Several in one word, or in words of their own; each once. */
function wordsOf(args: readonly string[] | undefined): readonly string[] | undefined {
  const words = args?.flatMap(word => word.split(',')).map(word => word.trim());
  return words === undefined ? undefined : [...new Set(words.filter(word => word !== ''))].sort();
}
