/** What the stack will take of each quota. Pure. */
import {type Fields, fields, number, objects, text, word} from '../../model/json.ts';
import type {Thing} from './target.ts';
import {type CheckedResource, valueOf} from './template.ts';

/** Services that count. */
export type Counting =
  'compute' | 'network' | 'block-storage' | 'load-balancer' | 'dns' | 'key-manager' | 'shared-file-system';

/** Quota name -> amount, by service. */
export type Need = ReadonlyMap<Counting, ReadonlyMap<string, number>>;

/** Resources that are one unit of one quota. */
const single: Readonly<Record<string, readonly [Counting, string]>> = {
  'OS::Nova::ServerGroup': ['compute', 'server_groups'],
  'OS::Nova::KeyPair': ['compute', 'key_pairs'],
  'OS::Neutron::Net': ['network', 'network'],
  'OS::Neutron::ProviderNet': ['network', 'network'],
  'OS::Neutron::Subnet': ['network', 'subnet'],
  'OS::Neutron::SubnetPool': ['network', 'subnetpool'],
  'OS::Neutron::Port': ['network', 'port'],
  'OS::Neutron::Router': ['network', 'router'],
  'OS::Neutron::FloatingIP': ['network', 'floatingip'],
  'OS::Neutron::SecurityGroupRule': ['network', 'security_group_rule'],
  'OS::Neutron::Trunk': ['network', 'trunk'],
  'OS::Neutron::RBACPolicy': ['network', 'rbac_policy'],
  'OS::Neutron::VPNService': ['network', 'vpnservice'],
  'OS::Neutron::IKEPolicy': ['network', 'ikepolicy'],
  'OS::Neutron::IPsecPolicy': ['network', 'ipsecpolicy'],
  'OS::Neutron::IPsecSiteConnection': ['network', 'ipsec_site_connection'],
  'OS::Octavia::LoadBalancer': ['load-balancer', 'load_balancer'],
  'OS::Octavia::Listener': ['load-balancer', 'listener'],
  'OS::Octavia::Pool': ['load-balancer', 'pool'],
  'OS::Octavia::PoolMember': ['load-balancer', 'member'],
  'OS::Octavia::HealthMonitor': ['load-balancer', 'health_monitor'],
  'OS::Octavia::L7Policy': ['load-balancer', 'l7policy'],
  'OS::Octavia::L7Rule': ['load-balancer', 'l7rule'],
  'OS::Designate::Zone': ['dns', 'zones'],
  'OS::Barbican::Secret': ['key-manager', 'secrets'],
  'OS::Barbican::GenericContainer': ['key-manager', 'containers'],
  'OS::Barbican::CertificateContainer': ['key-manager', 'containers'],
  'OS::Barbican::RSAContainer': ['key-manager', 'containers'],
  'OS::Manila::Share': ['shared-file-system', 'shares'],
  'OS::Manila::ShareNetwork': ['shared-file-system', 'share_networks'],
};

export function needOf(
  resources: readonly CheckedResource[],
  parameters: Fields,
  flavorRows: readonly Thing[],
): Need {
  const need = new Map<Counting, Map<string, number>>();
  const add = (service: Counting, name: string, amount = 1): void => {
    const of = need.get(service) ?? new Map<string, number>();
    need.set(service, of);
    if (amount > 0) of.set(name, (of.get(name) ?? 0) + amount);
  };
  const addVolume = (size: unknown, type: unknown): void => {
    const gigabytes = number(valueOf(size, parameters)) ?? 0;
    const typeName = text(valueOf(type, parameters));
    add('block-storage', 'volumes');
    add('block-storage', 'gigabytes', gigabytes);
    if (typeName === '') return;
    add('block-storage', `volumes_${typeName}`);
    add('block-storage', `gigabytes_${typeName}`, gigabytes);
  };
  for (const {type, properties} of resources) {
    const one = single[type];
    if (one !== undefined) add(...one);
    switch (type) {
      case 'OS::Nova::Server': {
        add('compute', 'instances');
        const wanted = word(valueOf(properties['flavor'], parameters));
        const row = flavorRows.find(({id, name}) => id === wanted || name === wanted)?.row;
        add('compute', 'cores', number(row?.['vcpus']) ?? 0);
        add('compute', 'ram', number(row?.['ram']) ?? 0);
        // Nova makes a port for each NIC that names none, and a volume for each disk it is to build.
        add('network', 'port', objects(properties['networks']).filter(nic => makesPort(nic)).length);
        for (const disk of objects(properties['block_device_mapping_v2'])) {
          if (disk['volume_size'] !== undefined && disk['volume_id'] === undefined)
            addVolume(disk['volume_size'], disk['volume_type']);
        }
        break;
      }
      case 'OS::Cinder::Volume':
        addVolume(properties['size'], properties['volume_type']);
        break;
      case 'OS::Neutron::RouterInterface':
        if (properties['port'] === undefined) add('network', 'port');
        break;
      case 'OS::Octavia::LoadBalancer':
        // Its address is a port of the project.
        add('network', 'port');
        break;
      case 'OS::Manila::Share':
        add('shared-file-system', 'share_gigabytes', number(valueOf(properties['size'], parameters)) ?? 0);
        break;
      case 'OS::Neutron::SecurityGroup': {
        const rules = objects(properties['rules']);
        add('network', 'security_group');
        // Neutron's two egress rules stay where the template says none of its own.
        const own = rules.some(rule => rule['direction'] === 'egress') ? 0 : 2;
        add('network', 'security_group_rule', rules.length + own);
        break;
      }
      default:
    }
  }
  return need;
}

function makesPort(nic: Fields): boolean {
  return nic['port'] === undefined && nic['allocate_network'] !== 'none';
}

/** One thing that must stay under a limit of its own, as the metadata of a server. */
export interface Part {
  readonly resource: string;
  readonly amount: number;
  /** Quota name. */
  readonly limit: string;
}

export function partsOf(resources: readonly CheckedResource[], parameters: Fields): readonly Part[] {
  const groups = new Map<string, number>();
  const zones = new Map<string, number>();
  const parts: Part[] = [];
  for (const {name: resource, type, properties} of resources) {
    if (type === 'OS::Nova::Server') {
      count(groups, fields(properties['scheduler_hints'])['group']);
      const amount = Object.keys(fields(valueOf(properties['metadata'], parameters))).length;
      parts.push({resource, amount, limit: 'metadata_items'});
    }
    if (type === 'OS::Cinder::Volume') {
      const amount = number(valueOf(properties['size'], parameters)) ?? 0;
      parts.push({resource, amount, limit: 'per_volume_gigabytes'});
    }
    if (type === 'OS::Designate::RecordSet') {
      count(zones, properties['zone']);
      const {records} = properties;
      parts.push({resource, amount: Array.isArray(records) ? records.length : 0, limit: 'recordset_records'});
    }
  }
  return [
    ...parts,
    ...[...groups].map(([resource, amount]) => ({resource, amount, limit: 'server_group_members'})),
    ...[...zones].map(([resource, amount]) => ({resource, amount, limit: 'zone_recordsets'})),
  ].filter(({amount}) => amount > 0);
}

/** One more for the resource that the value refers to. */
function count(map: Map<string, number>, value: unknown): void {
  const name = text(fields(value)['get_resource']);
  if (name !== '') map.set(name, (map.get(name) ?? 0) + 1);
}
