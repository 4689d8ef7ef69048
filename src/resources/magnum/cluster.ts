import {isDeepStrictEqual} from 'node:util';
import {define, from, isEmpty, lost, resource, stepwise, type Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {command, foreign, operands} from '../neutron/shared.ts';
import {flavor} from '../nova/flavor.ts';
import {clusterTemplate} from './cluster-template.ts';
import {nodeGroup} from './node-group.ts';
import {keyOf} from './shared.ts';

/** Answered by Magnum; proof: magnum `api/controllers/v1/cluster.py`, `Cluster`. */
interface Row {
  readonly id: string;
  readonly uuid: string;
  readonly name: string | null;
  readonly cluster_template_id: string;
  readonly keypair?: string | null;
  /** Of all node groups that are no masters. */
  readonly node_count: number;
  readonly master_count: number;
  readonly create_timeout?: number | null;
  /** The rest is the template's unless said otherwise. */
  readonly docker_volume_size?: number | null;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly master_flavor_id?: string | null;
  readonly flavor_id?: string | null;
  readonly fixed_network?: string | null;
  readonly fixed_subnet?: string | null;
  readonly floating_ip_enabled?: boolean | null;
  readonly master_lb_enabled?: boolean | null;
  readonly merge_labels?: boolean;
  readonly labels_overridden?: unknown;
  readonly labels_added?: unknown;
  readonly labels_skipped?: unknown;
  readonly discovery_url?: string | null;
  readonly stack_id?: string | null;
  readonly cluster_id?: string | null;
  readonly status?: string | null;
  readonly status_reason?: string | null;
  readonly health_status?: string | null;
  readonly health_status_reason?: unknown;
  readonly api_address?: string | null;
  readonly coe_version?: string | null;
  readonly container_version?: string | null;
  readonly node_addresses?: readonly string[];
  readonly master_addresses?: readonly string[];
  readonly faults?: unknown;
  readonly project_id?: string;
  readonly user_id?: string;
  readonly links?: unknown;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/magnum/cluster.py`, `properties_schema`. */
interface Properties {
  readonly name?: string;
  readonly cluster_template: Ref<'cluster_template'>;
  readonly keypair?: Ref<'keypair'> | Ref<'foreign_keypair'>;
  readonly node_count?: number;
  readonly master_count?: number;
  readonly create_timeout?: number;
}

type Inherited =
  | 'docker_volume_size'
  | 'labels'
  | 'master_flavor_id'
  | 'flavor_id'
  | 'fixed_network'
  | 'fixed_subnet'
  | 'floating_ip_enabled'
  | 'master_lb_enabled';

/** Heat takes it from the template; what the cluster has beside that is lost. */
function inherited(field: Inherited) {
  return stepwise<Row>((row, scope) => {
    const value = row[field];
    if (value === undefined || value === null) return undefined;
    const template = scope.row(clusterTemplate, row.cluster_template_id);
    const same =
      isDeepStrictEqual(value, template?.[field]) || (isEmpty(value) && isEmpty(template?.[field]));
    if (!same) {
      scope.lose(
        field,
        template === undefined
          ? 'the template is hidden from this role, so nobody knows whether it is the same there'
          : 'Heat takes it from the cluster template only, where it differs: openstack coe cluster create',
      );
    }
    return undefined;
  });
}

/** The numbers of the groups that come with the cluster; the others are made by steps. */
function countOf(row: {readonly id: string; readonly count: number}, master: boolean, scope: Scope): number {
  const groups = scope.by(nodeGroup, 'cluster_id', row.id);
  const own = groups.filter(({is_default, role}) => is_default && (role === 'master') === master);
  if (own.length === 0) return row.count;
  return own.reduce((sum, {node_count}) => sum + node_count, 0);
}

function addGroups(id: string, scope: Scope): void {
  for (const group of scope.by(nodeGroup, 'cluster_id', id)) {
    if (group.is_default) continue;
    scope.step({
      when: 'after',
      fields: ['node_groups'],
      title: 'add a node group to a cluster',
      command: command(
        'coe nodegroup create',
        ['--node-count', String(group.node_count), '--role', group.role],
        group.flavor_id ? ['--flavor', new Ref(flavor.kind, group.flavor_id)] : [],
        operands(new Ref('cluster', id), group.name),
      ),
    });
    scope.lose(
      `node_groups.${group.name}`,
      'their list does not tell labels, volume size and limits: openstack coe nodegroup show, and update',
    );
  }
}

const r = from<Row>();

export const cluster = define<Row, Properties>()({
  kind: 'cluster',
  section: 'Clusters',
  heat: 'OS::Magnum::Cluster',
  modelled: true,
  list: {
    service: 'container-infrastructure-management',
    path: 'clusters/detail',
    key: 'clusters',
    idField: 'uuid',
  },
  where: (row, scope) => {
    if (row.project_id !== undefined && row.project_id !== scope.project.id) return foreign;
    const status = row.status ?? '';
    if (status === 'CREATE_FAILED') return lost('CREATE_FAILED: it never came up');
    if (status.startsWith('DELETE_')) return lost(`${status}: it is on its way out`);
    return resource;
  },
  // Its nodes, networks and load balancers. Proof: magnum 2025.1 `drivers/heat/driver.py`, `_create_stack`.
  makesStacks: (row, scope) => [
    row.stack_id,
    row.cluster_id,
    ...scope.by(nodeGroup, 'cluster_id', row.id).map(group => group.stack_id),
  ],
  properties: {
    name: r.some('name'),
    cluster_template: r.ref(clusterTemplate, 'cluster_template_id'),
    keypair: r.make(['keypair', 'user_id'], (row, scope) =>
      keyOf('keypair', row.keypair, row.user_id, scope),
    ),
    node_count: r.make(['node_count'], ({id, node_count}, scope) => {
      addGroups(id, scope);
      const count = countOf({id, count: node_count}, false, scope);
      return count === 1 ? undefined : count;
    }),
    master_count: r.make(['master_count'], ({id, master_count}, scope) => {
      const count = countOf({id, count: master_count}, true, scope);
      return count === 1 ? undefined : count;
    }),
    create_timeout: r.unless('create_timeout', 60),
  },
  compares: {user_id: () => undefined},
  ignores: {
    uuid: 'read-only',
    docker_volume_size: inherited('docker_volume_size'),
    labels: inherited('labels'),
    master_flavor_id: inherited('master_flavor_id'),
    flavor_id: inherited('flavor_id'),
    fixed_network: inherited('fixed_network'),
    fixed_subnet: inherited('fixed_subnet'),
    floating_ip_enabled: inherited('floating_ip_enabled'),
    master_lb_enabled: inherited('master_lb_enabled'),
    // How `labels` came about.
    merge_labels: 'read-only',
    labels_overridden: 'read-only',
    labels_added: 'read-only',
    labels_skipped: 'read-only',
    // One cluster's own: a clone with it would join the source's nodes. Magnum gets a new one.
    discovery_url: 'read-only',
    stack_id: 'read-only',
    cluster_id: 'read-only',
    status: 'read-only',
    status_reason: 'read-only',
    health_status: 'read-only',
    health_status_reason: 'read-only',
    api_address: 'read-only',
    coe_version: 'read-only',
    container_version: 'read-only',
    node_addresses: 'read-only',
    master_addresses: 'read-only',
    faults: 'read-only',
    project_id: 'read-only',
    links: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'cl1',
      uuid: 'cl1',
      name: 'prod',
      cluster_template_id: 'ct1',
      keypair: 'laptop',
      node_count: 3,
      master_count: 5,
      create_timeout: 120,
      docker_volume_size: 5,
      labels: {kube_tag: 'v1.28.9'},
      master_flavor_id: 'm1.medium',
      flavor_id: 'm1.small',
      fixed_network: 'nodes',
      fixed_subnet: 'nodes',
      floating_ip_enabled: true,
      master_lb_enabled: true,
      merge_labels: false,
      labels_overridden: {},
      labels_added: {},
      labels_skipped: {},
      discovery_url: 'https://discovery.etcd.io/a42ee38e7113f31f4d6324f24367aae5',
      stack_id: 'st1',
      status: 'CREATE_COMPLETE',
      status_reason: null,
      health_status: 'HEALTHY',
      health_status_reason: {api: 'ok'},
      api_address: 'https://203.0.113.7:6443',
      coe_version: 'v1.28.9',
      container_version: '20.10',
      node_addresses: ['10.0.0.11', '10.0.0.12', '10.0.0.13'],
      master_addresses: ['10.0.0.5'],
      faults: {},
      project_id: 'p1',
      user_id: 'u1',
      created_at: '2026-01-01T00:00:00+00:00',
      updated_at: '2026-01-01T00:20:00+00:00',
    },
    with: {
      cluster_template: [
        {
          id: 'ct1',
          name: 'k8s',
          coe: 'kubernetes',
          image_id: 'fedora-coreos',
          external_network_id: 'public',
          docker_volume_size: 5,
          labels: {kube_tag: 'v1.28.9'},
          master_flavor_id: 'm1.medium',
          flavor_id: 'm1.small',
          fixed_network: 'nodes',
          fixed_subnet: 'nodes',
          floating_ip_enabled: true,
          master_lb_enabled: true,
          project_id: 'p1',
          user_id: 'u1',
        },
      ],
      keypair: [{id: 'laptop', name: 'laptop', public_key: 'ssh-ed25519 AAAA'}],
    },
    emits: {
      name: 'prod',
      cluster_template: {get_resource: 'cluster_template:ct1'},
      keypair: {get_param: 'keypair:laptop'},
      node_count: 3,
      master_count: 5,
      create_timeout: 120,
    },
  },
});
