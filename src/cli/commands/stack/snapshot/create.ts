import type {Heat, StackRef, StackSnapshot} from '../../../../heat/index.ts';
import {RekindleError} from '../../../../model/errors.ts';
import {makeCommand, type Context} from '../../../command.ts';
import {exit} from '../../../exit.ts';
import {rowOptions, type RowArgs} from '../../../format/options.ts';
import {recordText, withRecord} from '../../../format/record.ts';
import {text} from '../../../option-kinds.ts';
import {openTarget, withStackOperand} from '../target.ts';
import {sayHowToWatch, showingEvents, withWaiting} from '../waiting.ts';
import {snapshotRow} from './shared.ts';

export const create = makeCommand({
  examples: ['rekindle stack snapshot create web --name before-upgrade'],
  notes: `Volumes need the backup service of the cloud. Networks, groups and the like are kept as the template has them.
A stack that is deleted takes its snapshots with it.`,
  options: cli => withRecord(withWaiting(withStackOperand(cli).option('name', text('Name of the snapshot')))),
  async run(args, context) {
    const {perform, stackFailed} = await import('../../../../heat/index.ts');
    const {heat, stack} = await openTarget(args.stack, context);
    const ask = (): Promise<StackSnapshot> => heat.takeSnapshot(stack, args.name);
    if (args['no-wait'] === true) {
      await print(await ask(), args, context);
      sayHowToWatch(stack, context);
      return exit.done;
    }
    const {answer, end, failures} = await showingEvents(stack, args, context, waiting =>
      perform(heat, stack, {...waiting, actions: ['SNAPSHOT'], ask}),
    );
    const made = answer ?? (await newest(heat, stack));
    if (end !== undefined && end.status !== 'SNAPSHOT_COMPLETE') {
      const hint = `mend the cause, and remove what was begun: rekindle stack snapshot delete ${stack.id} ${made.id}`;
      throw await stackFailed(heat, end, undefined, failures, hint);
    }
    await print((await heat.snapshot(stack, made.id)) ?? made, args, context);
    return exit.done;
  },
});

/** The one that was asked for, where the answer got lost: a stack takes one at a time. */
async function newest(heat: Heat, stack: StackRef): Promise<StackSnapshot> {
  const all = [...(await heat.snapshots(stack))].sort((a, b) => (a.created < b.created ? -1 : 1));
  const last = all.at(-1);
  if (last !== undefined) return last;
  throw new RekindleError('protocol', `Heat has no snapshot of the stack ${JSON.stringify(stack.name)}`, {
    hint: `look once more with: rekindle stack snapshot list ${stack.id}`,
  });
}

/** The openstack client writes the id's title in capitals here. */
async function print(snapshot: StackSnapshot, args: RowArgs, context: Context): Promise<void> {
  const {id, ...others} = snapshotRow(snapshot);
  context.print(await recordText({ID: id, ...others}, rowOptions(args, context)));
}
