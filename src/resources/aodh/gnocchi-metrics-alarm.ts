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

/** Answered by Aodh; proof: aodh `api/controllers/v2/alarm_rules/gnocchi.py`, `AggregationMetricsByIdLookupRule`. */
interface Row extends Alarm {
  readonly gnocchi_aggregation_by_metrics_threshold_rule: Threshold & {
    readonly metrics: readonly string[];
  };
}

/** Taken by Heat; proof: heat `engine/resources/openstack/aodh/gnocchi/alarm.py`, `AodhGnocchiAggregationByMetricsAlarm`. */
interface Properties extends CommonProperties, ThresholdProperties {
  readonly metrics: readonly (Ref | Given | string)[];
}

const r = from<Row>();
const rule = 'gnocchi_aggregation_by_metrics_threshold_rule';

export const gnocchiMetricsAlarm = define<Row, Properties>()({
  kind: 'gnocchi_metrics_alarm',
  section: 'Alarms',
  heat: 'OS::Aodh::GnocchiAggregationByMetricsAlarm',
  parts: ofType('gnocchi_aggregation_by_metrics_threshold'),
  modelled: true,
  where,
  properties: {
    ...common,
    description,
    // Gnocchi makes metrics when a thing is measured first: those of a clone are others.
    metrics: r.derive(rule, ({metrics}, scope) => metrics.map(id => thing(id, 'metric', scope))),
    comparison_operator: r.derive(rule, ({comparison_operator}) => comparison_operator),
    threshold: r.derive(rule, ({threshold}) => threshold),
    aggregation_method: r.derive(rule, ({aggregation_method}) => aggregation_method),
    evaluation_periods: r.derive(rule, ({evaluation_periods}) => evaluation_periods),
    granularity: r.derive(rule, ({granularity}) => granularity),
  },
  compares: {gnocchi_aggregation_by_metrics_threshold_rule: (row, scope) => lastingRule(row[rule], scope)},
  ignores: {...serverMade, name: nameStep('gnocchi_metrics_alarm')},
  example: {
    row: {
      id: 'a4',
      alarm_id: 'a4',
      project_id: 'p1',
      name: 'all-hot',
      type: 'gnocchi_aggregation_by_metrics_threshold',
      description: 'some metrics',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      gnocchi_aggregation_by_metrics_threshold_rule: {
        metrics: ['41869681-5776-46d6-91ed-cccc43b6e4e3'],
        comparison_operator: 'gt',
        threshold: 80.5,
        aggregation_method: 'mean',
        evaluation_periods: 2,
        granularity: 300,
      },
    },
    emits: {
      description: 'some metrics',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      metrics: [{given: '41869681-5776-46d6-91ed-cccc43b6e4e3'}],
      comparison_operator: 'gt',
      threshold: 80.5,
      aggregation_method: 'mean',
      evaluation_periods: 2,
      granularity: 300,
    },
  },
});
