import {define, from} from '../../model/define.ts';
import type {Value} from '../../model/value.ts';
import {lastingRule, operatorOf, ruleFor} from './rules.ts';
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

/** Answered by Aodh; proof: aodh `api/controllers/v2/alarm_rules/composite.py`. */
interface Row extends Alarm {
  /** One key, `and` or `or`. */
  readonly composite_rule: Readonly<Record<string, readonly unknown[]>>;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/aodh/composite_alarm.py`, `properties_schema`. */
interface Properties extends CommonProperties {
  readonly composite_rule: {readonly operator: string; readonly rules: readonly Value[]};
}

const r = from<Row>();

export const compositeAlarm = define<Row, Properties>()({
  kind: 'composite_alarm',
  section: 'Alarms',
  heat: 'OS::Aodh::CompositeAlarm',
  parts: ofType('composite'),
  where,
  properties: {
    ...common,
    description,
    composite_rule: r.derive('composite_rule', (rule, scope) => {
      const operator = operatorOf(rule);
      if (operator === undefined) throw new Error('it combines its rules neither by and nor by or');
      return {operator, rules: (rule[operator] ?? []).map(item => ruleFor(item, scope))};
    }),
  },
  compares: {composite_rule: (row, scope) => lastingRule(row.composite_rule, scope)},
  ignores: {...serverMade, name: nameStep('composite_alarm')},
  example: {
    row: {
      id: 'a2',
      alarm_id: 'a2',
      project_id: 'p1',
      name: 'busy',
      type: 'composite',
      description: 'all at once',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      composite_rule: {
        and: [
          {
            type: 'gnocchi_resources_threshold',
            metric: 'cpu',
            resource_id: 'v1',
            resource_type: 'instance',
            aggregation_method: 'rate:mean',
            comparison_operator: 'gt',
            threshold: 80.5,
            granularity: 300,
            evaluation_periods: 2,
          },
          {
            or: [
              {
                type: 'gnocchi_aggregation_by_metrics_threshold',
                metrics: ['m1'],
                aggregation_method: 'mean',
                threshold: 1,
              },
            ],
          },
        ],
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
      description: 'all at once',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      composite_rule: {
        operator: 'and',
        rules: [
          {
            type: 'gnocchi_resources_threshold',
            metric: 'cpu',
            resource_id: {get_resource: 'volume:v1'},
            resource_type: 'instance',
            aggregation_method: 'rate:mean',
            comparison_operator: 'gt',
            threshold: 80.5,
            granularity: 300,
            evaluation_periods: 2,
          },
          {
            or: [
              {
                type: 'gnocchi_aggregation_by_metrics_threshold',
                metrics: ['m1'],
                aggregation_method: 'mean',
                threshold: 1,
              },
            ],
          },
        ],
      },
    },
  },
});
