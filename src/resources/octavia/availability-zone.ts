import {refer} from '../../model/define.ts';

/** A zone of load balancers, known by name only. Heat of before 2023.2 has no constraint for it. */
interface Row {
  readonly id: string;
}

export const lbAvailabilityZone = refer<Row>()({
  kind: 'lb_availability_zone',
  section: 'Load balancers',
  outside: {prefix: 'lb_zone'},
});
