/** What would be adopted: everything that the bundle says and the project still is. */
import test from 'ava';
import {planAdoption} from '../../../src/deploy/adopt/plan.ts';
import {bundleFrom, parameters, presentFrom, rows, type Rows} from '../../support/adoption.ts';

function planned(changes: Rows = {}, more: {readonly external?: boolean} = {}) {
  const bundle = bundleFrom();
  return planAdoption(bundle, presentFrom({...rows, ...changes}), {
    parameters: {...bundle.parameters, ...parameters},
    ...more,
  });
}

function said(changes: Rows): readonly string[] {
  return planned(changes).findings.map(({where, what}) => `${where}: ${what}`);
}

test('an unchanged project is adopted by the ids that Heat has for each type', t => {
  const {adopted, findings, resting, owners} = planned();
  t.deepEqual(findings, []);
  t.deepEqual(Object.fromEntries(adopted.map(({name, physicalId}) => [name, physicalId])), {
    network_web: 'n1',
    subnet_web: 's1',
    router_edge: 'r1',
    router_interface_edge_web: 'r1:subnet_id=s1',
    port_web: 'x1',
    server_web: 'v1',
  });
  t.deepEqual([resting, owners], [[], []]);
});

test('a server brings its ports, as if Heat had made it; nothing else has data', t => {
  const data = planned().adopted.filter(resource => Object.keys(resource.data).length > 0);
  t.deepEqual(
    data.map(resource => [resource.name, resource.data]),
    [['server_web', {external_ports: '[{"id":"x1"}]'}]],
  );
});

test("the user's key pair is left out, and said to be", t => {
  const {leftOut} = planned();
  t.is(leftOut.length, 1);
  t.is(leftOut[0]?.name, 'keypair_laptop');
  t.regex(leftOut[0]?.reason ?? '', /the user's own/);
});

test('a key pair that the user wants in the stack is adopted by its name', t => {
  const bundle = bundleFrom();
  const plan = planAdoption(bundle, presentFrom(), {
    parameters: {...bundle.parameters, create_keypair_laptop: true},
  });
  t.is(plan.adopted.find(({kind}) => kind === 'keypair')?.physicalId, 'laptop');
});

test('of a selection that is adopted, all in it counts and nothing else; what is gone from it is said', t => {
  const shape = {select: 'server:web', exclude: 'network'};
  const bundle = bundleFrom(rows, shape);
  const given = {...bundle.parameters, ...parameters};
  const plan = planAdoption(bundle, presentFrom(rows, shape), {parameters: given});
  t.deepEqual(plan.findings, []);
  t.deepEqual(
    plan.adopted.map(({name, physicalId}) => [name, physicalId]),
    [
      ['server_web', 'v1'],
      ['port_web', 'x1'],
    ],
  );
  const gone = presentFrom({...rows, server: [], port: [rows.port[0]]}, shape);
  t.deepEqual(
    planAdoption(bundle, gone, {parameters: given}).findings.map(({where, what}) => `${where}: ${what}`),
    ['server_web: is gone from the project', 'port_web: is gone from the project'],
  );
});

test('what is gone is said', t => {
  t.deepEqual(said({server: [], port: [rows.port[0]]}), [
    'server_web: is gone from the project',
    'port_web: is gone from the project',
  ]);
});

test('what changed in a way that a property says is named with both values', t => {
  t.deepEqual(said({subnet: [{...rows.subnet[0], name: 'www'}]}), [
    'subnet_web: property name is "web" in the bundle, and "www" in the project',
  ]);
  const [server] = rows.server;
  t.deepEqual(said({server: [{...server, flavor: {original_name: 'm1.big'}}]}), [
    'server_web: property flavor is {"outside":"flavor:m1.small"} in the bundle, and {"outside":"flavor:m1.big"} in the project',
  ]);
});

test('what changed in a way that no property says is no obstacle', t => {
  t.deepEqual(said({server: [{...rows.server[0], updated: '2030-01-01T00:00:00Z', progress: 1}]}), []);
});

test('other things in the project, and other names for them in a new template, are no obstacle', t => {
  const older = {id: 'n0', name: 'web', project_id: 'p1', created_at: '2020-01-01T00:00:00Z'};
  t.deepEqual(said({network: [older, rows.network[0]]}), []);
});

test('a value given for a parameter that the project contradicts stands in the way', t => {
  const bundle = bundleFrom();
  const {findings} = planAdoption(bundle, presentFrom(), {
    parameters: {...bundle.parameters, ...parameters, flavor_m1_small: 'm1.huge'},
  });
  t.deepEqual(
    findings.map(({where, what}) => `${where}: ${what}`),
    [
      'server_web: property flavor is "m1.huge" in the bundle, and {"outside":"flavor:m1.small"} in the project',
    ],
  );
});

test('a resource that somebody wrote into the template is refused: adoption makes nothing', t => {
  const bundle = bundleFrom();
  const resources = {...(bundle.template['resources'] as object), more: {type: 'OS::Neutron::Net'}};
  const {findings} = planAdoption({...bundle, template: {...bundle.template, resources}}, presentFrom(), {
    parameters: {...bundle.parameters, ...parameters},
  });
  t.deepEqual(
    findings.map(({where, severity}) => [where, severity]),
    [['more', 'error']],
  );
});

test('what a stack has already is never adopted a second time', t => {
  const plan = planned({
    stack: [{id: 'k1', stack_name: 'mine', stack_status: 'CREATE_COMPLETE', project: 'p1'}],
    stack_resource: [
      {
        id: 'k1:net',
        stack_id: 'k1',
        resource_name: 'net',
        resource_type: 'OS::Neutron::Net',
        physical_resource_id: 'n1',
      },
      {
        id: 'k1:leg',
        stack_id: 'k1',
        resource_name: 'leg',
        resource_type: 'OS::Neutron::RouterInterface',
        physical_resource_id: 'r1:subnet_id=s1',
      },
    ],
  });
  t.deepEqual(plan.owners, [{stack: 'mine', names: ['network_web', 'router_interface_edge_web']}]);
  t.false(plan.adopted.some(({kind}) => kind === 'network' || kind === 'router_interface'));
});

test("a stopped server rests: Heat's check would call it failed", t => {
  const stopped = {server: [{...rows.server[0], status: 'SHUTOFF'}]};
  t.deepEqual(planned(stopped).resting, [{name: 'server_web', state: 'SHUTOFF'}]);
});

test('by external_id what Heat can not look up, and what rests, is left out with the reason', t => {
  const plan = planned({server: [{...rows.server[0], status: 'SHUTOFF'}]}, {external: true});
  t.deepEqual(plan.resting, []);
  t.deepEqual(
    plan.leftOut.map(({name, reason}) => [name, reason]).filter(([name]) => name !== 'keypair_laptop'),
    [
      ['router_interface_edge_web', "Heat can't look up an external OS::Neutron::RouterInterface"],
      ['server_web', 'it is SHUTOFF, which Heat takes for a failure'],
    ],
  );
});

test('a group is not adopted, and how it can be is said', t => {
  const bundle = bundleFrom();
  const folds = [{name: 'web_servers', file: 'files/web_servers.yaml', members: ['web-1', 'web-2']}];
  const {findings, adopted} = planAdoption({...bundle, report: {...bundle.report, folds}}, presentFrom(), {
    parameters: {...bundle.parameters, ...parameters},
  });
  t.deepEqual(adopted, []);
  t.deepEqual(
    findings.map(({where, severity}) => [where, severity]),
    [['web_servers', 'error']],
  );
  t.regex(findings[0]?.hint ?? '', /--no-fold/);
});
