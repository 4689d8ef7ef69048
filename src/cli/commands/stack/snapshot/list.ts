import {makeCommand} from '../../../command.ts';
import {exit} from '../../../exit.ts';
import {rowFormats, rowsText} from '../../../format/formats.ts';
import {rowOptions, withRows} from '../../../format/options.ts';
import {columnsOf, openTarget, withStackOperand} from '../target.ts';
import {snapshotRow} from './shared.ts';

export const list = makeCommand({
  examples: ['rekindle stack snapshot list web'],
  options: cli => withRows(withStackOperand(cli), rowFormats),
  async run(args, context) {
    const {heat, stack} = await openTarget(args.stack, context);
    const rows = (await heat.snapshots(stack)).map(snapshotRow);
    const columns = columnsOf('id', 'name', 'status', 'status_reason', 'creation_time');
    context.print(await rowsText({columns, rows}, rowOptions(args, context)));
    return exit.done;
  },
});
