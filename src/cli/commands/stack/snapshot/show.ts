import {makeCommand} from '../../../command.ts';
import {exit} from '../../../exit.ts';
import {rowOptions} from '../../../format/options.ts';
import {recordText, withRecord} from '../../../format/record.ts';
import {openTarget, withStackOperand} from '../target.ts';
import {snapshotRow, withSnapshotOperand} from './shared.ts';

export const show = makeCommand({
  examples: ['rekindle stack snapshot show web before-upgrade'],
  notes: 'What a snapshot holds is not shown: it has the values of hidden parameters.',
  options: cli => withRecord(withSnapshotOperand(withStackOperand(cli))),
  async run(args, context) {
    const {findSnapshot} = await import('../../../../heat/index.ts');
    const {heat, stack} = await openTarget(args.stack, context);
    const found = await findSnapshot(heat, stack, args.snapshot);
    context.print(await recordText(snapshotRow(found), rowOptions(args, context)));
    return exit.done;
  },
});
