import type {StackField, StackFilter} from '../../../heat/index.ts';
import {RekindleError} from '../../../model/errors.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {rowFormats, rowsText} from '../../format/formats.ts';
import {rowOptions, withRows} from '../../format/options.ts';
import {flag, list as repeated, text} from '../../option-kinds.ts';
import {columnsOf, openOrchestration, stackColumns, stackRow} from './target.ts';

export const list = makeCommand({
  examples: [
    'rekindle stack list --os-cloud prod',
    'rekindle stack list --tags web,prod          those that have both tags',
    'rekindle stack list --property status=FAILED -f value -c ID',
  ],
  notes: 'An admin is shown the stacks of the project as well, not those of all projects.',
  options: cli =>
    withRows(
      cli
        .option('tags', {...text('Stacks that have all of these: A,B'), alias: 'tag'})
        .option('nested', flag('Nested stacks too'))
        .option('property', repeated('NAME=VALUE that a stack must have; repeat for more', 'p')),
      rowFormats,
    ),
  async run(args, context) {
    const filter = await filterOf(args.property ?? []);
    const {heat} = await openOrchestration(context);
    const nested = args.nested === true;
    const stacks = await heat.list({
      tags: (args.tags ?? '').split(',').filter(tag => tag !== ''),
      nested,
      fields: filter,
      signal: context.signal,
    });
    const columns = nested ? [...stackColumns, ...columnsOf('Parent')] : stackColumns;
    context.print(await rowsText({columns, rows: stacks.map(stackRow)}, rowOptions(args, context)));
    return exit.done;
  },
});

async function filterOf(given: readonly string[]): Promise<NonNullable<StackFilter['fields']>> {
  const {stackFields} = await import('../../../heat/index.ts');
  const filter: Partial<Record<StackField, string>> = {};
  for (const word of given) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
    const field = stackFields.find(known => known === name);
    if (field === undefined || value === undefined) {
      throw new RekindleError('usage', `--property takes NAME=VALUE, not ${JSON.stringify(word)}`, {
        hint: `Heat finds stacks by ${stackFields.join(', ')}`,
      });
    }
    filter[field] = value;
  }
  return filter;
}
