import {RekindleError} from '../../model/errors.ts';
import {pictureFormats, pictureText} from '../../picture/index.ts';
import type {Inventory} from '../../model/inventory.ts';
import {makeCommand} from '../command.ts';
import {exit} from '../exit.ts';
import {withFormat} from '../format/options.ts';
import {warnOfGaps} from '../gaps.ts';
import {text} from '../option-kinds.ts';
import {onlySelection, selectionOf, withSelect, withSelectFile} from '../select-options.ts';
import {readSource, sourceHelp} from '../sources.ts';

const forms = [...pictureFormats, 'html'] as const;

export const graph = makeCommand({
  examples: [
    'rekindle graph cloud:source > topology.svg',
    'rekindle graph out --format mermaid >> README.md',
    "rekindle graph out --select 'server:web-*' --format dot | dot -T pdf > web.pdf",
    'rekindle graph out --format html > topology.html',
    'rekindle graph out --compare cloud:source --format html > drift.html',
  ],
  notes: `Networks are lanes with their ranges, the outer ones first; routers stand between them with their addresses. What is not
the project's own, or not selected, is dimmed; what is lost is marked. html is one file to look at and to pick from: it needs
nothing else and fetches nothing.`,
  options: cli =>
    withFormat(
      withSelect(cli.positional('source', {type: 'string', demandOption: true, describe: sourceHelp})).option(
        'compare',
        text('Another source: what it has more, less and otherwise is marked (html)'),
      ),
      forms,
    ),
  async run(given, context) {
    const args = await withSelectFile(given, context);
    const [{page, picture}, {isPartial}] = await Promise.all([
      import('../../pipeline/snapshot.ts'),
      import('../../model/inventory.ts'),
    ]);
    const {source, compare, format} = args;
    if (compare !== undefined && format !== 'html')
      throw new RekindleError('usage', `--compare can't be drawn as ${format}`, {
        hint: '--format html shows what differs; `rekindle diff` says it in words',
      });
    if (source === '-' && compare === '-')
      throw new RekindleError('usage', 'Standard input can be one of the two sources only');
    const inventories = await Promise.all(
      [source, ...(compare === undefined ? [] : [compare])].map(name => readSource(name, context)),
    );
    for (const inventory of inventories) warnOfGaps(inventory, context.log);
    const shape = await selectionOf(args, await onlySelection(args));
    const [inventory, other] = inventories as [Inventory, Inventory?];
    const drawn =
      format !== 'html'
        ? pictureText(picture(inventory, {shape}), format)
        : other === undefined
          ? page(inventory, {shape})
          : (await import('../../pipeline/diff.ts')).comparedPage(inventory, other, {
              before: source,
              after: compare ?? '',
              shape,
            });
    context.print(drawn);
    return inventories.some(isPartial) ? exit.partial : exit.done;
  },
});
