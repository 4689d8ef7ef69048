/** Clusters: what they have from their template, node groups beside the default ones, templates of others. */
import test from 'ava';
import {Ref} from '../../../src/model/value.ts';
import type {Node} from '../../../src/model/graph.ts';
import {relate} from '../../../src/relate/index.ts';
import {cluster} from '../../../src/resources/magnum/cluster.ts';
import {clusterTemplate} from '../../../src/resources/magnum/cluster-template.ts';
import {inventoryOf} from '../../support/inventory.ts';

const row = cluster.spec.example.row;
const template = {
  ...(cluster.spec.example.with?.['cluster_template']?.[0] as {readonly id: string}),
};

function nodeOf(key: string, rows: Readonly<Record<string, readonly object[]>>): Node | undefined {
  return relate(inventoryOf(rows)).graph.nodes.get(key);
}

function lost(node: Node | undefined): readonly string[] {
  return (node?.ledger ?? []).filter(({fate}) => fate === 'lost').map(({field}) => field);
}

test('cluster: what its template says too is not lost', t => {
  t.deepEqual(
    lost(nodeOf('cluster:cl1', {cluster: [{...row, keypair: null}], cluster_template: [template]})),
    [],
  );
});

test('cluster: labels and sizes of its own are lost', t => {
  const own = {...row, keypair: null, labels: {kube_tag: 'v1.29.0'}, docker_volume_size: 9};
  t.deepEqual(lost(nodeOf('cluster:cl1', {cluster: [own], cluster_template: [template]})), [
    'docker_volume_size',
    'labels',
  ]);
});

test("cluster: another project's template is a parameter", t => {
  const rows = {cluster: [row], cluster_template: [{...template, project_id: 'p9', public: true}]};
  const {graph} = relate(inventoryOf(rows));
  t.is(graph.nodes.get('cluster_template:ct1')?.place.as, 'skipped');
  const external = graph.externals.get('cluster_template:ct1');
  t.like(external, {name: 'k8s', constraint: 'magnum.cluster_template', unique: true});
});

test('cluster: the address for finding its nodes is never a property', t => {
  const node = nodeOf('cluster:cl1', {cluster: [row], cluster_template: [template]});
  t.false(JSON.stringify(node?.properties).includes('etcd'));
});

test('cluster: node groups beside the default ones are steps, and not counted twice', t => {
  const groups = [
    {id: 'g1', name: 'default-master', cluster_id: 'cl1', role: 'master', is_default: true, node_count: 5},
    {id: 'g2', name: 'default-worker', cluster_id: 'cl1', role: 'worker', is_default: true, node_count: 1},
    {
      id: 'g3',
      name: 'big',
      cluster_id: 'cl1',
      role: 'worker',
      is_default: false,
      node_count: 2,
      flavor_id: 'm1.big',
    },
  ];
  const node = nodeOf('cluster:cl1', {cluster: [row], cluster_template: [template], node_group: groups});
  t.is(node?.properties['node_count'], undefined);
  t.is(node?.properties['master_count'], 5);
  t.deepEqual(
    node?.steps.map(({command}) =>
      command
        .map(word => (word instanceof Ref ? `<${word.kind}:${word.id}>` : JSON.stringify(word).slice(1, -1)))
        .join(' '),
    ),
    ['coe nodegroup create --node-count 2 --role worker --flavor <flavor:m1.big> <cluster:cl1> big'],
  );
  t.true(lost(node).includes('node_groups.big'));
});

test('cluster: one that never came up is lost', t => {
  t.is(nodeOf('cluster:cl1', {cluster: [{...row, status: 'CREATE_FAILED'}]})?.place.as, 'lost');
});

const several = {
  ...clusterTemplate.spec.example.row,
  dns_nameserver: '8.8.8.8,8.8.4.4',
  docker_storage_driver: 'overlay2',
};

test('cluster_template: what Heat can not say is a step while no cluster uses it', t => {
  const node = nodeOf('cluster_template:ct1', {cluster_template: [several]});
  t.is(node?.properties['dns_nameserver'], '8.8.8.8');
  const texts = node?.steps.map(({command}) => command.filter(word => typeof word === 'string').join(' '));
  t.deepEqual(texts?.toSorted(), [
    'coe cluster template update replace apiserver_port=6443',
    'coe cluster template update replace dns_nameserver=8.8.8.8,8.8.4.4',
    'coe cluster template update replace docker_storage_driver=overlay2',
    'coe cluster template update replace insecure_registry=registry.example:5000',
    'coe cluster template update replace tags=lab',
  ]);
});

test('cluster_template: and lost where one does', t => {
  const node = nodeOf('cluster_template:ct1', {cluster_template: [several], cluster: [row]});
  t.deepEqual(node?.steps, []);
  t.deepEqual(
    lost(node).filter(field => field !== 'keypair_id'),
    ['apiserver_port', 'dns_nameserver', 'docker_storage_driver', 'insecure_registry', 'tags'],
  );
});

for (const stacks of ['as-resources', 'as-template', 'skip'] as const) {
  test(`cluster: what its own stack made comes with it, stacks ${stacks}`, t => {
    const rows = {
      cluster: [row],
      cluster_template: [template],
      stack: [
        {id: 'st1', stack_name: 'prod-abc', stack_status: 'CREATE_COMPLETE'},
        {id: 'st2', stack_name: 'mine', stack_status: 'CREATE_COMPLETE', template: '{}'},
      ],
      stack_resource: [
        {
          id: 'a',
          stack_id: 'st1',
          physical_resource_id: 'n1',
          resource_name: 'net',
          parent_resource: 'network',
        },
        {id: 'b', stack_id: 'st2', physical_resource_id: 'n2', resource_name: 'net'},
      ],
      network: ['n1', 'n2', 'n3'].map(id => ({id, project_id: 'p1', name: id, admin_state_up: true})),
      subnet: [],
    };
    const {graph} = relate(inventoryOf(rows), {stacks});
    const made = {as: 'skipped', reason: 'made for the cluster prod, and comes with it'} as const;
    t.deepEqual(graph.nodes.get('network:n1')?.place, made);
    t.is(graph.nodes.get('stack:st1')?.place.as, 'skipped');
    t.is(graph.nodes.get('network:n3')?.place.as, 'resource');
    t.is(graph.nodes.get('cluster:cl1')?.place.as, 'resource');
    t.notDeepEqual(graph.nodes.get('network:n2')?.place, made);
  });
}
