import {refer} from '../../model/define.ts';
import {ids} from '../neutron/shared.ts';

/** Answered by Octavia; proof: octavia `api/v2/types/flavors.py`. Heat lets only admins create one. */
interface Row {
  readonly id: string;
  readonly name: string;
}

export const lbFlavor = refer<Row>()({
  kind: 'lb_flavor',
  section: 'Load balancers',
  outside: {constraint: 'octavia.flavor', prefix: 'lb_flavor'},
  list: {
    service: 'load-balancer',
    path: 'lbaas/flavors',
    key: 'flavors',
    only: 'referred',
    referred: {
      style: 'whole',
      parameter: 'id',
      ids: rows => ids(rows, ['load_balancer'], 'flavor_id'),
    },
  },
});
