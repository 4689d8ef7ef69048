/** What `verify` and `diff` print, and their exit code. */
import type {Argv} from 'yargs';
import type {Comparison, IgnoreRule, Sides} from '../verify/index.ts';
import type {Context} from './command.ts';
import {exit} from './exit.ts';
import {withFormat, type FormatArgs} from './format/options.ts';
import {flag, text} from './option-kinds.ts';

export type ComparisonFormat = 'table' | 'json' | 'markdown' | 'unified';

export interface ComparisonArgs extends FormatArgs<ComparisonFormat> {
  readonly ignore?: string | undefined;
  readonly 'show-ignored'?: boolean | undefined;
}

/** A rule more is one line of it; nobody writes that many. */
const limit = 1024 * 1024;

export function withComparison<Args>(cli: Argv<Args>): Argv<Args & ComparisonArgs> {
  return withFormat(cli, ['table', 'json', 'markdown', 'unified'])
    .option('ignore', text('YAML file of differences that do not count; see docs/drift.md'))
    .option('show-ignored', flag('List them all the same'));
}

/** The rules of --ignore, read before anything that takes time. */
export async function ignoreRules(
  {ignore}: Pick<ComparisonArgs, 'ignore'>,
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
  const {formatDifferences, ignoring} = await import('../verify/index.ts');
  const {format, ignore = ''} = args;
  const comparison = ignoring(compared, rules);
  for (const {line = 0} of comparison.unused)
    context.log.log('warn', `${ignore}:${line}: this rule ignores nothing`);
  context.print(
    formatDifferences(comparison, format === 'table' ? 'table-lines' : format, {
      sides,
      showIgnored: args['show-ignored'],
      paint: context.paint.out,
    }),
  );
  if (!comparison.same) return exit.different;
  // What one side could not show is not proven, even if all the rest is the same.
  return comparison.blind.length > 0 ? exit.partial : exit.done;
}
