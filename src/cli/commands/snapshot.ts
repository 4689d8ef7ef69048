import {savedText} from '../bundle-out.ts';
import {makeCommand} from '../command.ts';
import {exit} from '../exit.ts';
import {withFormat} from '../format/options.ts';
import {selectionsOf, withSelectFile} from '../select-options.ts';
import {checkFolder, take, withTaking} from '../taking.ts';

export const snapshot = makeCommand({
  examples: [
    'rekindle snapshot out --os-cloud source',
    'rekindle snapshot out --os-cloud source   again: names and your edits in out/ stay',
  ],
  notes: `A folder that holds an earlier bundle of the same project is updated: things keep their logical names, and what was
written into environment.yaml and secrets.yaml stays (docs/drift.md).

Exit code 3 means that something could not be read: the report names it, and the bundle lacks it.`,
  options: cli => withFormat(withTaking(cli), ['table', 'json', 'yaml']),
  async run(given, context) {
    const args = await withSelectFile(given, context);
    const {isPartial} = await import('../../model/inventory.ts');
    const targets = await selectionsOf(args);
    await checkFolder(args, targets, context);
    const {saved, inventory} = await take(await context.open(), args, targets, context);
    context.print(await savedText(saved, args, context));
    return isPartial(inventory) ? exit.partial : exit.done;
  },
});
