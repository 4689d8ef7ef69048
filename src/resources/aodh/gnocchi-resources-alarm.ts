import {define, from} from '../../model/define.ts';
import type {Given, Ref} from '../../model/value.ts';
import {lastingRule, type Threshold, type ThresholdProperties} from './rules.ts';
import {
  common,
  description,
  nameStep,
  ofType,
  serverMade,
  thing,
  where,
  type Alarm,
  type CommonProperties,
} from './shared.ts';

/** Answered by Aodh; proof: aodh `api/controllers/v2/alarm_rules/gnocchi.py`, `MetricOfResourceRule`. */
interface Row extends Alarm {
  readonly gnocchi_resources_threshold_rule: Threshold & {
    readonly metric: string;
    readonly resource_id: string;
    readonly resource_type: string;
  };
}

/** Taken by Heat; proof: heat `engine/resources/openstack/aodh/gnocchi/alarm.py`, `AodhGnocchiResourcesAlarm`. */
interface Properties extends CommonProperties, ThresholdProperties {
  readonly metric: string;
  readonly resource_id: Ref | Given | string;
  readonly resource_type: string;
}

const r = from<Row>();
const rule = 'gnocchi_resources_threshold_rule';

export const gnocchiResourcesAlarm = define<Row, Properties>()({
  kind: 'gnocchi_resources_alarm',
  section: 'Alarms',
  heat: 'OS::Aodh::GnocchiResourcesAlarm',
  parts: ofType('gnocchi_resources_threshold'),
  modelled: true,
  where,
  properties: {
    ...common,
    description,
    metric: r.derive(rule, ({metric}) => metric),
    resource_id: r.derive(rule, ({resource_id}, scope) => thing(resource_id, 'measured resource', scope)),
    resource_type: r.derive(rule, ({resource_type}) => resource_type),
    comparison_operator: r.derive(rule, ({comparison_operator}) => comparison_operator),
    threshold: r.derive(rule, ({threshold}) => threshold),
    aggregation_method: r.derive(rule, ({aggregation_method}) => aggregation_method),
    evaluation_periods: r.derive(rule, ({evaluation_periods}) => evaluation_periods),
    granularity: r.derive(rule, ({granularity}) => granularity),
  },
  compares: {gnocchi_resources_threshold_rule: (row, scope) => lastingRule(row[rule], scope)},
  ignores: {...serverMade, name: nameStep('gnocchi_resources_alarm')},
  example: {
    row: {
      id: 'a3',
      alarm_id: 'a3',
      project_id: 'p1',
      name: 'hot',
      type: 'gnocchi_resources_threshold',
      description: 'one server',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      gnocchi_resources_threshold_rule: {
        metric: 'volume.size',
        resource_id: 'v1',
        resource_type: 'volume',
        comparison_operator: 'gt',
        threshold: 80.5,
        aggregation_method: 'mean',
        evaluation_periods: 2,
        granularity: 300,
      },
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
      description: 'one server',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      metric: 'volume.size',
      resource_id: {get_resource: 'volume:v1'},
      resource_type: 'volume',
      comparison_operator: 'gt',
      threshold: 80.5,
      aggregation_method: 'mean',
      evaluation_periods: 2,
      granularity: 300,
    },
  },
});
