import {define, from, type Scope} from '../../model/define.ts';
import type {Given, Ref} from '../../model/value.ts';
import {
  common,
  description,
  lastingThing,
  nameStep,
  ofType,
  ownThing,
  serverMade,
  thing,
  where,
  type Alarm,
  type CommonProperties,
} from './shared.ts';

/** Answered by Aodh; proof: aodh `api/controllers/v2/alarm_rules/loadbalancer.py`. */
interface Row extends Alarm {
  readonly loadbalancer_member_health_rule: {
    readonly pool_id: string;
    readonly stack_id: string;
    readonly autoscaling_group_id: string;
  };
}

/** Taken by Heat; proof: heat `engine/resources/openstack/aodh/alarm.py`, `LBMemberHealthAlarm.properties_schema`. */
interface Properties extends CommonProperties {
  readonly pool: Ref | Given | string;
  readonly stack: Ref | Given | string;
  readonly autoscaling_group_id: Ref | Given | string;
}

const r = from<Row>();
const rule = 'loadbalancer_member_health_rule';

/** The client sends an empty rule unless it is told all of it. */
function ruleWords(row: Row, scope: Scope): readonly (string | Ref)[] {
  const {pool_id: pool, stack_id: stack, autoscaling_group_id: group} = row[rule];
  return ['--pool-id', ownThing(pool, scope) ?? pool, '--stack-id', stack, '--autoscaling-group-id', group];
}

export const memberHealthAlarm = define<Row, Properties>()({
  kind: 'member_health_alarm',
  section: 'Alarms',
  heat: 'OS::Aodh::LBMemberHealthAlarm',
  parts: ofType('loadbalancer_member_health'),
  where,
  properties: {
    ...common,
    description,
    pool: r.derive(rule, ({pool_id}, scope) => thing(pool_id, 'pool', scope)),
    // A scaling group lives in a stack, which the template doesn't make again.
    stack: r.derive(rule, ({stack_id}, scope) => thing(stack_id, 'scaled stack', scope)),
    autoscaling_group_id: r.derive(rule, ({autoscaling_group_id}, scope) =>
      thing(autoscaling_group_id, 'scaling group', scope),
    ),
  },
  compares: {
    [rule]: (row, scope) => ({...row[rule], pool_id: lastingThing(row[rule].pool_id, scope)}),
  },
  ignores: {...serverMade, name: nameStep('member_health_alarm', ruleWords)},
  example: {
    row: {
      id: 'a6',
      alarm_id: 'a6',
      project_id: 'p1',
      name: 'members',
      type: 'loadbalancer_member_health',
      description: 'mend the pool',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['trust+heat://'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      loadbalancer_member_health_rule: {
        pool_id: '794ccc2c-d751-44fe-b57f-8894c9f5c842',
        stack_id: '173e7f62-e617-4c9f-812b-6dc828e3f68e',
        autoscaling_group_id: 'web',
      },
    },
    emits: {
      description: 'mend the pool',
      enabled: false,
      severity: 'moderate',
      repeat_actions: false,
      alarm_actions: ['trust+heat://'],
      ok_actions: ['https://pager.example/ok'],
      insufficient_data_actions: ['https://pager.example/unknown'],
      time_constraints: [
        {name: 'days', description: 'by day', start: '0 8 * * *', duration: 36000, timezone: 'UTC'},
      ],
      pool: {given: '794ccc2c-d751-44fe-b57f-8894c9f5c842'},
      stack: {given: '173e7f62-e617-4c9f-812b-6dc828e3f68e'},
      autoscaling_group_id: 'web',
    },
  },
});
