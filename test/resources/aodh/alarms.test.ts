/** Alarms, where the examples can't show it. */
import test from 'ava';
import {discover} from '../../../src/discover/index.ts';
import {emit} from '../../../src/emit/index.ts';
import {ownQuery} from '../../../src/resources/aodh/rules.ts';
import {relate} from '../../../src/relate/index.ts';
import {alarm} from '../../../src/resources/aodh/alarm.ts';
import {fakeSession} from '../../discover/fake.ts';
import {inventoryOf} from '../../support/inventory.ts';

const row = {
  id: 'a',
  alarm_id: 'a',
  project_id: 'p1',
  name: 'a',
  type: 'event',
  description: 'Alarm when * event occurred.',
  enabled: true,
  severity: 'low',
  repeat_actions: false,
  alarm_actions: [] as string[],
  ok_actions: [],
  insufficient_data_actions: [],
  time_constraints: [],
  event_rule: {event_type: '*', query: []},
};

test('alarm: what Aodh says by itself is left out, what Heat would say otherwise is not', t => {
  const {graph} = relate(inventoryOf({alarm: [row]}));
  t.deepEqual(graph.nodes.get('event_alarm:a')?.properties, {repeat_actions: false});
});

test('alarm: one of a type that nobody knows is announced', t => {
  const {graph} = relate(inventoryOf({alarm: [{...row, type: 'threshold', threshold_rule: {}}]}));
  t.is(graph.nodes.get('other_alarm:a')?.place.as, 'lost');
});

test('alarm: a URL that lets in whoever has it is a secret, another one is not', async t => {
  const urls = [
    'https://pager.example/call?who=me',
    'https://user:word@pager.example/',
    'https://pager.example/?token=t&x=y',
    'https://heat-cfn.example/v1/signal?Signature=abc%3D&SignatureVersion=2',
    'trust+https://pager.example/',
    'zaqar://?queue_name=q',
  ];
  const secrets = new Map<string, string>();
  const {session} = fakeSession({replies: {'alarm alarms': [{...row, alarm_actions: urls}]}});
  const {rows} = await discover(session, {specs: [alarm.spec], secrets});
  const secret = '(redacted)';
  t.deepEqual(rows['alarm']?.[0]?.['alarm_actions'], [urls[0], secret, secret, secret, urls[4], urls[5]]);
  t.deepEqual(
    [...secrets],
    [1, 2, 3].map(index => [`alarm:a.alarm_actions[${index}]`, urls[index]]),
  );
});

test('alarm: a captured URL reaches the parameter of the alarm that calls it', t => {
  const {graph} = relate(inventoryOf({alarm: [{...row, alarm_actions: ['(redacted)']}]}));
  const url = 'https://user:word@pager.example/';
  const {bundle} = emit(graph, {secrets: new Map([['alarm:a.alarm_actions[0]', url]])});
  t.true(bundle.some(({path, text}) => path === 'secrets.yaml' && text.includes(url)));
});

function wrap(query: string): string {
  return `{"and": [{"or": [{"=": {"created_by_project_id": "p1"}}]}, ${query}]}`;
}

test('alarm: a query comes without the filters that Aodh put around it', t => {
  const own = '{"=":{"server_group":"web"}}';
  t.is(ownQuery(wrap(wrap(own))), own);
  t.is(
    ownQuery('{"and": [{"=": {"a": 1}}, {"=": {"b": 2}}]}'),
    '{"and": [{"=": {"a": 1}}, {"=": {"b": 2}}]}',
  );
  t.is(ownQuery('no json'), 'no json');
});

test('alarm: a row without a word of its command is announced, not fatal', t => {
  const health = {...row, type: 'loadbalancer_member_health', loadbalancer_member_health_rule: {}};
  const {graph} = relate(inventoryOf({alarm: [health]}));
  t.is(graph.nodes.get('member_health_alarm:a')?.place.as, 'lost');
});
