/** Heat 19 (Zed)'s own schemas of the types we emit. Recorded from its `GET /resource_types/{type}`, cut to what is checked; don't edit. */
import type {TypeSchema} from '../model/heat-schema.ts';

export const heatSchemas: Readonly<Record<string, TypeSchema>> = {
  'OS::Cinder::Volume': {
    availability_zone: {
      type: 'string',
    },
    backup_id: {
      type: 'string',
      update: true,
    },
    description: {
      type: 'string',
      update: true,
    },
    image: {
      type: 'string',
    },
    metadata: {
      type: 'map',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    read_only: {
      type: 'boolean',
      update: true,
    },
    scheduler_hints: {
      type: 'map',
    },
    size: {
      type: 'integer',
      update: true,
      range: {
        min: 1,
      },
    },
    snapshot_id: {
      type: 'string',
    },
    source_volid: {
      type: 'string',
    },
    volume_type: {
      type: 'string',
      update: true,
    },
  },
  'OS::Cinder::VolumeAttachment': {
    instance_uuid: {
      type: 'string',
      required: true,
      update: true,
    },
    mountpoint: {
      type: 'string',
      update: true,
    },
    volume_id: {
      type: 'string',
      required: true,
      update: true,
    },
  },
  'OS::Neutron::AddressScope': {
    ip_version: {
      type: 'integer',
      allowed: [4, 6],
    },
    name: {
      type: 'string',
      update: true,
    },
    shared: {
      type: 'boolean',
      update: true,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::ExtraRoute': {
    destination: {
      type: 'string',
      required: true,
    },
    nexthop: {
      type: 'string',
      required: true,
    },
    router_id: {
      type: 'string',
      required: true,
    },
  },
  'OS::Neutron::FloatingIP': {
    dns_domain: {
      type: 'string',
      update: true,
    },
    dns_name: {
      type: 'string',
      update: true,
    },
    fixed_ip_address: {
      type: 'string',
      update: true,
    },
    floating_ip_address: {
      type: 'string',
    },
    floating_network: {
      type: 'string',
      required: true,
    },
    floating_subnet: {
      type: 'string',
    },
    port_id: {
      type: 'string',
      update: true,
    },
    value_specs: {
      type: 'map',
    },
  },
  'OS::Neutron::FloatingIPAssociation': {
    fixed_ip_address: {
      type: 'string',
      update: true,
    },
    floatingip_id: {
      type: 'string',
      required: true,
      update: true,
    },
    port_id: {
      type: 'string',
      required: true,
      update: true,
    },
  },
  'OS::Neutron::Net': {
    admin_state_up: {
      type: 'boolean',
      update: true,
    },
    availability_zone_hints: {
      type: 'list',
    },
    dhcp_agent_ids: {
      type: 'list',
      update: true,
    },
    dns_domain: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    port_security_enabled: {
      type: 'boolean',
      update: true,
    },
    qos_policy: {
      type: 'string',
      update: true,
    },
    shared: {
      type: 'boolean',
      update: true,
    },
    tags: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    tenant_id: {
      type: 'string',
    },
    value_specs: {
      type: 'map',
      update: true,
    },
  },
  'OS::Neutron::Port': {
    admin_state_up: {
      type: 'boolean',
      update: true,
    },
    allowed_address_pairs: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          ip_address: {
            type: 'string',
            required: true,
          },
          mac_address: {
            type: 'string',
          },
        },
      },
    },
    'binding:vnic_type': {
      type: 'string',
      update: true,
      allowed: [
        'normal',
        'direct',
        'macvtap',
        'direct-physical',
        'baremetal',
        'virtio-forwarder',
        'smart-nic',
      ],
    },
    device_id: {
      type: 'string',
      update: true,
    },
    device_owner: {
      type: 'string',
      update: true,
    },
    dns_name: {
      type: 'string',
      update: true,
    },
    fixed_ips: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          ip_address: {
            type: 'string',
          },
          subnet: {
            type: 'string',
          },
          subnet_id: {
            type: 'string',
          },
        },
      },
    },
    mac_address: {
      type: 'string',
    },
    name: {
      type: 'string',
      update: true,
    },
    network: {
      type: 'string',
      required: true,
    },
    no_fixed_ips: {
      type: 'boolean',
      update: true,
    },
    port_security_enabled: {
      type: 'boolean',
      update: true,
    },
    propagate_uplink_status: {
      type: 'boolean',
      update: true,
    },
    qos_policy: {
      type: 'string',
      update: true,
    },
    security_groups: {
      type: 'list',
      update: true,
    },
    tags: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    value_specs: {
      type: 'map',
      update: true,
    },
  },
  'OS::Neutron::Router': {
    admin_state_up: {
      type: 'boolean',
      update: true,
    },
    availability_zone_hints: {
      type: 'list',
      update: true,
    },
    distributed: {
      type: 'boolean',
    },
    external_gateway_info: {
      type: 'map',
      update: true,
      keys: {
        enable_snat: {
          type: 'boolean',
          update: true,
        },
        external_fixed_ips: {
          type: 'list',
          update: true,
          items: {
            type: 'map',
            keys: {
              ip_address: {
                type: 'string',
              },
              subnet: {
                type: 'string',
              },
            },
          },
        },
        network: {
          type: 'string',
          required: true,
          update: true,
        },
      },
    },
    ha: {
      type: 'boolean',
    },
    l3_agent_ids: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    name: {
      type: 'string',
      update: true,
    },
    tags: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    value_specs: {
      type: 'map',
      update: true,
    },
  },
  'OS::Neutron::RouterInterface': {
    port: {
      type: 'string',
    },
    router: {
      type: 'string',
      required: true,
    },
    subnet: {
      type: 'string',
    },
  },
  'OS::Neutron::SecurityGroup': {
    description: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    rules: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          direction: {
            type: 'string',
            allowed: ['ingress', 'egress'],
          },
          ethertype: {
            type: 'string',
            allowed: ['IPv4', 'IPv6'],
          },
          port_range_max: {
            type: 'integer',
            range: {
              min: 0,
              max: 65535,
            },
          },
          port_range_min: {
            type: 'integer',
            range: {
              min: 0,
              max: 65535,
            },
          },
          protocol: {
            type: 'string',
          },
          remote_group_id: {
            type: 'string',
          },
          remote_ip_prefix: {
            type: 'string',
          },
          remote_mode: {
            type: 'string',
            allowed: ['remote_ip_prefix', 'remote_group_id'],
          },
        },
      },
    },
  },
  'OS::Neutron::SecurityGroupRule': {
    description: {
      type: 'string',
    },
    direction: {
      type: 'string',
      allowed: ['ingress', 'egress'],
    },
    ethertype: {
      type: 'string',
      allowed: ['IPv4', 'IPv6'],
    },
    port_range_max: {
      type: 'integer',
      range: {
        min: 0,
        max: 65535,
      },
    },
    port_range_min: {
      type: 'integer',
      range: {
        min: 0,
        max: 65535,
      },
    },
    protocol: {
      type: 'string',
      allowed: [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
        19,
        20,
        21,
        22,
        23,
        24,
        25,
        26,
        27,
        28,
        29,
        30,
        31,
        32,
        33,
        34,
        35,
        36,
        37,
        38,
        39,
        40,
        41,
        42,
        43,
        44,
        45,
        46,
        47,
        48,
        49,
        50,
        51,
        52,
        53,
        54,
        55,
        56,
        57,
        58,
        59,
        60,
        61,
        62,
        63,
        64,
        65,
        66,
        67,
        68,
        69,
        70,
        71,
        72,
        73,
        74,
        75,
        76,
        77,
        78,
        79,
        80,
        81,
        82,
        83,
        84,
        85,
        86,
        87,
        88,
        89,
        90,
        91,
        92,
        93,
        94,
        95,
        96,
        97,
        98,
        99,
        100,
        101,
        102,
        103,
        104,
        105,
        106,
        107,
        108,
        109,
        110,
        111,
        112,
        113,
        114,
        115,
        116,
        117,
        118,
        119,
        120,
        121,
        122,
        123,
        124,
        125,
        126,
        127,
        128,
        129,
        130,
        131,
        132,
        133,
        134,
        135,
        136,
        137,
        138,
        139,
        140,
        141,
        142,
        143,
        144,
        145,
        146,
        147,
        148,
        149,
        150,
        151,
        152,
        153,
        154,
        155,
        156,
        157,
        158,
        159,
        160,
        161,
        162,
        163,
        164,
        165,
        166,
        167,
        168,
        169,
        170,
        171,
        172,
        173,
        174,
        175,
        176,
        177,
        178,
        179,
        180,
        181,
        182,
        183,
        184,
        185,
        186,
        187,
        188,
        189,
        190,
        191,
        192,
        193,
        194,
        195,
        196,
        197,
        198,
        199,
        200,
        201,
        202,
        203,
        204,
        205,
        206,
        207,
        208,
        209,
        210,
        211,
        212,
        213,
        214,
        215,
        216,
        217,
        218,
        219,
        220,
        221,
        222,
        223,
        224,
        225,
        226,
        227,
        228,
        229,
        230,
        231,
        232,
        233,
        234,
        235,
        236,
        237,
        238,
        239,
        240,
        241,
        242,
        243,
        244,
        245,
        246,
        247,
        248,
        249,
        250,
        251,
        252,
        253,
        254,
        255,
        'ah',
        'dccp',
        'egp',
        'esp',
        'gre',
        'icmp',
        'icmpv6',
        'igmp',
        'ipv6-encap',
        'ipv6-frag',
        'ipv6-icmp',
        'ipv6-nonxt',
        'ipv6-opts',
        'ipv6-route',
        'ospf',
        'pgm',
        'rsvp',
        'sctp',
        'tcp',
        'udp',
        'udplite',
        'vrrp',
      ],
    },
    remote_group: {
      type: 'string',
    },
    remote_ip_prefix: {
      type: 'string',
    },
    security_group: {
      type: 'string',
      required: true,
    },
  },
  'OS::Neutron::Subnet': {
    allocation_pools: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          end: {
            type: 'string',
            required: true,
          },
          start: {
            type: 'string',
            required: true,
          },
        },
      },
    },
    cidr: {
      type: 'string',
    },
    dns_nameservers: {
      type: 'list',
      update: true,
    },
    enable_dhcp: {
      type: 'boolean',
      update: true,
    },
    gateway_ip: {
      type: 'string',
      update: true,
    },
    host_routes: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          destination: {
            type: 'string',
            required: true,
          },
          nexthop: {
            type: 'string',
            required: true,
          },
        },
      },
    },
    ip_version: {
      type: 'integer',
      allowed: [4, 6],
    },
    ipv6_address_mode: {
      type: 'string',
      allowed: ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac'],
    },
    ipv6_ra_mode: {
      type: 'string',
      allowed: ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac'],
    },
    name: {
      type: 'string',
      update: true,
    },
    network: {
      type: 'string',
      required: true,
    },
    prefixlen: {
      type: 'integer',
      range: {
        min: 0,
      },
    },
    segment: {
      type: 'string',
      update: true,
    },
    subnetpool: {
      type: 'string',
    },
    tags: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    tenant_id: {
      type: 'string',
    },
    value_specs: {
      type: 'map',
      update: true,
    },
  },
  'OS::Neutron::SubnetPool': {
    address_scope: {
      type: 'string',
      update: true,
    },
    default_prefixlen: {
      type: 'integer',
      update: true,
      range: {
        min: 0,
      },
    },
    default_quota: {
      type: 'integer',
      update: true,
      range: {
        min: 0,
      },
    },
    is_default: {
      type: 'boolean',
      update: true,
    },
    max_prefixlen: {
      type: 'integer',
      update: true,
      range: {
        min: 0,
      },
    },
    min_prefixlen: {
      type: 'integer',
      update: true,
      range: {
        min: 0,
      },
    },
    name: {
      type: 'string',
      update: true,
    },
    prefixes: {
      type: 'list',
      required: true,
      update: true,
      length: {
        min: 1,
      },
      items: {
        type: 'string',
      },
    },
    shared: {
      type: 'boolean',
    },
    tags: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::Trunk': {
    admin_state_up: {
      type: 'boolean',
      update: true,
    },
    description: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    port: {
      type: 'string',
      required: true,
    },
    sub_ports: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          port: {
            type: 'string',
            required: true,
          },
          segmentation_id: {
            type: 'integer',
            required: true,
            range: {
              min: 1,
              max: 4094,
            },
          },
          segmentation_type: {
            type: 'string',
            required: true,
            allowed: ['vlan'],
          },
        },
      },
    },
  },
  'OS::Nova::KeyPair': {
    name: {
      type: 'string',
      required: true,
      length: {
        min: 1,
        max: 255,
      },
    },
    public_key: {
      type: 'string',
    },
    save_private_key: {
      type: 'boolean',
    },
    type: {
      type: 'string',
      allowed: ['ssh', 'x509'],
    },
    user: {
      type: 'string',
    },
  },
  'OS::Nova::Server': {
    admin_pass: {
      type: 'string',
      update: true,
    },
    availability_zone: {
      type: 'string',
    },
    block_device_mapping: {
      type: 'list',
      items: {
        type: 'map',
        keys: {
          delete_on_termination: {
            type: 'boolean',
          },
          device_name: {
            type: 'string',
            required: true,
          },
          snapshot_id: {
            type: 'string',
          },
          volume_id: {
            type: 'string',
          },
          volume_size: {
            type: 'integer',
          },
        },
      },
    },
    block_device_mapping_v2: {
      type: 'list',
      items: {
        type: 'map',
        keys: {
          boot_index: {
            type: 'integer',
          },
          delete_on_termination: {
            type: 'boolean',
          },
          device_name: {
            type: 'string',
          },
          device_type: {
            type: 'string',
            allowed: ['cdrom', 'disk'],
          },
          disk_bus: {
            type: 'string',
            allowed: ['ide', 'lame_bus', 'scsi', 'usb', 'virtio'],
          },
          ephemeral_format: {
            type: 'string',
            allowed: ['ext2', 'ext3', 'ext4', 'xfs', 'ntfs'],
          },
          ephemeral_size: {
            type: 'integer',
            range: {
              min: 1,
            },
          },
          image: {
            type: 'string',
          },
          image_id: {
            type: 'string',
          },
          snapshot_id: {
            type: 'string',
          },
          swap_size: {
            type: 'integer',
          },
          volume_id: {
            type: 'string',
          },
          volume_size: {
            type: 'integer',
          },
        },
      },
    },
    config_drive: {
      type: 'boolean',
    },
    deployment_swift_data: {
      type: 'map',
      update: true,
      keys: {
        container: {
          type: 'string',
          length: {
            min: 1,
          },
        },
        object: {
          type: 'string',
          length: {
            min: 1,
          },
        },
      },
    },
    diskConfig: {
      type: 'string',
      allowed: ['AUTO', 'MANUAL'],
    },
    flavor: {
      type: 'string',
      required: true,
      update: true,
    },
    flavor_update_policy: {
      type: 'string',
      update: true,
      allowed: ['RESIZE', 'REPLACE'],
    },
    image: {
      type: 'string',
      update: true,
    },
    image_update_policy: {
      type: 'string',
      update: true,
      allowed: ['REBUILD', 'REPLACE', 'REBUILD_PRESERVE_EPHEMERAL'],
    },
    key_name: {
      type: 'string',
    },
    metadata: {
      type: 'map',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    networks: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          allocate_network: {
            type: 'string',
            update: true,
            allowed: ['none', 'auto'],
          },
          fixed_ip: {
            type: 'string',
          },
          floating_ip: {
            type: 'string',
          },
          network: {
            type: 'string',
          },
          port: {
            type: 'string',
          },
          port_extra_properties: {
            type: 'map',
            keys: {
              admin_state_up: {
                type: 'boolean',
                update: true,
              },
              allowed_address_pairs: {
                type: 'list',
                update: true,
                items: {
                  type: 'map',
                  keys: {
                    ip_address: {
                      type: 'string',
                      required: true,
                    },
                    mac_address: {
                      type: 'string',
                    },
                  },
                },
              },
              'binding:vnic_type': {
                type: 'string',
                update: true,
                allowed: [
                  'normal',
                  'direct',
                  'macvtap',
                  'direct-physical',
                  'baremetal',
                  'virtio-forwarder',
                  'smart-nic',
                ],
              },
              mac_address: {
                type: 'string',
              },
              no_fixed_ips: {
                type: 'boolean',
                update: true,
              },
              port_security_enabled: {
                type: 'boolean',
                update: true,
              },
              propagate_uplink_status: {
                type: 'boolean',
                update: true,
              },
              qos_policy: {
                type: 'string',
                update: true,
              },
              value_specs: {
                type: 'map',
                update: true,
              },
            },
          },
          subnet: {
            type: 'string',
          },
          tag: {
            type: 'string',
          },
          uuid: {
            type: 'string',
          },
        },
      },
    },
    personality: {
      type: 'map',
    },
    reservation_id: {
      type: 'string',
    },
    scheduler_hints: {
      type: 'map',
    },
    security_groups: {
      type: 'list',
    },
    software_config_transport: {
      type: 'string',
      update: true,
      allowed: ['POLL_SERVER_CFN', 'POLL_SERVER_HEAT', 'POLL_TEMP_URL', 'ZAQAR_MESSAGE'],
    },
    tags: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    user_data: {
      type: 'string',
      update: true,
    },
    user_data_format: {
      type: 'string',
      allowed: ['HEAT_CFNTOOLS', 'RAW', 'SOFTWARE_CONFIG'],
    },
    user_data_update_policy: {
      type: 'string',
      update: true,
      allowed: ['REPLACE', 'IGNORE', 'REBUILD'],
    },
  },
  'OS::Nova::ServerGroup': {
    name: {
      type: 'string',
    },
    policies: {
      type: 'list',
      allowed: ['anti-affinity', 'affinity', 'soft-anti-affinity', 'soft-affinity'],
      items: {
        type: 'string',
      },
    },
    rules: {
      type: 'map',
      keys: {
        max_server_per_host: {
          type: 'number',
        },
      },
    },
  },
};
