import {refer} from '../../model/define.ts';
import {ids, idsIn} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/qos.py`. Heat lets only admins create one. */
interface Row {
  readonly id: string;
  readonly name: string;
}

export const qosPolicy = refer<Row>()({
  kind: 'qos_policy',
  section: 'Networks',
  outside: {constraint: 'neutron.qos_policy', prefix: 'qos_policy'},
  list: {
    service: 'network',
    path: 'qos/policies',
    key: 'policies',
    extension: 'qos',
    only: 'referred',
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        yield* ids(rows, ['network', 'port', 'floating_ip'], 'qos_policy_id');
        yield* ids(rows, ['load_balancer'], 'vip_qos_policy_id');
        for (const router of rows['router'] ?? [])
          yield* idsIn(router['external_gateway_info'], 'qos_policy_id');
      },
    },
  },
});
