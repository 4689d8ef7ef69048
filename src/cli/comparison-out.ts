/** What `verify` and `diff` print, and their exit code. */
import type {Argv} from 'yargs';
import {isAbsence} from '../model/inventory.ts';
import type {Comparison} from '../verify/index.ts';
import type {Context} from './command.ts';
import {exit} from './exit.ts';
import {withFormat, type FormatArgs} from './format/options.ts';

export type ComparisonFormat = 'table' | 'json' | 'markdown';

export function withComparison<Args>(cli: Argv<Args>): Argv<Args & FormatArgs<ComparisonFormat>> {
  return withFormat(cli, ['table', 'json', 'markdown']);
}

export async function printComparison(
  comparison: Comparison,
  format: ComparisonFormat,
  context: Context,
): Promise<number> {
  const {formatDifferences} = await import('../verify/index.ts');
  context.print(formatDifferences(comparison, format === 'table' ? 'table-lines' : format));
  if (!comparison.same) return exit.different;
  // What one side could not show is not proven, even if all the rest is the same.
  const unseen = comparison.blind.some(gap => !isAbsence(gap));
  return unseen ? exit.partial : exit.done;
}
