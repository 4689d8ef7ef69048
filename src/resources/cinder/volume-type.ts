import {refer} from '../../model/define.ts';

/** Known by name only, which Cinder keeps unique: a volume's row has it. Heat lets only admins make one. */
interface Row {
  readonly id: string;
}

export const volumeType = refer<Row>()({
  kind: 'volume_type',
  section: 'Volumes',
  outside: {constraint: 'cinder.vtype', prefix: 'volume_type'},
});
