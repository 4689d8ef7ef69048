import {refer} from '../../model/define.ts';
import type {Alarm} from './shared.ts';

/** All alarms come in one list; each Heat type takes its own of them. */
export const alarm = refer<Alarm>()({
  kind: 'alarm',
  section: 'Alarms',
  outside: {prefix: 'alarm'},
  list: {service: 'alarm', path: 'alarms', key: '', idField: 'alarm_id'},
});
