import {pictureFormats, pictureText} from '../../picture/index.ts';
import {makeCommand} from '../command.ts';
import {exit} from '../exit.ts';
import {withFormat} from '../format/options.ts';
import {warnOfGaps} from '../gaps.ts';
import {onlySelection, selectionOf, withSelect} from '../select-options.ts';
import {readSource, sourceHelp} from '../sources.ts';

export const graph = makeCommand({
  examples: [
    'rekindle graph cloud:source > topology.svg',
    'rekindle graph out --format mermaid >> README.md',
    "rekindle graph out --select 'server:web-*' --format dot | dot -T pdf > web.pdf",
  ],
  notes: `Networks are lanes with their ranges, the outer ones first; routers stand between them with their addresses. What is not
the project's own, or not selected, is dimmed; what is lost is marked.`,
  options: cli =>
    withFormat(
      withSelect(cli.positional('source', {type: 'string', demandOption: true, describe: sourceHelp})),
      pictureFormats,
    ),
  async run(args, context) {
    const [pipeline, {isPartial}] = await Promise.all([
      import('../../pipeline.ts'),
      import('../../model/inventory.ts'),
    ]);
    const inventory = await readSource(args.source, context);
    warnOfGaps(inventory, context.log);
    const shape = await selectionOf(args, await onlySelection(args));
    context.print(pictureText(pipeline.picture(inventory, {shape}), args.format));
    return isPartial(inventory) ? exit.partial : exit.done;
  },
});
