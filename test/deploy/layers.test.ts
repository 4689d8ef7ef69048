import test from 'ava';
import {checkLayers, deployLayers, layerFindings, type LayersOptions} from '../../src/deploy/layers.ts';
import type {Plan} from '../../src/deploy/deploy.ts';
import type {LoadedLayer} from '../../src/model/bundle.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {type Asked, fakeClock, fakeCloud, type Replies, type Reply} from '../support/fake-cloud.ts';
import {readRenaming} from '../../src/deploy/mapping/language.ts';
import {bundleOf, parameter} from '../support/stack.ts';

type Layers = readonly [LoadedLayer, ...LoadedLayer[]];

const net = {net: {type: 'OS::Neutron::Net', properties: {name: 'a'}}};

function layer(name: string, resources: object, feeds: LoadedLayer['feeds'] = {}): LoadedLayer {
  const made = bundleOf([], resources as Readonly<Record<string, unknown>>);
  const parameters = Object.fromEntries(Object.keys(feeds).map(feed => [feed, {type: 'string'}]));
  return {name, feeds, bundle: {...made, template: {...made.template, parameters}}};
}

const port = (network: unknown): object => ({port: {type: 'OS::Neutron::Port', properties: {network}}});
const feeds = {network_id: {layer: 'network', output: 'net_id'}};
const layers: Layers = [layer('network', net), layer('app', port({get_param: 'network_id'}), feeds)];

const idOf = (name: string): string => `id-of-${name}`;

/**
 * A Heat that builds what it is asked for at once, remembers it, and fails the stacks named.
 * @param until By stack: another that must be there before it is done; if that never comes it fails.
 */
function heat(failing: Set<string> = new Set(), until: Readonly<Record<string, string>> = {}) {
  let looks = 0;
  const stacks = new Map<
    string,
    {status: string; body: Readonly<Record<string, unknown>>; resources: object}
  >();
  const row = (name: string): object => {
    const other = until[name];
    const isWaiting = other !== undefined && !stacks.has(other);
    if (isWaiting) looks += 1;
    const {status: settled = ''} = stacks.get(name) ?? {};
    const status = isWaiting ? `CREATE_${looks > 200 ? 'FAILED' : 'IN_PROGRESS'}` : settled;
    return {
      stack_name: name,
      id: idOf(name),
      stack_status: status,
      stack_status_reason: 'because',
      updated_time: null,
      disable_rollback: true,
      outputs:
        name === 'shop-network' && status.endsWith('_COMPLETE')
          ? [{output_key: 'net_id', output_value: 'n-1'}]
          : [],
    };
  };
  const settle = (name: string, action: string, body: unknown): void => {
    const json = body as Readonly<Record<string, unknown>>;
    stacks.set(name, {
      status: `${action}_${failing.has(name) ? 'FAILED' : 'COMPLETE'}`,
      body: json,
      resources: (json['template'] as {resources: object}).resources,
    });
  };
  const own = (name: string): Replies => {
    const path = `stacks/${name}/${idOf(name)}`;
    const there = (make: (stack: NonNullable<ReturnType<typeof stacks.get>>) => unknown) => (): Reply => {
      const stack = stacks.get(name);
      return stack === undefined ? {status: 404} : {body: make(stack)};
    };
    return {
      [`GET orchestration ${path}`]: there(() => ({stack: row(name)})),
      [`GET orchestration ${path}/template`]: there(({body}) => body['template']),
      [`GET orchestration ${path}/environment`]: there(({body}) => body['environment']),
      [`GET orchestration ${path}/files`]: there(({body}) => body['files']),
      [`GET orchestration ${path}/events`]: {body: {events: []}},
      [`GET orchestration ${path}/resources`]: there(({resources, status}) => ({
        resources: Object.entries(resources as Record<string, {type: string}>).map(([resource, {type}]) => ({
          resource_name: resource,
          resource_type: type,
          physical_resource_id: status.endsWith('_FAILED') ? '' : `${resource}-id`,
          resource_status: status,
          resource_status_reason: 'no room',
        })),
      })),
      [`PUT orchestration ${path}`]: ({options}) => {
        settle(name, 'UPDATE', options.json);
        return {status: 202};
      },
    };
  };
  const schema = {type: 'string', update_allowed: true};
  const replies: Replies = {
    'GET orchestration stacks': ({options}) => {
      const name = String(options.query?.['name']);
      return {body: {stacks: stacks.has(name) ? [row(name)] : []}};
    },
    'POST orchestration stacks/preview': {body: {stack: {}}},
    'POST orchestration stacks': ({options}) => {
      const {stack_name: name} = options.json as {stack_name: string};
      settle(name, 'CREATE', options.json);
      return {status: 201, body: {stack: {id: idOf(name)}}};
    },
    'GET network quotas/p1/details': {body: {quota: {}}},
    [`GET orchestration resource_types/${encodeURIComponent('OS::Neutron::Net')}`]: {
      body: {properties: {name: schema}},
    },
    [`GET orchestration resource_types/${encodeURIComponent('OS::Neutron::Port')}`]: {
      body: {properties: {network: {type: 'string'}}},
    },
    ...own('shop-network'),
    ...own('shop-app'),
    ...own('shop-other'),
  };
  const {session, asked} = fakeCloud(replies);
  const changes = (): readonly Asked[] =>
    asked.filter(({method, path}) => method === 'PUT' || (method === 'POST' && path === 'stacks'));
  const deploy = (of: Layers = layers, options: Partial<LayersOptions> = {}) =>
    deployLayers(session, of, {stack: 'shop', clock: fakeClock(), ...options});
  return {session, stacks, asked, changes, deploy, failing};
}

test('layers are deployed in order, each fed by the outputs of those before it', async t => {
  const {deploy, changes, stacks} = heat();
  const turns: string[] = [];
  const plans: Plan[][] = [];
  const done = await deploy(layers, {
    onLayer: stack => turns.push(stack),
    onPlan: some => void plans.push([...some]),
  });
  t.deepEqual(
    done.map(({action, stack, status}) => [action, stack.name, status]),
    [
      ['create', 'shop-network', 'CREATE_COMPLETE'],
      ['create', 'shop-app', 'CREATE_COMPLETE'],
    ],
  );
  t.deepEqual(turns, ['shop-network', 'shop-app']);
  t.is(changes().length, 2);
  t.like(stacks.get('shop-app')?.body, {environment: {parameters: {network_id: 'n-1'}}});
  t.is(plans.length, 1, 'asked once, for both');
  t.is(plans[0]?.length, 2);
});

test('a map is for the layer that has the thing, and for all of them it is one', async t => {
  const {deploy, stacks} = heat();
  const [network, app] = layers as readonly [LoadedLayer, LoadedLayer];
  const {bundle} = app;
  const template = {
    ...bundle.template,
    parameters: {network_id: {type: 'string'}, zone_nova: {type: 'string'}},
  };
  const report = {...bundle.report, parameters: [parameter('zone_nova', 'availability_zone', 'nova')]};
  const zoned: Layers = [network, {...app, bundle: {...bundle, template, report}}];
  await deploy(zoned, {map: [readRenaming('az:nova=az1')]});
  t.like(stacks.get('shop-app')?.body, {environment: {parameters: {zone_nova: 'az1'}}});
  t.like(stacks.get('shop-network')?.body, {environment: {parameters: {}}});
});

test('after a failure deploying again passes over what is finished, and goes on', async t => {
  const {deploy, changes, failing} = heat(new Set(['shop-app']));
  const error = await t.throwsAsync(deploy(), {instanceOf: RekindleError, code: 'stack-failed'});
  t.regex(error.message, /^shop-app: The stack "shop-app" .* ended in CREATE_FAILED/);
  t.regex(error.hint ?? '', /shop-network stay as they are; deploying again goes on with shop-app/);
  failing.clear();
  const done = await deploy();
  t.deepEqual(
    done.map(({action}) => action),
    ['nothing', 'update'],
  );
  t.is(changes().length, 3);
  t.deepEqual(
    (await deploy()).map(({action}) => action),
    ['nothing', 'nothing'],
  );
});

test('all layers are checked before any is deployed', async t => {
  const {deploy, changes} = heat();
  const odd: Layers = [layers[0], layer('app', {odd: {type: 'OS::Nope::X'}})];
  const error = await t.throwsAsync(deploy(odd), {instanceOf: RekindleError, code: 'not-deployable'});
  t.regex(error.message, /shop-app: type OS::Nope::X/);
  t.is(changes().length, 0);
});

test('of several layers each finding names its stack, of one alone none does', async t => {
  const {session} = heat();
  const odd = layer('app', {odd: {type: 'OS::Nope::X'}});
  const several = layerFindings(await checkLayers(session, [layers[0], odd], {stack: 'shop'}));
  t.deepEqual(
    several.map(({where}) => where),
    ['shop-app: type OS::Nope::X'],
  );
  const alone = layerFindings(await checkLayers(session, [{...odd, name: ''}], {stack: 'shop'}));
  t.deepEqual(
    alone.map(({where}) => where),
    ['type OS::Nope::X'],
  );
});

test('quotas are added up over all layers: each alone would fit', async t => {
  const {session} = heat();
  const two = {...net, more: {type: 'OS::Neutron::Net', properties: {name: 'b'}}};
  const some: Layers = [layer('network', two), layer('app', two)];
  const detail = {limit: 3, used: 0, reserved: 0};
  const service = await session.service('network');
  const narrow = {
    ...session,
    service: (kind: string) =>
      kind === 'network' && service !== undefined
        ? Promise.resolve({
            ...service,
            call: (...words: Parameters<typeof service.call>) =>
              words[1].startsWith('quotas/')
                ? Promise.resolve({status: 200, headers: {}, body: {quota: {network: detail}}})
                : service.call(...words),
          })
        : session.service(kind),
  } as typeof session;
  const findings = layerFindings(await checkLayers(narrow, some, {stack: 'shop'}));
  t.like(findings, [{severity: 'error', where: 'quota network'}]);
  t.is(findings.length, 1);
  t.regex(findings[0]?.what ?? '', /^4 networks needed, 3 free/);
});

test('what an earlier layer has yet to answer is not missed in the check, and its value is once it is there', async t => {
  const {session, deploy} = heat();
  const [, before] = await checkLayers(session, layers, {stack: 'shop'});
  t.deepEqual(before?.checked.findings, []);
  await deploy();
  const [, after] = await checkLayers(session, layers, {stack: 'shop'});
  t.like(after?.checked.forecast?.resources, [{name: 'port', fate: 'unchanged'}]);
});

test('an output without a value ends it before the layer that needs it', async t => {
  const {deploy, changes} = heat();
  const feeds = {network_id: {layer: 'network', output: 'nothing'}};
  const error = await t.throwsAsync(
    deploy([layers[0], layer('app', port({get_param: 'network_id'}), feeds)]),
    {instanceOf: RekindleError, code: 'not-deployable'},
  );
  t.regex(error.message, /The output nothing of the stack shop-network has no value/);
  t.is(changes().length, 1);
});

test('parameters go to the layers that declare them; one that none does is refused', async t => {
  const {deploy, stacks} = heat();
  await deploy(layers, {parameters: {network_id: 'mine'}});
  t.like(stacks.get('shop-app')?.body, {environment: {parameters: {network_id: 'mine'}}});
  t.like(stacks.get('shop-network')?.body, {environment: {parameters: {}}});
  await t.throwsAsync(deploy(layers, {parameters: {nosuch: 1}}), {
    code: 'input',
    message: /parameter "nosuch"/,
  });
});

test('where more turns out to be at stake it is asked again', async t => {
  const {deploy, stacks} = heat();
  await deploy();
  // The next update changes the output, and with it what the second layer says of its port.
  const stack = stacks.get('shop-app');
  const changed: Layers = [
    layer('network', {net: {...net.net, properties: {name: 'b'}}}),
    layers[1],
  ] as unknown as Layers;
  const asked: number[] = [];
  await deploy(changed, {
    onPlan(plans) {
      asked.push(plans.length);
      if (stack !== undefined && asked.length === 1)
        stacks.set('shop-app', {
          ...stack,
          body: {...stack.body, environment: {parameters: {network_id: 'n-0'}}},
        });
    },
  });
  t.deepEqual(asked, [1, 1]);
});

const other = layer('other', {group: {type: 'OS::Neutron::Net', properties: {name: 'g'}}});
const three = (needs: Pick<LoadedLayer, 'needs'>): Layers => [
  layers[0],
  layers[1] as LoadedLayer,
  {...other, ...needs},
];

test('stacks that need nothing of each other are built at the same time', async t => {
  const {deploy} = heat(new Set(), {'shop-network': 'shop-other'});
  const done = await deploy(three({needs: []}));
  t.deepEqual(
    done.map(({stack, status}) => [stack.name, status]),
    [
      ['shop-network', 'CREATE_COMPLETE'],
      ['shop-app', 'CREATE_COMPLETE'],
      ['shop-other', 'CREATE_COMPLETE'],
    ],
  );
});

/** In which order a check looks for stacks, and has Heat preview them. */
async function turns(of: Layers): Promise<readonly string[]> {
  const {session, asked} = heat();
  await checkLayers(session, of, {stack: 'shop'});
  return asked.flatMap(({path, options: {query, json}}) => {
    if (path === 'stacks') return [`look ${String(query?.['name'])}`];
    return path === 'stacks/preview' ? [`preview ${(json as {stack_name: string}).stack_name}`] : [];
  });
}

test('stacks that need nothing of each other are checked at the same time, the others after what they need', async t => {
  const at = await turns(three({needs: []}));
  t.true(at.indexOf('look shop-other') < at.indexOf('preview shop-network'));
  t.true(at.indexOf('look shop-app') > at.indexOf('preview shop-network'), 'it is fed by it');
  const waiting = await turns(three({}));
  t.true(waiting.indexOf('look shop-other') > waiting.indexOf('preview shop-network'));
});

test('where nobody said what a layer needs it comes after all before it', async t => {
  const {deploy} = heat(new Set(), {'shop-network': 'shop-other'});
  await t.throwsAsync(deploy(three({})), {code: 'stack-failed', message: /^shop-network: /});
});

test('once a stack has failed none is begun any more, and those under way are followed to their end', async t => {
  const {deploy, stacks} = heat(new Set(['shop-network']), {'shop-other': 'shop-network'});
  const error = await t.throwsAsync(deploy(three({needs: []})), {
    instanceOf: RekindleError,
    code: 'stack-failed',
  });
  t.regex(error.message, /^shop-network: /);
  t.regex(error.hint ?? '', /shop-other stay as they are; deploying again goes on with shop-network/);
  t.deepEqual([...stacks.keys()].sort(), ['shop-network', 'shop-other']);
});

test('an update waits for all before it, and all behind it wait', async t => {
  const {deploy, changes} = heat();
  await deploy(three({needs: []}));
  const before = changes().length;
  const changed: Layers = [
    layer('network', {net: {...net.net, properties: {name: 'b'}}}),
    layers[1] as LoadedLayer,
    {...layer('other', {group: {type: 'OS::Neutron::Net', properties: {name: 'h'}}}), needs: []},
  ];
  const turns: string[] = [];
  const done = await deploy(changed, {
    onLayer: stack => turns.push(stack),
    onUpdating: ({name}) => turns.push(`${name} updates`),
  });
  t.deepEqual(
    done.map(({action}) => action),
    ['update', 'nothing', 'update'],
  );
  t.is(changes().length - before, 2);
  t.deepEqual(turns, [
    'shop-network',
    'shop-network updates',
    'shop-app',
    'shop-other',
    'shop-other updates',
  ]);
});
