/** What the commands about a stack's snapshots share. */
import type {Argv} from 'yargs';
import type {StackSnapshot} from '../../../../heat/index.ts';
import type {RowOf} from '../../../format/formats.ts';

export function withSnapshotOperand<Args>(cli: Argv<Args>): Argv<Args & {snapshot: string}> {
  return cli.positional('snapshot', {
    type: 'string',
    demandOption: true,
    describe: 'Id of the snapshot, or its name',
  });
}

export function snapshotRow({id, name, status, reason, created}: StackSnapshot): RowOf {
  return {id, name, status, status_reason: reason, creation_time: created};
}
