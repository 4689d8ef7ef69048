/** Mistral's language: what Heat's properties can say, and what they can't. */
import test from 'ava';
import {relate} from '../../../src/relate/index.ts';
import {workflowOf} from '../../../src/resources/mistral/dsl.ts';
import {inventoryOf} from '../../support/inventory.ts';

function read(body: string): ReturnType<typeof workflowOf> {
  return workflowOf(`version: '2.0'\nwf:\n${body.replaceAll(/^/gm, '  ')}`, 'wf');
}

const task = (line: string): string => `tasks:\n  a:\n    action: std.noop\n    ${line}`;

for (const [line, property, value] of [
  ['on-error: b', 'on_error', ['b']],
  ['on-complete: [b, {c: <% $.x %>}]', 'on_complete', ['b', {c: '<% $.x %>'}]],
  ['retry: {count: 3, delay: 1.5}', 'retry', {count: 3, delay: 1.5}],
  ['timeout: 010', 'timeout', 8],
  ['keep-result: no', 'keep_result', false],
  ['join: all', 'join', 'all'],
  ['requires: [b]', 'requires', ['b']],
] as const) {
  test(`workflow: a task with ${line} is said`, t => {
    const said = read(task(line));
    t.deepEqual(typeof said === 'string' ? said : said.tasks, [
      {name: 'a', action: 'std.noop', [property]: value},
    ]);
  });
}

for (const [line, why] of [
  ['timeout: <% $.t %>', 'wf.tasks.a.timeout is no whole number'],
  ['join: 2', 'wf.tasks.a.join is a number'],
  ['safe-rerun: true', 'wf.tasks.a.safe-rerun has no property'],
  ['publish-on-error: {x: 1}', 'wf.tasks.a.publish-on-error has no property'],
  ['with-items: ["i in [1]", "j in [2]"]', 'wf.tasks.a.with-items is no text'],
  ['on-success: {publish: {branch: {x: 1}}, next: b}', 'wf.tasks.a.on-success is no list'],
  ['input: {x: null}', 'wf.tasks.a.input.x is null'],
  ['input: {x: 2001-12-14}', 'wf.tasks.a.input.x is no JSON'],
] as const) {
  test(`workflow: a task with ${line} is not`, t => {
    t.is(read(task(line)), why);
  });
}

for (const [body, why] of [
  ['vars: {x: 1}\ntasks: {a: {action: std.noop}}', 'wf.vars has no property'],
  ['input: [x, {y: 1}]\ntasks: {a: {action: std.noop}}', 'an input has a default'],
  ['tasks: {}', 'it has no tasks'],
  ['tasks: [', 'its text is no YAML'],
] as const) {
  test(`workflow: ${JSON.stringify(body)} is not`, t => {
    t.is(read(body), why);
  });
}

test('workflow: a text that repeats itself without end is refused', t => {
  const lines = Array.from({length: 12}, (_, i) => `x${i + 1}: &x${i + 1} [${`*x${i}, `.repeat(9)}1]`);
  const said = workflowOf(['x0: &x0 [1]', ...lines, 'wf: {tasks: {a: {action: *x12}}}'].join('\n'), 'wf');
  t.is(said, 'its text repeats itself too often');
});

test('workflow: one that Heat cannot say is lost with the reason, and its trigger takes a parameter', t => {
  const definition = `version: '2.0'\nwf:\n  vars: {x: 1}\n  tasks: {a: {action: std.noop}}`;
  const {graph} = relate(
    inventoryOf({
      workflow: [{id: 'w1', name: 'wf', definition, project_id: 'p1'}],
      cron_trigger: [{id: 't1', name: 'often', workflow_id: 'w1', pattern: '* * * * *', project_id: 'p1'}],
    }),
  );
  t.deepEqual(graph.nodes.get('workflow:w1')?.place, {
    as: 'lost',
    reason:
      "Heat can't say all of it (wf.vars has no property): openstack workflow create, with its definition",
  });
  t.like(graph.externals.get('workflow:w1'), {name: 'wf', constraint: 'mistral.workflow'});
});

test('cron_trigger: a first time that has passed is not asked for again', t => {
  const row = {
    id: 't1',
    name: 'often',
    workflow_id: 'w1',
    pattern: '* * * * *',
    first_execution_time: '2020-01-01 00:00:00',
    next_execution_time: '2026-01-01 00:01:00',
    project_id: 'p1',
  };
  const {graph} = relate(inventoryOf({cron_trigger: [row]}));
  t.is(graph.nodes.get('cron_trigger:t1')?.properties['first_time'], undefined);
});

test("workflow: the cloud's own are not ours", t => {
  const row = {id: 'w1', name: 'std.create_instance', definition: '', project_id: '', scope: 'public'};
  const {graph} = relate(inventoryOf({workflow: [row]}));
  t.is(graph.nodes.get('workflow:w1')?.place.as, 'skipped');
});
