import {refer} from '../../model/define.ts';

/** Answered by Manila; proof: manila `api/views/types.py`. Heat lets only admins make one. */
interface Row {
  readonly id: string;
  readonly name: string;
}

export const shareType = refer<Row>()({
  kind: 'share_type',
  section: 'Shares',
  outside: {constraint: 'manila.share_type', prefix: 'share_type'},
  list: {
    service: 'shared-file-system',
    path: 'types',
    key: 'share_types',
    microversion: '2.89',
    only: 'referred',
    referred: {
      style: 'whole',
      parameter: 'id',
      *ids(rows) {
        for (const share of rows['share'] ?? [])
          if (typeof share['share_type'] === 'string') yield share['share_type'];
      },
    },
  },
});
