import {define, from, lossy, resource, stepwise, type Scope} from '../../model/define.ts';
import type {Step} from '../../model/graph.ts';
import {Ref} from '../../model/value.ts';
import {image} from '../glance/image.ts';
import {network} from '../neutron/network.ts';
import {command, foreign, textsIn} from '../neutron/shared.ts';
import {subnet} from '../neutron/subnet.ts';
import {flavor} from '../nova/flavor.ts';
import {cluster} from './handles.ts';
import {keyOf, named} from './shared.ts';

/** Answered by Magnum; proof: magnum `api/controllers/v1/cluster_template.py`, `ClusterTemplate`. */
interface Row {
  readonly id: string;
  readonly uuid: string;
  readonly name: string | null;
  readonly coe: string;
  readonly image_id: string;
  readonly flavor_id?: string | null;
  readonly master_flavor_id?: string | null;
  readonly keypair_id?: string | null;
  readonly external_network_id: string | null;
  readonly fixed_network?: string | null;
  readonly fixed_subnet?: string | null;
  /** One address, or several with commas between them. */
  readonly dns_nameserver?: string | null;
  readonly docker_volume_size?: number | null;
  readonly docker_storage_driver?: string | null;
  readonly network_driver?: string | null;
  readonly volume_driver?: string | null;
  readonly http_proxy?: string | null;
  readonly https_proxy?: string | null;
  readonly no_proxy?: string | null;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly tls_disabled?: boolean;
  readonly registry_enabled?: boolean;
  readonly server_type?: string | null;
  readonly master_lb_enabled?: boolean;
  readonly floating_ip_enabled?: boolean;
  readonly public?: boolean;
  readonly hidden?: boolean;
  readonly apiserver_port?: number | null;
  readonly insecure_registry?: string | null;
  readonly tags?: string | null;
  readonly cluster_distro?: string | null;
  readonly driver?: string | null;
  readonly project_id?: string;
  readonly user_id?: string;
  readonly links?: unknown;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/magnum/cluster_template.py`, `properties_schema`. */
interface Properties {
  readonly name?: string;
  readonly coe: string;
  readonly image: Ref<'image'>;
  readonly flavor?: Ref<'flavor'>;
  readonly master_flavor?: Ref<'flavor'>;
  readonly keypair?: Ref<'keypair'> | Ref<'foreign_keypair'>;
  readonly external_network?: Ref<'network'>;
  readonly fixed_network?: Ref<'network'>;
  readonly fixed_subnet?: Ref<'subnet'>;
  readonly dns_nameserver?: string;
  readonly docker_volume_size?: number;
  readonly docker_storage_driver?: string;
  readonly network_driver?: string;
  readonly volume_driver?: string;
  readonly http_proxy?: string;
  readonly https_proxy?: string;
  readonly no_proxy?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly tls_disabled?: boolean;
  readonly registry_enabled?: boolean;
  readonly server_type?: string;
  readonly master_lb_enabled?: boolean;
  readonly floating_ip_enabled?: boolean;
}

/** Of the storage drivers Heat knows two, and sends the first where none is named. */
const HEATS_DRIVERS: ReadonlySet<unknown> = new Set(['devicemapper', 'overlay']);

type Changed = 'dns_nameserver' | 'docker_storage_driver' | 'apiserver_port' | 'insecure_registry' | 'tags';

/**
 * Changes a field of the new template afterwards. Magnum refuses once a cluster was made from it; proof: magnum
 * `db/sqlalchemy/api.py`, `_do_update_cluster_template`.
 */
function change(id: string, field: Changed, value: string | number | null, scope: Scope): Step | undefined {
  if (scope.by(cluster, 'cluster_template_id', id).length > 0) {
    scope.lose(field, 'Heat can not set it, and no template can be changed once it has a cluster');
    return undefined;
  }
  return {
    when: 'after',
    fields: [field],
    title: `change ${field} of a cluster template`,
    command: command(
      'coe cluster template update',
      new Ref('cluster_template', id),
      value === null ? ['remove', field] : ['replace', `${field}=${value}`],
    ),
  };
}

function changed(field: Changed) {
  return stepwise<Row>((row, scope) => {
    const value = row[field];
    return value === null || value === undefined || value === ''
      ? undefined
      : change(row.id, field, value, scope);
  });
}

function also(step: Step | undefined, scope: Scope): void {
  if (step !== undefined) scope.step(step);
}

const r = from<Row>();

export const clusterTemplate = define<Row, Properties>()({
  kind: 'cluster_template',
  section: 'Clusters',
  heat: 'OS::Magnum::ClusterTemplate',
  modelled: true,
  list: {
    service: 'container-infrastructure-management',
    path: 'clustertemplates/detail',
    key: 'clustertemplates',
    idField: 'uuid',
    // Public ones of other projects, where our clusters were made from them.
    referred: {
      style: 'whole',
      parameter: 'uuid',
      *ids(rows) {
        for (const row of rows['cluster'] ?? []) yield* textsIn(row['cluster_template_id']);
      },
    },
  },
  outside: {constraint: 'magnum.cluster_template', prefix: 'cluster_template'},
  where: (row, scope) => {
    // Releases before Queens don't say whose it is; what they show is public or ours.
    const ours = row.project_id === undefined ? row.public !== true : row.project_id === scope.project.id;
    return ours ? resource : foreign;
  },
  properties: {
    name: r.some('name'),
    coe: r.copy('coe'),
    image: r.make(['image_id'], ({image_id}, scope) => named(image, image_id, scope) as Ref<'image'>),
    flavor: r.ref(flavor, 'flavor_id'),
    master_flavor: r.ref(flavor, 'master_flavor_id'),
    keypair: r.make(['keypair_id', 'user_id'], (row, scope) =>
      keyOf('keypair_id', row.keypair_id, row.user_id, scope),
    ),
    external_network: r.derive('external_network_id', (id, scope) => named(network, id, scope)),
    fixed_network: r.derive('fixed_network', (id, scope) => named(network, id, scope)),
    fixed_subnet: r.derive('fixed_subnet', (id, scope) => named(subnet, id, scope)),
    dns_nameserver: r.make(['dns_nameserver'], ({id, dns_nameserver: servers}, scope) => {
      if (!servers) return undefined;
      const [first, ...more] = servers.split(',').map(server => server.trim());
      if (more.length > 0) also(change(id, 'dns_nameserver', servers, scope), scope);
      return first;
    }),
    docker_volume_size: r.some('docker_volume_size'),
    docker_storage_driver: r.make(['docker_storage_driver'], (row, scope) => {
      const {id, docker_storage_driver: driver = null} = row;
      if (!HEATS_DRIVERS.has(driver)) also(change(id, 'docker_storage_driver', driver, scope), scope);
      return driver === 'overlay' ? driver : undefined;
    }),
    network_driver: r.some('network_driver'),
    volume_driver: r.some('volume_driver'),
    http_proxy: r.some('http_proxy'),
    https_proxy: r.some('https_proxy'),
    no_proxy: r.some('no_proxy'),
    labels: r.some('labels'),
    tls_disabled: r.unless('tls_disabled', false),
    registry_enabled: r.unless('registry_enabled', false),
    server_type: r.unless('server_type', 'vm'),
    // Heat's defaults, whatever Magnum's are.
    master_lb_enabled: r.unless('master_lb_enabled', true),
    floating_ip_enabled: r.unless('floating_ip_enabled', true),
  },
  // Named by name or by id; in the clone it is the id.
  compares: {
    image_id: (row, scope) => named(image, row.image_id, scope),
    external_network_id: (row, scope) => named(network, row.external_network_id, scope),
    fixed_network: (row, scope) => named(network, row.fixed_network, scope),
    fixed_subnet: (row, scope) => named(subnet, row.fixed_subnet, scope),
    user_id: () => undefined,
  },
  ignores: {
    uuid: 'read-only',
    public: lossy('only an admin may publish it: openstack coe cluster template update replace public=True'),
    hidden: lossy('only an admin may hide it: openstack coe cluster template update replace hidden=True'),
    apiserver_port: changed('apiserver_port'),
    insecure_registry: changed('insecure_registry'),
    tags: changed('tags'),
    // Both follow from the image; proof: `ClusterTemplatesController.post`.
    cluster_distro: 'read-only',
    driver: 'read-only',
    project_id: 'read-only',
    links: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'ct1',
      uuid: 'ct1',
      name: 'k8s',
      coe: 'kubernetes',
      image_id: 'fedora-coreos',
      flavor_id: 'm1.small',
      master_flavor_id: 'm1.medium',
      keypair_id: 'laptop',
      external_network_id: 'public',
      fixed_network: 'n1',
      fixed_subnet: 's1',
      dns_nameserver: '8.8.8.8',
      docker_volume_size: 5,
      docker_storage_driver: 'overlay',
      network_driver: 'calico',
      volume_driver: 'cinder',
      http_proxy: 'http://proxy.example:3128',
      https_proxy: 'https://proxy.example:3128',
      no_proxy: '10.0.0.0/8',
      labels: {kube_tag: 'v1.28.9'},
      tls_disabled: true,
      registry_enabled: true,
      server_type: 'bm',
      master_lb_enabled: false,
      floating_ip_enabled: false,
      public: false,
      hidden: false,
      apiserver_port: 6443,
      insecure_registry: 'registry.example:5000',
      tags: 'lab',
      cluster_distro: 'fedora-coreos',
      driver: 'k8s_fedora_coreos_v1',
      project_id: 'p1',
      user_id: 'u1',
      created_at: '2026-01-01T00:00:00+00:00',
      updated_at: null,
    },
    with: {
      image: [{id: 'i1', name: 'fedora-coreos'}],
      keypair: [{id: 'laptop', name: 'laptop', public_key: 'ssh-ed25519 AAAA'}],
      network: [
        {id: 'n1', project_id: 'p1', name: 'nodes', admin_state_up: true},
        {id: 'n9', project_id: 'p0', name: 'public', 'router:external': true},
      ],
      subnet: [
        {
          id: 's1',
          project_id: 'p1',
          name: 'nodes',
          network_id: 'n1',
          ip_version: 4,
          cidr: '10.0.0.0/24',
          gateway_ip: '10.0.0.1',
          subnetpool_id: null,
          enable_dhcp: true,
        },
      ],
    },
    emits: {
      name: 'k8s',
      coe: 'kubernetes',
      image: {get_param: 'image:i1'},
      flavor: {get_param: 'flavor:m1.small'},
      master_flavor: {get_param: 'flavor:m1.medium'},
      keypair: {get_param: 'keypair:laptop'},
      external_network: {get_param: 'network:n9'},
      fixed_network: {get_resource: 'network:n1'},
      fixed_subnet: {get_resource: 'subnet:s1'},
      dns_nameserver: '8.8.8.8',
      docker_volume_size: 5,
      docker_storage_driver: 'overlay',
      network_driver: 'calico',
      volume_driver: 'cinder',
      http_proxy: 'http://proxy.example:3128',
      https_proxy: 'https://proxy.example:3128',
      no_proxy: '10.0.0.0/8',
      labels: {kube_tag: 'v1.28.9'},
      tls_disabled: true,
      registry_enabled: true,
      server_type: 'bm',
      master_lb_enabled: false,
      floating_ip_enabled: false,
    },
  },
});
