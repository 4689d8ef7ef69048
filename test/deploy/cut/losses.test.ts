import test from 'ava';
import {deploy, lossesThere} from '../../../src/deploy/index.ts';
import {preflight, type PreflightOptions} from '../../../src/deploy/preflight.ts';
import type {LoadedBundle} from '../../../src/model/bundle.ts';
import {fakeClock, fakeCloud, type Replies} from '../../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter, reportOf} from '../../support/stack.ts';

const parameters = [parameter('image_gone', 'image', 'gone', 'glance.image')];
const bundle: LoadedBundle = bundleOf(
  parameters,
  {
    net: {type: 'OS::Neutron::Net', properties: {name: 'net', tags: ['a'], value_specs: {mtu: 1400}}},
    forward: {
      type: 'OS::Neutron::FloatingIPPortForward',
      properties: {name: {get_param: 'image_gone'}},
    },
  },
  {
    report: reportOf(parameters, {
      resources: [
        {name: 'net', type: 'OS::Neutron::Net', kind: 'network', id: 'n1', label: 'net'},
        {
          name: 'forward',
          type: 'OS::Neutron::FloatingIPPortForward',
          kind: 'port_forwarding',
          id: 'f1',
          label: '8080',
        },
      ],
      steps: [
        {
          when: 'after',
          title: 'Describe it',
          kind: 'network',
          id: 'n1',
          label: 'net',
          fields: ['description'],
          command: ['network', 'set', {resource: 'forward'}],
        },
      ],
    }),
  },
);

const target: Replies = {
  ...heatReplies({'OS::Neutron::Net': ['name', 'value_specs', 'tags']}),
  'GET network extensions': {body: {extensions: [{alias: 'standard-attr-tag'}]}},
  'GET image images': {body: {images: []}},
  'GET network networks': {body: {networks: []}},
};

async function checked(options: Partial<PreflightOptions> = {}, replies: Replies = {}) {
  const {session} = fakeCloud({...target, ...replies});
  return preflight(session, bundle, {stack: 'web', quota: false, ...options});
}

test('what the target can not make is an error that says how to go on without it', async t => {
  const {findings, bundle: same} = await checked();
  t.is(same, bundle);
  const own = findings.filter(({where}) => /^(?:type|resource) /.test(where));
  t.deepEqual(
    own.map(({severity, where, what}) => [severity, `${where}: ${what}`]),
    [
      ['error', "type OS::Neutron::FloatingIPPortForward: Heat doesn't know it; used by forward"],
      [
        'error',
        "resource net: value_specs.mtu 1400 needs Neutron's extension net-mtu-writable, which the target lacks",
      ],
    ],
  );
  t.true(own.every(({hint}) => hint.endsWith('; or go on without: --accept-losses')));
});

test('what is lost is told the same whether it is accepted or not', async t => {
  const losses = [
    {
      kind: 'network',
      id: 'n1',
      label: 'net',
      resource: 'net',
      field: 'mtu',
      reason: "value_specs.mtu needs Neutron's extension net-mtu-writable, which the target lacks",
    },
    {
      kind: 'port_forwarding',
      id: 'f1',
      label: '8080',
      resource: 'forward',
      field: '*',
      reason: "OS::Neutron::FloatingIPPortForward can't be made there: Heat doesn't know it",
    },
    {
      kind: 'network',
      id: 'n1',
      label: 'net',
      field: 'description',
      reason: "needs forward, which can't be made there",
    },
  ];
  t.deepEqual((await checked()).losses, losses);
  t.deepEqual((await checked({acceptLosses: true})).losses, losses);
  const {session} = fakeCloud(target);
  t.deepEqual(await lossesThere(session, bundle, {}), losses, 'and by who looks afterwards');
});

test('with --accept-losses the rest is deployed, and what only the lost needed is not asked for', async t => {
  const {session, asked} = fakeCloud(target);
  const before = JSON.stringify(bundle);
  const done = await deploy(session, bundle, {
    stack: 'web',
    quota: false,
    acceptLosses: true,
    clock: fakeClock(),
  });
  const body = asked.find(({method, path}) => method === 'POST' && path === 'stacks')?.options.json;
  t.deepEqual((body as {template: {resources: object}}).template.resources, {
    net: {type: 'OS::Neutron::Net', properties: {name: 'net', tags: ['a']}},
  });
  t.is(done.losses.length, 3);
  t.deepEqual(done.steps, [], 'a step on a lost resource is lost with it');
  t.true(done.warnings.some(({what}) => what.endsWith(': left out')));
  t.is(JSON.stringify(bundle), before, 'the bundle stays as it is');
});

test('a cloud that can make everything loses nothing', async t => {
  const replies = {
    ...heatReplies({
      'OS::Neutron::Net': ['name', 'value_specs', 'tags'],
      'OS::Neutron::FloatingIPPortForward': ['name'],
    }),
    'GET network extensions': {
      body: {extensions: [{alias: 'standard-attr-tag'}, {alias: 'net-mtu-writable'}]},
    },
  };
  const {losses, bundle: same, findings} = await checked({acceptLosses: true}, replies);
  t.deepEqual(losses, []);
  t.is(same, bundle);
  t.like(findings, [{where: 'parameter image_gone'}]);
});

test('where Neutron does not tell its extensions nothing is said to need one', async t => {
  for (const status of [403, 404, 500])
    t.false(
      (await checked({}, {'GET network extensions': {status}})).losses.some(({field}) => field === 'mtu'),
    );
});

test('of a group it is its nested template that is cut', async t => {
  const nested = {
    heat_template_version: '2018-08-31',
    resources: {port: {type: 'OS::Neutron::Port', properties: {network: 'n', propagate_uplink_status: true}}},
  };
  const folded = bundleOf(
    [],
    {
      ports: {
        type: 'OS::Heat::ResourceGroup',
        properties: {count: 2, resource_def: {type: 'files/port.yaml', properties: {}}},
      },
    },
    {
      files: {'files/port.yaml': JSON.stringify(nested)},
      report: reportOf([], {
        resources: [0, 1].map(index => ({
          name: `ports.${index}.port`,
          type: 'OS::Neutron::Port',
          kind: 'port',
          id: `p${index}`,
          label: '',
        })),
      }),
    },
  );
  const {session} = fakeCloud({
    ...target,
    ...heatReplies({
      'OS::Heat::ResourceGroup': ['count', 'resource_def'],
      'OS::Neutron::Port': ['network', 'propagate_uplink_status'],
    }),
  });
  const {losses, bundle: left} = await preflight(session, folded, {
    stack: 'web',
    quota: false,
    acceptLosses: true,
  });
  t.deepEqual(
    losses.map(({id, field}) => `${id} ${field}`),
    ['p0 propagate_uplink_status', 'p1 propagate_uplink_status'],
  );
  const text = left.files['files/port.yaml'] ?? '';
  t.deepEqual((JSON.parse(text) as typeof nested).resources.port.properties as object, {network: 'n'});
});
