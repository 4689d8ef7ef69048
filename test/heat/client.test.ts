import test from 'ava';
import {type Heat, openHeat} from '../../src/heat/client.ts';
import {findStack, stackContents} from '../../src/deploy/stack-parts.ts';
import {type Asked, fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {eventRow, stackId, stackRow} from '../support/stack.ts';

const ref = {name: 'web', id: stackId};

/** A list of stacks that takes the filters that Heat takes. */
const listed: Replies = {
  'GET orchestration stacks': ({options}: Asked) => {
    const {name, id} = options.query ?? {};
    return {body: {stacks: name === 'web' || id === stackId ? [stackRow('CREATE_COMPLETE')] : []}};
  },
};

test('a stack is found by name or by id, without a redirect', async t => {
  const {session, asked} = fakeCloud(listed);
  const heat = await openHeat(session);
  t.like(await heat.find('web'), {...ref, status: 'CREATE_COMPLETE', tags: [], updated: undefined});
  t.is(asked.length, 1);
  t.like(await heat.find(stackId), ref);
  t.is(await heat.find('nope'), undefined);
});

test('a nested stack is found as well', async t => {
  const {session, asked} = fakeCloud(listed);
  await (await openHeat(session)).find('web');
  t.deepEqual(asked[0]?.options.query, {name: 'web', show_nested: true});
});

test('the list is filtered by Heat', async t => {
  const {session, asked} = fakeCloud({'GET orchestration stacks': {body: {stacks: []}}});
  await (await openHeat(session)).list({tags: ['a', 'b'], nested: true, fields: {status: 'FAILED'}});
  t.deepEqual(asked[0]?.options.query, {tags: 'a,b', show_nested: true, status: 'FAILED'});
});

test('the latest events come oldest first, by one request', async t => {
  const events = ['e3', 'e2'].map(id => eventRow({id, status: 'CREATE_COMPLETE'}));
  const {session, asked} = fakeCloud({[`GET orchestration stacks/web/${stackId}/events`]: {body: {events}}});
  const found = await (await openHeat(session)).events(ref, {latest: 2, resource: 'net', nestedDepth: 0});
  t.deepEqual(
    found.map(({id}) => id),
    ['e2', 'e3'],
  );
  t.deepEqual(
    asked.map(({options}) => options.query),
    [{nested_depth: 0, resource_name: 'net', sort_dir: 'desc', limit: 2}],
  );
});

async function heatWith(...stacks: object[]): Promise<Heat> {
  return await openHeat(fakeCloud({'GET orchestration stacks': {body: {stacks}}}).session);
}

test("an admin is shown every project's stacks; only the project's own is found", async t => {
  const other = stackRow('CREATE_COMPLETE', {id: 'other', project: 'p2'});
  const own = stackRow('CREATE_COMPLETE', {project: 'p1'});
  t.is((await (await heatWith(other, own)).find('web'))?.id, stackId);
  t.is(await (await heatWith(other)).find('web'), undefined);
});

test('outputs are worked out only where they are asked for', async t => {
  const asked: unknown[] = [];
  const {session} = fakeCloud({
    [`GET orchestration stacks/web/${stackId}`]: ({options}: Asked) => {
      asked.push(options.query?.['resolve_outputs']);
      const outputs = [
        {output_key: 'a', output_value: 1, description: ''},
        {output_key: 'b', output_error: 'gone'},
      ];
      return {body: {stack: stackRow('CREATE_COMPLETE', {outputs})}};
    },
  });
  const heat = await openHeat(session);
  await heat.show(ref);
  const outputs = await heat.outputs(ref);
  t.deepEqual(asked, [false, true]);
  t.deepEqual(outputs, [
    {key: 'a', value: 1, description: '', error: undefined},
    {key: 'b', value: undefined, description: '', error: 'gone'},
  ]);
});

test('a stack that is gone is no error', async t => {
  const heat = await openHeat(fakeCloud({}).session);
  t.is(await heat.show(ref), undefined);
  await t.notThrowsAsync(heat.delete(ref));
});

test('an answer without a stack in it is refused', async t => {
  const {session} = fakeCloud({[`GET orchestration stacks/web/${stackId}`]: {body: {html: 'hello'}}});
  const heat = await openHeat(session);
  await t.throwsAsync(heat.show(ref), {code: 'protocol'});
  const created = fakeCloud({'POST orchestration stacks': {status: 201, body: {stack: {}}}});
  const other = await openHeat(created.session);
  const body = {
    stack_name: 'web',
    template: {},
    files: {},
    environment: {parameters: {}},
    disable_rollback: true,
  };
  await t.throwsAsync(other.create(body), {code: 'protocol'});
});

test('versions, build and types are read as Heat writes them', async t => {
  const heat = await openHeat(
    fakeCloud({
      'GET orchestration template_versions': {
        body: {template_versions: [{version: 'heat_template_version.2018-08-31'}]},
      },
      'GET orchestration build_info': {body: {api: {revision: 'a'}, engine: {revision: 'e'}}},
      'GET orchestration resource_types': {body: {resource_types: ['OS::Nova::Server']}},
      'POST orchestration validate': {body: {Description: 'x'}},
      [`GET orchestration resource_types/${encodeURIComponent('OS::Neutron::Net')}`]: {
        body: {
          properties: {
            tags: {type: 'list', required: false, update_allowed: true, schema: {'*': {type: 'string'}}},
            qos_policy: {
              type: 'string',
              default: 'x',
              constraints: [{length: {min: 1}}, {custom_constraint: 'neutron.qos_policy'}],
            },
          },
        },
      },
    }).session,
  );
  t.deepEqual(await heat.templateVersions(), ['heat_template_version.2018-08-31']);
  t.deepEqual(await heat.buildInfo(), {api: 'a', engine: 'e'});
  t.deepEqual(await heat.resourceTypes(), new Set(['OS::Nova::Server']));
  t.deepEqual(await heat.validate({template: {}}), {Description: 'x'});
  const type = await heat.resourceType('OS::Neutron::Net');
  t.deepEqual('properties' in type ? type.properties.get('tags') : undefined, {
    type: 'list',
    required: false,
    updateAllowed: true,
    immutable: false,
    default: undefined,
    constraint: undefined,
    schema: new Map([
      [
        '*',
        {
          type: 'string',
          required: false,
          updateAllowed: false,
          immutable: false,
          default: undefined,
          constraint: undefined,
          schema: undefined,
        },
      ],
    ]),
  });
  t.like('properties' in type ? type.properties.get('qos_policy') : undefined, {
    default: 'x',
    constraint: 'neutron.qos_policy',
  });
});

function row(name: string, id: string, more: object = {}): object {
  return {
    resource_name: name,
    resource_type: 'OS::Neutron::Net',
    physical_resource_id: id,
    resource_status: 'CREATE_COMPLETE',
    resource_status_reason: 'state changed',
    ...more,
  };
}

test('the parts of a stack come by logical name, sorted, those of nested stacks too', async t => {
  const {session} = fakeCloud({
    ...listed,
    [`GET orchestration stacks/web/${stackId}/resources`]: {
      body: {resources: [row('net_b', 'b'), row('net_a', 'a'), row('0', 'n', {parent_resource: 'group'})]},
    },
    [`GET orchestration stacks/web/${stackId}`]: {
      body: {stack: {id: stackId, stack_name: 'web', parameters: {flavor: 'm1.tiny', psk: '******'}}},
    },
  });
  const {resources: parts, parameters} = await stackContents(session, 'web');
  t.deepEqual(
    parts.map(({name, id}) => [name, id]),
    [
      ['group.0', 'n'],
      ['net_a', 'a'],
      ['net_b', 'b'],
    ],
  );
  t.like(parts[1], {type: 'OS::Neutron::Net', status: 'CREATE_COMPLETE'});
  t.deepEqual(parameters, {flavor: 'm1.tiny'}, 'hidden values are not told');
});

test('a stack that the project lacks is named', async t => {
  const {session} = fakeCloud(listed);
  await t.throwsAsync(findStack(session, 'nope'), {
    code: 'not-found',
    message: 'The project "target" has no stack "nope"',
  });
});

test('what holds secrets is marked, so that no trace shows it', async t => {
  const {session, asked} = fakeCloud({'POST orchestration stacks/preview': {body: {stack: {}}}});
  const heat = await openHeat(session);
  const template = {parameters: {action: {type: 'string', hidden: true}, name: {type: 'string'}}};
  for (const parameters of [{name: 'x'}, {action: '', name: 'x'}, {action: 's3cret'}])
    await heat.preview({
      stack_name: 'web',
      template,
      files: {},
      environment: {parameters},
      disable_rollback: true,
    });
  t.deepEqual(
    asked.map(({options}) => options.secret),
    [false, false, true],
  );
});
