import {refer} from '../../model/define.ts';

/** A zone of Cinder's, known by name only. Heat has no constraint for it; '' sends none. */
interface Row {
  readonly id: string;
}

export const volumeAvailabilityZone = refer<Row>()({
  kind: 'volume_availability_zone',
  section: 'Availability zones',
  outside: {prefix: 'volume_zone'},
});
