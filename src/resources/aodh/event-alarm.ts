import {define, from} from '../../model/define.ts';
import type {Given, Ref} from '../../model/value.ts';
import {
  common,
  lastingThing,
  nameStep,
  ofType,
  serverMade,
  thing,
  where,
  type Alarm,
  type CommonProperties,
} from './shared.ts';

interface Condition {
  readonly field: string;
  readonly op: string;
  readonly type: string;
  readonly value: string;
}

/** Answered by Aodh; proof: aodh `api/controllers/v2/alarm_rules/event.py`. */
interface Row extends Alarm {
  readonly event_rule: {readonly event_type: string; readonly query: readonly Condition[]};
}

/** Taken by Heat; proof: heat `engine/resources/openstack/aodh/alarm.py`, `EventAlarm.properties_schema`. */
interface Properties extends CommonProperties {
  readonly event_type?: string;
  readonly query?: readonly {
    readonly field: string;
    readonly op: string;
    readonly type?: string;
    readonly value: string | Ref | Given;
  }[];
}

const r = from<Row>();

export const eventAlarm = define<Row, Properties>()({
  kind: 'event_alarm',
  section: 'Alarms',
  heat: 'OS::Aodh::EventAlarm',
  parts: ofType('event'),
  where,
  properties: {
    ...common,
    description: r.make(['description', 'event_rule'], row =>
      row.description === `Alarm when ${row.event_rule.event_type} event occurred.` || row.description === ''
        ? undefined
        : row.description,
    ),
    event_type: r.derive('event_rule', rule => (rule.event_type === '*' ? undefined : rule.event_type)),
    query: r.derive('event_rule', (rule, scope) =>
      rule.query.length === 0
        ? undefined
        : rule.query.map(({field, op, type, value}) => ({
            field,
            op,
            ...(type === '' || type === 'string' ? {} : {type}),
            value: thing(value, 'event subject', scope),
          })),
    ),
  },
  compares: {
    event_rule: ({event_rule: rule}, scope) => ({
      event_type: rule.event_type,
      query: rule.query.map(({field, op, type, value}) => ({
        field,
        op,
        type: type || 'string',
        value: lastingThing(value, scope),
      })),
    }),
  },
  ignores: {...serverMade, type: 'elsewhere', name: nameStep('event_alarm')},
  example: {
    row: {
      id: 'a1',
      alarm_id: 'a1',
      project_id: 'p1',
      name: 'detached',
      type: 'event',
      description: 'tell the night shift',
      enabled: false,
      severity: 'critical',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call', '(redacted)'],
      ok_actions: ['https://heat.example/v1/57f3461be8d941009f8f138cf51ff415/signal'],
      insufficient_data_actions: ['trust+https://pager.example/quiet'],
      time_constraints: [
        {
          name: 'nights',
          description: 'from ten on',
          start: '0 22 * * *',
          duration: 28800,
          timezone: 'Europe/Berlin',
        },
      ],
      event_rule: {
        event_type: 'volume.detach.*',
        query: [{field: 'traits.volume_id', op: 'eq', type: 'string', value: 'v1'}],
      },
      state: 'ok',
    },
    with: {
      volume: [
        {
          id: 'v1',
          name: 'data',
          status: 'available',
          size: 1,
          bootable: 'false',
          metadata: {},
          attachments: [],
        },
      ],
    },
    emits: {
      description: 'tell the night shift',
      enabled: false,
      severity: 'critical',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call', {ask: 'action_of'}],
      ok_actions: [{given: 'https://heat.example/v1/57f3461be8d941009f8f138cf51ff415/signal'}],
      insufficient_data_actions: ['trust+https://pager.example/quiet'],
      time_constraints: [
        {
          name: 'nights',
          description: 'from ten on',
          start: '0 22 * * *',
          duration: 28800,
          timezone: 'Europe/Berlin',
        },
      ],
      event_type: 'volume.detach.*',
      query: [{field: 'traits.volume_id', op: 'eq', value: {get_resource: 'volume:v1'}}],
    },
  },
});
