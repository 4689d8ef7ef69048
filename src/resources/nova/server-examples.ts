/** One server from an image with everything, one from a volume with next to nothing. */
import type {Example} from '../../model/define.ts';
import type {ServerRow as Row} from './server-row.ts';

const port = {project_id: 'p1', device_id: 's1', device_owner: 'compute:nova', fixed_ips: []};
/** A volume on the server. */
function disk(id: string, name: string, device: string, bootable = 'false'): object {
  const attachments = [{attachment_id: `a-${id}`, server_id: 's1', device}];
  return {id, name, status: 'in-use', size: 1, bootable, metadata: {}, attachments};
}

export const example: Example<Row> = {
  row: {
    id: 's1',
    name: 'web',
    status: 'ACTIVE',
    flavor: {
      original_name: 'm1.small',
      vcpus: 1,
      ram: 2048,
      disk: 20,
      ephemeral: 0,
      swap: 0,
      extra_specs: {},
    },
    image: {id: 'i1'},
    addresses: [
      ['front', [{addr: '10.1.0.5', version: 4, 'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:02'}]],
      ['back', [{addr: '10.2.0.5', version: 4, 'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01'}]],
    ],
    key_name: 'laptop',
    user_id: 'u1',
    tenant_id: 'p1',
    metadata: {role: 'web'},
    tags: ['blue', 'green'],
    config_drive: 'True',
    description: 'front end',
    locked: true,
    locked_reason: null,
    accessIPv4: '',
    accessIPv6: '',
    trusted_image_certificates: null,
    'OS-DCF:diskConfig': 'AUTO',
    'OS-EXT-AZ:availability_zone': 'east',
    'os-extended-volumes:volumes_attached': [
      {id: 'v1', delete_on_termination: false},
      {id: 'v2', delete_on_termination: true},
    ],
    'OS-EXT-SRV-ATTR:hostname': 'web',
    'OS-EXT-SRV-ATTR:user_data': 'IyEvYmluL3NoCmVjaG8gaGkK',
    'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
    created: '2026-01-01T00:00:00Z',
  },
  with: {
    keypair: [{id: 'laptop', name: 'laptop', public_key: 'ssh-ed25519 AAAA', fingerprint: '00:11'}],
    server_group: [{id: 'g1', name: 'apart', policy: 'anti-affinity', members: ['s1'], project_id: 'p1'}],
    image: [{id: 'i1', name: 'debian'}],
    port: [
      {...port, id: 'n1', mac_address: 'fa:16:3e:00:00:01', network_id: 'back'},
      {...port, id: 'n2', mac_address: 'fa:16:3e:00:00:02', network_id: 'front'},
    ],
    volume: [disk('v1', 'logs', '/dev/vdc'), disk('v2', 'data', '/dev/vdb')],
  },
  emits: {
    name: 'web',
    flavor: {get_param: 'flavor:m1.small'},
    image: {get_param: 'image:i1'},
    networks: [{port: {get_resource: 'port:n2'}}, {port: {get_resource: 'port:n1'}}],
    block_device_mapping_v2: [
      {volume_id: {get_resource: 'volume:v2'}, boot_index: -1, delete_on_termination: true},
      {volume_id: {get_resource: 'volume:v1'}, boot_index: -1},
    ],
    key_name: {get_resource: 'keypair:laptop'},
    user_data: {get_file: '#!/bin/sh\necho hi\n'},
    user_data_format: 'RAW',
    metadata: {role: 'web'},
    scheduler_hints: {group: {get_resource: 'server_group:g1'}},
    availability_zone: {get_param: 'availability_zone:east'},
    config_drive: true,
    tags: ['blue', 'green'],
    diskConfig: 'AUTO',
  },
};

export const moreExamples: readonly Example<Row>[] = [
  {
    row: {
      id: 's1',
      name: 'db',
      status: 'SHUTOFF',
      flavor: {original_name: 'm1.nodisk'},
      image: '',
      addresses: [],
      key_name: null,
      user_id: 'u1',
      tenant_id: 'p1',
      metadata: {},
      config_drive: '',
      'OS-DCF:diskConfig': 'MANUAL',
      'OS-EXT-AZ:availability_zone': 'nova',
      pinned_availability_zone: 'west',
      scheduler_hints: {query: ['[">=", "$free_ram_mb", 1024]']},
      'os-extended-volumes:volumes_attached': [{id: 'v1', delete_on_termination: false}],
    },
    with: {
      volume: [disk('v1', 'root', '/dev/vda', 'true')],
    },
    emits: {
      name: 'db',
      flavor: {get_param: 'flavor:m1.nodisk'},
      networks: [{allocate_network: 'none'}],
      block_device_mapping_v2: [{volume_id: {get_resource: 'volume:v1'}, boot_index: 0}],
      user_data_format: 'RAW',
      scheduler_hints: {query: '[">=", "$free_ram_mb", 1024]'},
      availability_zone: {get_param: 'availability_zone:west'},
    },
  },
];
