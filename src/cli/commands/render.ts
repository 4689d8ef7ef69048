import {shapeOf} from '../../model/report.ts';
import {earlierBundle, savedText, saveBundle} from '../bundle-out.ts';
import {makeCommand} from '../command.ts';
import {exit} from '../exit.ts';
import {withFormat} from '../format/options.ts';
import {warnOfGaps} from '../gaps.ts';
import {flag} from '../option-kinds.ts';
import {chosenShape, withShape} from '../shape-options.ts';
import {checkFolder} from '../taking.ts';
import {readSource, reportOf, sourceHelp} from '../sources.ts';

export const render = makeCommand({
  usage: 'render <source> [dir]',
  summary: 'Write the bundle of an inventory that was taken before, without a cloud',
  examples: ['rekindle render out/inventory.json again', 'rekindle render out out   with a newer rekindle'],
  options: cli =>
    withFormat(
      withShape(cli)
        .positional('source', {type: 'string', demandOption: true, describe: sourceHelp})
        .positional('dir', {type: 'string', describe: 'Folder to write; default: named after the project'})
        .option('force', flag("Replace another project's bundle, or write among other files")),
      ['table', 'json', 'yaml'],
    ),
  async run(args, context) {
    const [pipeline, {isPartial}] = await Promise.all([
      import('../../pipeline.ts'),
      import('../../model/inventory.ts'),
      checkFolder(args, context),
    ]);
    const inventory = await readSource(args.source, context);
    warnOfGaps(inventory, context.log);
    const {project, region} = inventory.source;
    const earlier = await earlierBundle(args, {...project, region}, context);
    const report = (await reportOf(args.source, context)) ?? earlier?.report;
    const shape = await chosenShape(args, report && shapeOf(report), context);
    const taken = pipeline.render(inventory, {shape, earlier});
    context.print(await savedText(await saveBundle(taken, args, context, earlier), args.format));
    return isPartial(inventory) ? exit.partial : exit.done;
  },
});
