import {makeCommand} from '../command.ts';
import {withFormat} from '../format/options.ts';
import {warnOfGaps} from '../gaps.ts';
import {flag} from '../option-kinds.ts';
import {renderTo} from '../rendering.ts';
import {selectionsOf, withSelectFile} from '../select-options.ts';
import {withShape} from '../shape-options.ts';
import {checkFolder} from '../taking.ts';
import {readSource, sourceHelp} from '../sources.ts';

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
    const targets = await selectionsOf(args);
    await checkFolder(args, targets, context);
    const inventory = await readSource(args.source, context);
    warnOfGaps(inventory, context.log);
    return renderTo(inventory, args, targets, context);
  },
});
