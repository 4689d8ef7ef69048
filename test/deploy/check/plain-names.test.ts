/** A Neutron that takes printable names only: refused before the deployment, or changed and announced. */
import test from 'ava';
import {deploy, lossesThere} from '../../../src/deploy/index.ts';
import {preflight, type Preflight} from '../../../src/deploy/preflight.ts';
import type {LoadedBundle} from '../../../src/model/bundle.ts';
import {plainNames} from '../../../src/model/plain-name.ts';
import {fakeClock, fakeCloud, type Replies} from '../../support/fake-cloud.ts';
import {bundleOf, heatReplies, reportOf} from '../../support/stack.ts';

const report = reportOf([], {
  resources: ['odd', 'fine'].map(name => ({
    name,
    type: 'OS::Neutron::Net',
    kind: 'network',
    id: name,
    label: name,
  })),
});
const bundle = bundleOf(
  [],
  {
    odd: {type: 'OS::Neutron::Net', properties: {name: 'a\tb'}},
    fine: {type: 'OS::Neutron::Net', properties: {name: 'a b'}},
    server: {
      type: 'OS::Nova::Server',
      properties: {name: ' not Neutron’s ', networks: [{allocate_network: 'none'}]},
    },
  },
  {report},
);

function cloud(...aliases: readonly string[]): Replies {
  return {
    ...heatReplies({'OS::Neutron::Net': ['name'], 'OS::Nova::Server': ['name', 'networks']}),
    'GET network extensions': {body: {extensions: ['router', ...aliases].map(alias => ({alias}))}},
    'GET network networks': {body: {networks: []}},
  };
}

async function checked(of: LoadedBundle, replies: Replies, acceptLosses = false): Promise<Preflight> {
  return preflight(fakeCloud(replies).session, of, {stack: 'web', quota: false, acceptLosses});
}

test('a name that the target refuses is an error, with what to do', async t => {
  const {findings} = await checked(bundle, cloud(plainNames.all));
  const [finding, ...others] = findings.filter(({what}) => what.startsWith('name '));
  t.deepEqual(others, []);
  t.is(finding?.severity, 'error');
  t.is(finding?.where, 'resource odd');
  t.regex(finding?.what ?? '', /^name "a\\tb" is no name that Neutron there takes/);
  t.regex(finding?.hint ?? '', /--rules.*--accept-losses$/);
});

test('a release that takes any name says nothing of them', async t => {
  const {findings, losses} = await checked(bundle, cloud());
  t.deepEqual(losses, []);
  t.deepEqual(
    findings.filter(({what}) => what.startsWith('name ')),
    [],
  );
});

test('security groups are looked at since a release of their own', async t => {
  const grouped = bundleOf(
    [],
    {odd: {type: 'OS::Neutron::SecurityGroup', properties: {name: 'a\tb'}}},
    {report},
  );
  const knows = heatReplies({'OS::Neutron::SecurityGroup': ['name']});
  t.is((await checked(grouped, {...cloud(plainNames.all), ...knows})).losses.length, 0);
  t.is(
    (await checked(grouped, {...cloud(plainNames.all, plainNames.securityGroups), ...knows})).losses.length,
    1,
  );
});

test('with --accept-losses it gets the nearest one, which is announced, and told to who verifies', async t => {
  const {session, asked} = fakeCloud(cloud(plainNames.all));
  const options = {stack: 'web', quota: false, acceptLosses: true, clock: fakeClock()};
  const {losses, warnings} = await deploy(session, bundle, options);
  const body = asked.find(({method, path}) => method === 'POST' && path === 'stacks')?.options.json;
  const {resources} = (body as {template: {resources: object}}).template;
  t.like(resources, {odd: {properties: {name: 'a_b'}}, fine: {properties: {name: 'a b'}}});
  t.like(resources, {
    server: {properties: {name: ' not Neutron’s ', networks: [{allocate_network: 'none'}]}},
  });
  t.deepEqual(
    losses.map(({id, field, reason}) => [id, field, reason]),
    [['odd', 'name', 'Neutron there takes no such name: it is "a_b"']],
  );
  t.true(warnings.some(({what}) => what.endsWith('there it is "a_b"')));
  t.deepEqual(await lossesThere(session, bundle, {}), losses);
});

test('a name that a parameter has is looked at as any other', async t => {
  const named = bundleOf(
    [],
    {odd: {type: 'OS::Neutron::Net', properties: {name: {get_param: 'name_odd'}}}},
    {report},
  );
  const template = {...named.template, parameters: {name_odd: {type: 'string', default: 'a\tb'}}};
  const {losses, bundle: cut} = await checked({...named, template}, cloud(plainNames.all), true);
  t.is(losses.length, 1);
  t.like(cut.template, {resources: {odd: {properties: {name: 'a_b'}}}});
});

test('members of a group have their names by index: they stay an error', async t => {
  const nested = {
    heat_template_version: '2018-08-31',
    parameters: {name: {type: 'string'}},
    resources: {net: {type: 'OS::Neutron::Net', properties: {name: {get_param: 'name'}}}},
  };
  const folded = bundleOf(
    [],
    {
      net: {type: 'OS::Neutron::Net', properties: {name: ' blank'}},
      nets: {
        type: 'OS::Heat::ResourceGroup',
        properties: {count: 2, resource_def: {type: 'files/net.yaml', properties: {name: 'a\t%index%'}}},
      },
    },
    {files: {'files/net.yaml': JSON.stringify(nested)}, report: reportOf([], {})},
  );
  const {findings, bundle: cut} = await checked(folded, cloud(plainNames.all), true);
  t.like(cut.template, {resources: {net: {properties: {name: 'blank'}}}});
  t.deepEqual(cut.files, folded.files, 'what has its name in a nested template is another thing');
  const errors = findings.filter(({severity, what}) => severity === 'error' && what.startsWith('name '));
  t.deepEqual(
    errors.map(({where}) => where),
    ['resource nets.0.net', 'resource nets.1.net'],
  );
});
