import {refer} from '../../model/define.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/qos.py`. Heat lets only admins create one. */
interface Row {
  readonly id: string;
  readonly name: string;
}

export const qosPolicy = refer<Row>()({
  kind: 'qos_policy',
  outside: {constraint: 'neutron.qos_policy', prefix: 'qos_policy'},
  list: {
    service: 'network',
    path: 'qos/policies',
    key: 'policies',
    only: 'referred',
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        for (const kind of ['network', 'port', 'floating_ip', 'router']) {
          for (const row of rows[kind] ?? []) yield row['qos_policy_id'] as string | null;
        }
      },
    },
  },
});
