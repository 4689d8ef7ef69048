import {shapeOf} from '../../model/report.ts';
import {earlierBundle, folderFor, savedText, saveBundles, type Made} from '../bundle-out.ts';
import {makeCommand} from '../command.ts';
import {exit} from '../exit.ts';
import {withFormat} from '../format/options.ts';
import {warnOfGaps} from '../gaps.ts';
import {flag} from '../option-kinds.ts';
import {selectionsOf, withSelectFile} from '../select-options.ts';
import {chosenShape, withShape} from '../shape-options.ts';
import {checkFolder} from '../taking.ts';
import {readSource, reportOf, sourceHelp} from '../sources.ts';

export const render = makeCommand({
  examples: [
    'rekindle render out/inventory.json again',
    'rekindle render out out   with a newer rekindle',
    "rekindle render out web --select 'server:web-*'",
  ],
  options: cli =>
    withFormat(
      withShape(cli)
        .positional('source', {type: 'string', demandOption: true, describe: sourceHelp})
        .positional('dir', {type: 'string', describe: 'Folder to write; default: named after the project'})
        .option('force', flag("Replace another project's bundle, or write among other files")),
      ['table', 'json', 'yaml'],
    ),
  async run(given, context) {
    const args = await withSelectFile(given, context);
    const [pipeline, {isPartial}] = await Promise.all([
      import('../../pipeline.ts'),
      import('../../model/inventory.ts'),
    ]);
    const targets = await selectionsOf(args);
    await checkFolder(args, targets, context);
    const inventory = await readSource(args.source, context);
    warnOfGaps(inventory, context.log);
    const {project, region} = inventory.source;
    const before = await reportOf(args.source, context);
    const made: Made[] = [];
    for (const wanted of targets) {
      const dir = folderFor(wanted, args.dir, project.name);
      const earlier = await earlierBundle({...args, dir}, {...project, region}, context);
      const report = before ?? earlier?.report;
      const shape = await chosenShape(args, report && shapeOf(report), context, wanted);
      made.push({name: wanted.name, dir, earlier, taken: pipeline.render(inventory, {shape, earlier})});
    }
    context.print(await savedText(await saveBundles(made, args, context), args, context));
    return isPartial(inventory) ? exit.partial : exit.done;
  },
});
