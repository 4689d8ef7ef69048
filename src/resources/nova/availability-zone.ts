import {refer} from '../../model/define.ts';

/** A compute zone, known by name only. Heat has no constraint for it; '' sends none. */
interface Row {
  readonly id: string;
}

export const availabilityZone = refer<Row>()({
  kind: 'availability_zone',
  section: 'Availability zones',
  outside: {prefix: 'zone'},
});
