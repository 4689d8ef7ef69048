import {refer} from '../../model/define.ts';

/** Answered by Cinder; proof: cinder `api/v2/views/snapshots.py`, `detail`. */
interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly volume_id: string;
}

export const snapshot = refer<Row>()({
  kind: 'snapshot',
  section: 'Volumes',
  outside: {constraint: 'cinder.snapshot', prefix: 'snapshot'},
  list: {
    service: 'block-storage',
    path: 'snapshots/detail',
    key: 'snapshots',
    microversion: '3.70',
    only: 'referred',
    referred: {
      // Members may not filter by id (400 "Invalid filters id"), and of several ids an admin's filter takes the last.
      style: 'whole',
      parameter: 'id',
      *ids(rows) {
        for (const volume of rows['volume'] ?? []) {
          if (typeof volume['snapshot_id'] === 'string') yield volume['snapshot_id'];
        }
      },
    },
  },
});
