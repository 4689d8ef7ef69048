/** Magnum's lists, as it answers them: absolute `next`, ids called uuid, microversions named at its root only. */
import test from 'ava';
import {cluster as clusterType} from '../../src/resources/magnum/cluster.ts';
import {clusterTemplate as templateType} from '../../src/resources/magnum/cluster-template.ts';
import {answered} from './support/answered.ts';

const service = {type: 'container-infra', path: '/v1', kinds: ['cluster_template', 'cluster', 'node_group']};

function asAnswered(row: object, uuid: string, changes: object = {}): object {
  const links = [{href: `{origin}/v1/things/${uuid}`, rel: 'self'}];
  return {...row, id: undefined, uuid, project_id: 'p-1', links, ...changes};
}

const root = {
  name: 'OpenStack Magnum API',
  versions: [{id: 'v1', status: 'CURRENT', min_version: '1.1', max_version: '1.11', links: []}],
};

test('magnum: pages, foreign templates that ours were made from, node groups of each cluster', async t => {
  const template = (uuid: string, changes: object): object =>
    asAnswered(templateType.spec.example.row, uuid, changes);
  const pages = {
    '/v1/': {id: 'v1', media_types: [], links: []},
    '/': root,
    '/v1/clustertemplates/detail': {
      clustertemplates: [template('ct1', {}), template('ct9', {project_id: 'p-9', public: true})],
      next: '{origin}/v1/clustertemplates/detail?sort_key=id&sort_dir=asc&limit=2&marker=ct9',
    },
    '/v1/clustertemplates/detail?sort_key=id&sort_dir=asc&limit=2&marker=ct9': {
      clustertemplates: [template('ct8', {project_id: 'p-9', public: true})],
    },
    '/v1/clusters/detail': {
      clusters: [asAnswered(clusterType.spec.example.row, 'cl1', {cluster_template_id: 'ct9'})],
    },
    '/v1/clusters/cl1/nodegroups': {
      nodegroups: [
        {
          uuid: 'g1',
          name: 'default-worker',
          role: 'worker',
          is_default: true,
          node_count: 3,
          flavor_id: 'm1.small',
        },
      ],
    },
  };
  const {inventory, seen} = await answered(t, service, pages);
  t.deepEqual(inventory.gaps, []);
  t.deepEqual(
    inventory.rows['cluster_template']?.map(({id}) => id),
    ['ct1', 'ct9'],
  );
  t.like(inventory.rows['node_group']?.[0], {id: 'g1', cluster_id: 'cl1'});
  t.is(inventory.rows['cluster']?.[0]?.['discovery_url'], '(redacted)');
  t.false(JSON.stringify(inventory.rows).includes('127.0.0.1'));
  const asked = seen.find(({url}) => url === '/v1/clusters/cl1/nodegroups');
  t.is(asked?.headers['openstack-api-version'], 'container-infra 1.11');
});

test('magnum: a cloud without it costs no request and one gap for each list', async t => {
  const {inventory, urls} = await answered(t, {...service, type: 'something-else'}, {});
  t.deepEqual(urls, []);
  t.deepEqual(
    inventory.gaps.map(({kind, reason}) => [kind, reason]),
    [
      ['cluster', 'no-service'],
      ['cluster_template', 'no-service'],
    ],
  );
});
