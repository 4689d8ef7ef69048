import {define, lost, parts, stepwise, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {redacted} from '../../model/inventory.ts';
import {command, foreign, isOurs} from '../neutron/shared.ts';
import {alarm} from './alarm.ts';
import {serverMade, type Alarm} from './shared.ts';

/** Answered by Aodh; proof: aodh `api/controllers/v2/alarm_rules/prometheus.py`, since 2023.2. */
interface Row extends Alarm {
  readonly prometheus_rule?: {
    readonly query: string;
    readonly comparison_operator: string;
    readonly threshold: number;
  };
}

const elsewhere = new Set([
  'event',
  'composite',
  'gnocchi_resources_threshold',
  'gnocchi_aggregation_by_metrics_threshold',
  'gnocchi_aggregation_by_resources_threshold',
  'loadbalancer_member_health',
]);

function where(row: Row, scope: Scope): Place {
  if (!isOurs(row, scope)) return foreign;
  if (row.prometheus_rule === undefined) return lost(`Heat has no type for alarms of type ${row.type}`);
  const urls = [...row.alarm_actions, ...row.ok_actions, ...row.insufficient_data_actions];
  if (urls.includes(redacted)) return lost('a URL it calls holds a secret: openstack alarm create');
  return {as: 'step'};
}

/** Proof: aodhclient `v2/alarm_cli.py`, `validate_time_constraint`. */
function constraintWord(constraint: Alarm['time_constraints'][number]): string {
  const said = Object.entries(constraint).filter(([, value]) => value !== '');
  return said.map(([key, value]) => `${key}=${value}`).join(';');
}

/** Heat has the type since 22. */
export const otherAlarm = define<Row, object>()({
  kind: 'other_alarm',
  section: 'Alarms',
  heat: 'OS::Aodh::PrometheusAlarm',
  parts: parts<'alarm', Alarm, Row>(alarm, row => (elsewhere.has(row.type) ? [] : [row])),
  modelled: true,
  where,
  properties: {},
  compares: Object.fromEntries(
    [
      'name',
      'description',
      'enabled',
      'severity',
      'repeat_actions',
      'alarm_actions',
      'ok_actions',
      'insufficient_data_actions',
      'time_constraints',
      'prometheus_rule',
    ].map(field => [field, (row: Row) => row[field as keyof Row]]),
  ),
  ignores: {
    ...serverMade,
    name: 'elsewhere',
    description: 'elsewhere',
    enabled: 'elsewhere',
    severity: 'elsewhere',
    repeat_actions: 'elsewhere',
    alarm_actions: 'elsewhere',
    ok_actions: 'elsewhere',
    insufficient_data_actions: 'elsewhere',
    time_constraints: 'elsewhere',
    prometheus_rule: 'elsewhere',
    type: stepwise(row =>
      row.prometheus_rule === undefined
        ? undefined
        : {
            when: 'after',
            title: 'make the alarm',
            command: command(
              'alarm create',
              ['--type', row.type, `--name=${row.name}`, `--description=${row.description}`],
              ['--severity', row.severity, '--enabled', row.enabled ? 'True' : 'False'],
              ['--repeat-actions', row.repeat_actions ? 'True' : 'False'],
              row.time_constraints.flatMap(one => ['--time-constraint', constraintWord(one)]),
              row.alarm_actions.flatMap(url => ['--alarm-action', url]),
              row.ok_actions.flatMap(url => ['--ok-action', url]),
              row.insufficient_data_actions.flatMap(url => ['--insufficient-data-action', url]),
              [`--query=${row.prometheus_rule.query}`, '--threshold', String(row.prometheus_rule.threshold)],
              ['--comparison-operator', row.prometheus_rule.comparison_operator],
            ),
          },
    ),
  },
  example: {
    row: {
      id: 'a7',
      alarm_id: 'a7',
      project_id: 'p1',
      name: 'down',
      type: 'prometheus',
      description: 'nobody answers',
      enabled: true,
      severity: 'low',
      repeat_actions: false,
      alarm_actions: ['https://pager.example/call'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      prometheus_rule: {query: 'up == 0', comparison_operator: 'gt', threshold: 1},
    },
    place: 'step',
    emits: {},
  },
});
