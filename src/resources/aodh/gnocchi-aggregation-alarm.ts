import {define, from} from '../../model/define.ts';
import {lastingRule, queryFor, type Threshold, type ThresholdProperties} from './rules.ts';
import {
  common,
  description,
  nameStep,
  ofType,
  serverMade,
  where,
  type Alarm,
  type CommonProperties,
} from './shared.ts';

/** Answered by Aodh; proof: aodh `api/controllers/v2/alarm_rules/gnocchi.py`, `AggregationMetricByResourcesLookupRule`. */
interface Row extends Alarm {
  readonly gnocchi_aggregation_by_resources_threshold_rule: Threshold & {
    readonly metric: string;
    /** JSON. */
    readonly query: string;
    readonly resource_type: string;
  };
}

/** Taken by Heat; proof: heat `engine/resources/openstack/aodh/gnocchi/alarm.py`, `AodhGnocchiAggregationByResourcesAlarm`. */
interface Properties extends CommonProperties, ThresholdProperties {
  readonly metric: string;
  readonly query: string;
  readonly resource_type: string;
}

const r = from<Row>();
const rule = 'gnocchi_aggregation_by_resources_threshold_rule';

export const gnocchiAggregationAlarm = define<Row, Properties>()({
  kind: 'gnocchi_aggregation_alarm',
  section: 'Alarms',
  heat: 'OS::Aodh::GnocchiAggregationByResourcesAlarm',
  parts: ofType('gnocchi_aggregation_by_resources_threshold'),
  modelled: true,
  where,
  properties: {
    ...common,
    description,
    metric: r.derive(rule, ({metric}) => metric),
    query: r.derive(rule, ({query}, scope) => queryFor(query, rule, scope)),
    resource_type: r.derive(rule, ({resource_type}) => resource_type),
    comparison_operator: r.derive(rule, ({comparison_operator}) => comparison_operator),
    threshold: r.derive(rule, ({threshold}) => threshold),
    aggregation_method: r.derive(rule, ({aggregation_method}) => aggregation_method),
    evaluation_periods: r.derive(rule, ({evaluation_periods}) => evaluation_periods),
    granularity: r.derive(rule, ({granularity}) => granularity),
  },
  compares: {gnocchi_aggregation_by_resources_threshold_rule: (row, scope) => lastingRule(row[rule], scope)},
  ignores: {...serverMade, name: nameStep('gnocchi_aggregation_alarm')},
  example: {
    row: {
      id: 'a5',
      alarm_id: 'a5',
      project_id: 'p1',
      name: 'group-hot',
      type: 'gnocchi_aggregation_by_resources_threshold',
      description: 'a group',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      gnocchi_aggregation_by_resources_threshold_rule: {
        metric: 'cpu',
        query: '{"and": [{"or": [{"=": {"created_by_project_id": "p1"}}]}, {"=": {"server_group": "web"}}]}',
        resource_type: 'instance',
        comparison_operator: 'gt',
        threshold: 80.5,
        aggregation_method: 'mean',
        evaluation_periods: 2,
        granularity: 300,
      },
    },
    emits: {
      description: 'a group',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      metric: 'cpu',
      query: '{"=":{"server_group":"web"}}',
      resource_type: 'instance',
      comparison_operator: 'gt',
      threshold: 80.5,
      aggregation_method: 'mean',
      evaluation_periods: 2,
      granularity: 300,
    },
  },
});
