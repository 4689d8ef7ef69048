/** What `verify` and `diff` print, and their exit code. */
import type {Argv} from 'yargs';
import type {Comparison, IgnoreRule, Sides} from '../verify/index.ts';
import type {Context} from './command.ts';
import {exit} from './exit.ts';
import {withFormat, type FormatArgs} from './format/options.ts';
import {flag, text} from './option-kinds.ts';

export type ComparisonFormat = 'table' | 'json' | 'markdown' | 'unified';

export interface IgnoreArgs {
  readonly ignore?: string | undefined;
  readonly 'show-ignored'?: boolean | undefined;
}

export interface ComparisonArgs extends FormatArgs<ComparisonFormat>, IgnoreArgs {}

/** A rule more is one line of it; nobody writes that many. */
const limit = 1024 * 1024;

export function withComparison<Args>(cli: Argv<Args>): Argv<Args & ComparisonArgs> {
  return withIgnore(withFormat(cli, ['table', 'json', 'markdown', 'unified']));
}

export function withIgnore<Args>(cli: Argv<Args>): Argv<Args & IgnoreArgs> {
  return cli
    .option('ignore', text('YAML file of differences that do not count; see docs/drift.md'))
    .option('show-ignored', flag('List them all the same'));
}

/** The rules of --ignore, read before anything that takes time. */
export async function ignoreRules(
  {ignore}: Pick<IgnoreArgs, 'ignore'>,
  context: Context,
): Promise<readonly IgnoreRule[]> {
  if (ignore === undefined) return [];
  const [{readText}, {parseIgnoreFile}] = await Promise.all([
    import('../store/text.ts'),
    import('../verify/index.ts'),
  ]);
  return parseIgnoreFile(ignore, await readText(context.path(ignore), limit));
}

/** @param sides What the two are called, where they are not a source and its clone. */
export async function printComparison(
  compared: Comparison,
  rules: readonly IgnoreRule[],
  args: ComparisonArgs,
  context: Context,
  sides?: Sides,
): Promise<number> {
  const {formatDifferences} = await import('../verify/index.ts');
  const {format} = args;
  const comparison = await withoutIgnored(compared, rules, args, context);
  context.print(
    formatDifferences(comparison, format === 'table' ? 'table-lines' : format, {
      sides,
      showIgnored: args['show-ignored'],
      paint: context.paint.out,
    }),
  );
  return comparisonExit(comparison);
}

/** What the rules set aside is set aside; a rule that does nothing is told. */
export async function withoutIgnored(
  compared: Comparison,
  rules: readonly IgnoreRule[],
  {ignore = ''}: Pick<IgnoreArgs, 'ignore'>,
  {log}: Pick<Context, 'log'>,
): Promise<Comparison> {
  const {ignoring} = await import('../verify/index.ts');
  const comparison = ignoring(compared, rules);
  for (const {line = 0} of comparison.unused) log.log('warn', `${ignore}:${line}: this rule ignores nothing`);
  return comparison;
}

export function comparisonExit(comparison: Comparison): number {
  if (!comparison.same) return exit.different;
  // What one side could not show is not proven, even if all the rest is the same.
  return comparison.blind.length > 0 ? exit.partial : exit.done;
}
