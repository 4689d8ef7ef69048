/** Heat 19.0.0's own schemas of the types we emit, cut to what is checked. Made by scripts/record-heat-schemas.py; don't edit. */
import type {TypeSchema} from '../model/heat-schema.ts';

export const heatSchemas: Readonly<Record<string, TypeSchema>> = {
  'OS::Aodh::CompositeAlarm': {
    alarm_actions: {
      type: 'list',
      update: true,
    },
    alarm_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    composite_rule: {
      type: 'map',
      required: true,
      update: true,
      keys: {
        operator: {
          type: 'string',
          required: true,
          update: true,
          allowed: ['or', 'and'],
        },
        rules: {
          type: 'list',
          required: true,
          update: true,
          length: {
            min: 2,
          },
        },
      },
    },
    description: {
      type: 'string',
      update: true,
    },
    enabled: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    insufficient_data_actions: {
      type: 'list',
      update: true,
    },
    insufficient_data_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    ok_actions: {
      type: 'list',
      update: true,
    },
    ok_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    repeat_actions: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    severity: {
      type: 'string',
      update: true,
      default: 'low',
      allowed: ['low', 'moderate', 'critical'],
    },
    time_constraints: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          description: {
            type: 'string',
          },
          duration: {
            type: 'integer',
            required: true,
            range: {
              min: 0,
            },
          },
          name: {
            type: 'string',
            required: true,
          },
          start: {
            type: 'string',
            required: true,
          },
          timezone: {
            type: 'string',
          },
        },
      },
    },
  },
  'OS::Aodh::EventAlarm': {
    alarm_actions: {
      type: 'list',
      update: true,
    },
    alarm_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    description: {
      type: 'string',
      update: true,
    },
    enabled: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    event_type: {
      type: 'string',
      update: true,
      default: '*',
    },
    insufficient_data_actions: {
      type: 'list',
      update: true,
    },
    insufficient_data_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    ok_actions: {
      type: 'list',
      update: true,
    },
    ok_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    query: {
      type: 'list',
      update: true,
      items: {
        type: 'map',
        keys: {
          field: {
            type: 'string',
          },
          op: {
            type: 'string',
            allowed: ['le', 'ge', 'eq', 'lt', 'gt', 'ne'],
          },
          type: {
            type: 'string',
            default: 'string',
            allowed: ['integer', 'float', 'string', 'boolean', 'datetime'],
          },
          value: {
            type: 'string',
          },
        },
      },
    },
    repeat_actions: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    severity: {
      type: 'string',
      update: true,
      default: 'low',
      allowed: ['low', 'moderate', 'critical'],
    },
    time_constraints: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          description: {
            type: 'string',
          },
          duration: {
            type: 'integer',
            required: true,
            range: {
              min: 0,
            },
          },
          name: {
            type: 'string',
            required: true,
          },
          start: {
            type: 'string',
            required: true,
          },
          timezone: {
            type: 'string',
          },
        },
      },
    },
  },
  'OS::Aodh::GnocchiAggregationByMetricsAlarm': {
    aggregation_method: {
      type: 'string',
      update: true,
    },
    alarm_actions: {
      type: 'list',
      update: true,
    },
    alarm_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    comparison_operator: {
      type: 'string',
      update: true,
      allowed: ['le', 'ge', 'eq', 'lt', 'gt', 'ne'],
    },
    description: {
      type: 'string',
      update: true,
    },
    enabled: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    evaluation_periods: {
      type: 'integer',
      update: true,
    },
    granularity: {
      type: 'integer',
      update: true,
    },
    insufficient_data_actions: {
      type: 'list',
      update: true,
    },
    insufficient_data_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    metrics: {
      type: 'list',
      required: true,
      update: true,
    },
    ok_actions: {
      type: 'list',
      update: true,
    },
    ok_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    repeat_actions: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    severity: {
      type: 'string',
      update: true,
      default: 'low',
      allowed: ['low', 'moderate', 'critical'],
    },
    threshold: {
      type: 'number',
      required: true,
      update: true,
    },
    time_constraints: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          description: {
            type: 'string',
          },
          duration: {
            type: 'integer',
            required: true,
            range: {
              min: 0,
            },
          },
          name: {
            type: 'string',
            required: true,
          },
          start: {
            type: 'string',
            required: true,
          },
          timezone: {
            type: 'string',
          },
        },
      },
    },
  },
  'OS::Aodh::GnocchiAggregationByResourcesAlarm': {
    aggregation_method: {
      type: 'string',
      update: true,
    },
    alarm_actions: {
      type: 'list',
      update: true,
    },
    alarm_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    comparison_operator: {
      type: 'string',
      update: true,
      allowed: ['le', 'ge', 'eq', 'lt', 'gt', 'ne'],
    },
    description: {
      type: 'string',
      update: true,
    },
    enabled: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    evaluation_periods: {
      type: 'integer',
      update: true,
    },
    granularity: {
      type: 'integer',
      update: true,
    },
    insufficient_data_actions: {
      type: 'list',
      update: true,
    },
    insufficient_data_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    metric: {
      type: 'string',
      required: true,
      update: true,
    },
    ok_actions: {
      type: 'list',
      update: true,
    },
    ok_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    query: {
      type: 'string',
      required: true,
      update: true,
    },
    repeat_actions: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    resource_type: {
      type: 'string',
      required: true,
      update: true,
    },
    severity: {
      type: 'string',
      update: true,
      default: 'low',
      allowed: ['low', 'moderate', 'critical'],
    },
    threshold: {
      type: 'number',
      required: true,
      update: true,
    },
    time_constraints: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          description: {
            type: 'string',
          },
          duration: {
            type: 'integer',
            required: true,
            range: {
              min: 0,
            },
          },
          name: {
            type: 'string',
            required: true,
          },
          start: {
            type: 'string',
            required: true,
          },
          timezone: {
            type: 'string',
          },
        },
      },
    },
  },
  'OS::Aodh::GnocchiResourcesAlarm': {
    aggregation_method: {
      type: 'string',
      update: true,
    },
    alarm_actions: {
      type: 'list',
      update: true,
    },
    alarm_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    comparison_operator: {
      type: 'string',
      update: true,
      allowed: ['le', 'ge', 'eq', 'lt', 'gt', 'ne'],
    },
    description: {
      type: 'string',
      update: true,
    },
    enabled: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    evaluation_periods: {
      type: 'integer',
      update: true,
    },
    granularity: {
      type: 'integer',
      update: true,
    },
    insufficient_data_actions: {
      type: 'list',
      update: true,
    },
    insufficient_data_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    metric: {
      type: 'string',
      required: true,
      update: true,
    },
    ok_actions: {
      type: 'list',
      update: true,
    },
    ok_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    repeat_actions: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    resource_id: {
      type: 'string',
      required: true,
      update: true,
    },
    resource_type: {
      type: 'string',
      required: true,
      update: true,
    },
    severity: {
      type: 'string',
      update: true,
      default: 'low',
      allowed: ['low', 'moderate', 'critical'],
    },
    threshold: {
      type: 'number',
      required: true,
      update: true,
    },
    time_constraints: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          description: {
            type: 'string',
          },
          duration: {
            type: 'integer',
            required: true,
            range: {
              min: 0,
            },
          },
          name: {
            type: 'string',
            required: true,
          },
          start: {
            type: 'string',
            required: true,
          },
          timezone: {
            type: 'string',
          },
        },
      },
    },
  },
  'OS::Aodh::LBMemberHealthAlarm': {
    alarm_actions: {
      type: 'list',
      update: true,
    },
    alarm_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    autoscaling_group_id: {
      type: 'string',
      required: true,
      update: true,
    },
    description: {
      type: 'string',
      update: true,
    },
    enabled: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    insufficient_data_actions: {
      type: 'list',
      update: true,
    },
    insufficient_data_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    ok_actions: {
      type: 'list',
      update: true,
    },
    ok_queues: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    pool: {
      type: 'string',
      required: true,
      update: true,
    },
    repeat_actions: {
      type: 'boolean',
      update: true,
      default: 'true',
    },
    severity: {
      type: 'string',
      update: true,
      default: 'low',
      allowed: ['low', 'moderate', 'critical'],
    },
    stack: {
      type: 'string',
      required: true,
    },
    time_constraints: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          description: {
            type: 'string',
          },
          duration: {
            type: 'integer',
            required: true,
            range: {
              min: 0,
            },
          },
          name: {
            type: 'string',
            required: true,
          },
          start: {
            type: 'string',
            required: true,
          },
          timezone: {
            type: 'string',
          },
        },
      },
    },
  },
  'OS::Barbican::CertificateContainer': {
    certificate_ref: {
      type: 'string',
    },
    intermediates_ref: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    private_key_passphrase_ref: {
      type: 'string',
    },
    private_key_ref: {
      type: 'string',
    },
  },
  'OS::Barbican::GenericContainer': {
    name: {
      type: 'string',
    },
    secrets: {
      type: 'list',
      items: {
        type: 'map',
        keys: {
          name: {
            type: 'string',
            required: true,
          },
          ref: {
            type: 'string',
            required: true,
          },
        },
      },
    },
  },
  'OS::Barbican::Order': {
    algorithm: {
      type: 'string',
    },
    bit_length: {
      type: 'integer',
    },
    ca_id: {
      type: 'string',
    },
    expiration: {
      type: 'string',
    },
    mode: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    pass_phrase: {
      type: 'string',
    },
    payload_content_type: {
      type: 'string',
    },
    profile: {
      type: 'string',
    },
    request_data: {
      type: 'string',
    },
    request_type: {
      type: 'string',
      allowed: ['stored-key', 'simple-cmc', 'custom'],
    },
    source_container_ref: {
      type: 'string',
    },
    subject_dn: {
      type: 'string',
    },
    type: {
      type: 'string',
      required: true,
      allowed: ['key', 'asymmetric', 'certificate'],
    },
  },
  'OS::Barbican::RSAContainer': {
    name: {
      type: 'string',
    },
    private_key_passphrase_ref: {
      type: 'string',
    },
    private_key_ref: {
      type: 'string',
    },
    public_key_ref: {
      type: 'string',
    },
  },
  'OS::Barbican::Secret': {
    algorithm: {
      type: 'string',
    },
    bit_length: {
      type: 'integer',
      range: {
        min: 0,
      },
    },
    expiration: {
      type: 'string',
    },
    mode: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    payload: {
      type: 'string',
    },
    payload_content_encoding: {
      type: 'string',
      allowed: ['base64'],
    },
    payload_content_type: {
      type: 'string',
      allowed: ['text/plain', 'application/octet-stream'],
    },
    secret_type: {
      type: 'string',
      default: 'opaque',
      allowed: ['symmetric', 'public', 'private', 'certificate', 'passphrase', 'opaque'],
    },
  },
  'OS::Blazar::Lease': {
    before_end_date: {
      type: 'string',
    },
    end_date: {
      type: 'string',
      required: true,
    },
    events: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          event_type: {
            type: 'string',
            required: true,
          },
          time: {
            type: 'string',
            required: true,
          },
        },
      },
    },
    name: {
      type: 'string',
      required: true,
    },
    reservations: {
      type: 'list',
      required: true,
      items: {
        type: 'map',
        keys: {
          affinity: {
            type: 'boolean',
            default: false,
          },
          amount: {
            type: 'integer',
            range: {
              min: 0,
              max: 2147483647,
            },
          },
          before_end: {
            type: 'string',
            default: 'default',
            allowed: ['default', 'snapshot'],
          },
          disk_gb: {
            type: 'integer',
            range: {
              min: 0,
              max: 2147483647,
            },
          },
          hypervisor_properties: {
            type: 'string',
          },
          max: {
            type: 'integer',
            range: {
              min: 1,
            },
          },
          memory_mb: {
            type: 'integer',
            range: {
              min: 0,
              max: 2147483647,
            },
          },
          min: {
            type: 'integer',
            range: {
              min: 1,
            },
          },
          resource_properties: {
            type: 'string',
          },
          resource_type: {
            type: 'string',
            required: true,
            allowed: ['virtual:instance', 'physical:host'],
          },
          vcpus: {
            type: 'integer',
            range: {
              min: 0,
              max: 2147483647,
            },
          },
        },
      },
    },
    start_date: {
      type: 'string',
      required: true,
    },
  },
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
      default: {},
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
  'OS::Designate::RecordSet': {
    description: {
      type: 'string',
      update: true,
      length: {
        max: 160,
      },
    },
    name: {
      type: 'string',
      length: {
        max: 255,
      },
    },
    records: {
      type: 'list',
      required: true,
      update: true,
    },
    ttl: {
      type: 'integer',
      update: true,
      range: {
        min: 1,
        max: 2147483647,
      },
    },
    type: {
      type: 'string',
      required: true,
      allowed: ['A', 'AAAA', 'CNAME', 'MX', 'SRV', 'TXT', 'SPF', 'NS', 'PTR', 'SSHFP', 'SOA'],
    },
    zone: {
      type: 'string',
      required: true,
    },
  },
  'OS::Designate::Zone': {
    description: {
      type: 'string',
      update: true,
      length: {
        max: 160,
      },
    },
    email: {
      type: 'string',
      update: true,
    },
    masters: {
      type: 'list',
      update: true,
    },
    name: {
      type: 'string',
      required: true,
      length: {
        max: 255,
      },
    },
    primaries: {
      type: 'list',
      update: true,
    },
    ttl: {
      type: 'integer',
      update: true,
      range: {
        min: 1,
        max: 2147483647,
      },
    },
    type: {
      type: 'string',
      default: 'PRIMARY',
      allowed: ['PRIMARY', 'SECONDARY'],
    },
  },
  'OS::Heat::Stack': {
    context: {
      type: 'map',
      update: true,
      keys: {
        ca_cert: {
          type: 'string',
          update: true,
        },
        credential_secret_id: {
          type: 'string',
          update: true,
        },
        insecure: {
          type: 'boolean',
          update: true,
          default: false,
        },
        region_name: {
          type: 'string',
        },
      },
    },
    parameters: {
      type: 'map',
      update: true,
      default: {},
    },
    template: {
      type: 'string',
      required: true,
      update: true,
    },
    timeout: {
      type: 'integer',
      update: true,
    },
  },
  'OS::Magnum::Cluster': {
    cluster_template: {
      type: 'string',
      required: true,
    },
    create_timeout: {
      type: 'integer',
      update: true,
      default: 60,
      range: {
        min: 0,
      },
    },
    discovery_url: {
      type: 'string',
      update: true,
    },
    keypair: {
      type: 'string',
    },
    master_count: {
      type: 'integer',
      update: true,
      default: 1,
      range: {
        min: 1,
      },
    },
    name: {
      type: 'string',
    },
    node_count: {
      type: 'integer',
      update: true,
      default: 1,
      range: {
        min: 1,
      },
    },
  },
  'OS::Magnum::ClusterTemplate': {
    coe: {
      type: 'string',
      required: true,
      allowed: ['kubernetes', 'swarm', 'mesos'],
    },
    dns_nameserver: {
      type: 'string',
    },
    docker_storage_driver: {
      type: 'string',
      default: 'devicemapper',
      allowed: ['devicemapper', 'overlay'],
    },
    docker_volume_size: {
      type: 'integer',
      range: {
        min: 1,
      },
    },
    external_network: {
      type: 'string',
      required: true,
    },
    fixed_network: {
      type: 'string',
    },
    fixed_subnet: {
      type: 'string',
    },
    flavor: {
      type: 'string',
    },
    floating_ip_enabled: {
      type: 'boolean',
      default: true,
    },
    http_proxy: {
      type: 'string',
    },
    https_proxy: {
      type: 'string',
    },
    image: {
      type: 'string',
      required: true,
    },
    keypair: {
      type: 'string',
    },
    labels: {
      type: 'map',
    },
    master_flavor: {
      type: 'string',
    },
    master_lb_enabled: {
      type: 'boolean',
      default: true,
    },
    name: {
      type: 'string',
    },
    network_driver: {
      type: 'string',
    },
    no_proxy: {
      type: 'string',
    },
    public: {
      type: 'boolean',
      update: true,
      default: false,
    },
    registry_enabled: {
      type: 'boolean',
      default: false,
    },
    server_type: {
      type: 'string',
      default: 'vm',
      allowed: ['vm', 'bm'],
    },
    tls_disabled: {
      type: 'boolean',
      default: false,
    },
    volume_driver: {
      type: 'string',
      allowed: ['cinder', 'rexray'],
    },
  },
  'OS::Manila::SecurityService': {
    description: {
      type: 'string',
      update: true,
    },
    dns_ip: {
      type: 'string',
      update: true,
    },
    domain: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    password: {
      type: 'string',
      update: true,
    },
    server: {
      type: 'string',
      update: true,
    },
    type: {
      type: 'string',
      required: true,
      allowed: ['ldap', 'kerberos', 'active_directory'],
    },
    user: {
      type: 'string',
      update: true,
    },
  },
  'OS::Manila::Share': {
    access_rules: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'map',
        keys: {
          access_level: {
            type: 'string',
            allowed: ['ro', 'rw'],
          },
          access_to: {
            type: 'string',
            required: true,
          },
          access_type: {
            type: 'string',
            required: true,
            allowed: ['ip', 'user', 'cert', 'cephx'],
          },
        },
      },
    },
    description: {
      type: 'string',
      update: true,
    },
    is_public: {
      type: 'boolean',
      update: true,
      default: false,
    },
    metadata: {
      type: 'map',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    share_network: {
      type: 'string',
    },
    share_protocol: {
      type: 'string',
      required: true,
      allowed: ['NFS', 'CIFS', 'GlusterFS', 'HDFS', 'CEPHFS'],
    },
    share_type: {
      type: 'string',
    },
    size: {
      type: 'integer',
      required: true,
    },
    snapshot: {
      type: 'string',
    },
  },
  'OS::Manila::ShareNetwork': {
    description: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    neutron_network: {
      type: 'string',
      update: true,
    },
    neutron_subnet: {
      type: 'string',
      update: true,
    },
    nova_network: {
      type: 'string',
      update: true,
    },
    security_services: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
  },
  'OS::Mistral::CronTrigger': {
    count: {
      type: 'integer',
    },
    first_time: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    pattern: {
      type: 'string',
    },
    workflow: {
      type: 'map',
      required: true,
      keys: {
        input: {
          type: 'map',
        },
        name: {
          type: 'string',
          required: true,
        },
      },
    },
  },
  'OS::Mistral::Workflow': {
    description: {
      type: 'string',
      update: true,
    },
    input: {
      type: 'map',
      update: true,
    },
    name: {
      type: 'string',
    },
    output: {
      type: 'map',
      update: true,
    },
    params: {
      type: 'map',
      update: true,
    },
    tags: {
      type: 'list',
      update: true,
    },
    task_defaults: {
      type: 'map',
      update: true,
      keys: {
        concurrency: {
          type: 'integer',
        },
        on_complete: {
          type: 'list',
        },
        on_error: {
          type: 'list',
        },
        on_success: {
          type: 'list',
        },
        pause_before: {
          type: 'boolean',
        },
        requires: {
          type: 'list',
        },
        retry: {
          type: 'map',
        },
        timeout: {
          type: 'integer',
        },
        wait_after: {
          type: 'integer',
        },
        wait_before: {
          type: 'integer',
        },
      },
    },
    tasks: {
      type: 'list',
      required: true,
      update: true,
      length: {
        min: 1,
      },
      items: {
        type: 'map',
        keys: {
          action: {
            type: 'string',
          },
          concurrency: {
            type: 'integer',
          },
          description: {
            type: 'string',
          },
          input: {
            type: 'map',
          },
          join: {
            type: 'string',
          },
          keep_result: {
            type: 'boolean',
          },
          name: {
            type: 'string',
            required: true,
          },
          on_complete: {
            type: 'list',
          },
          on_error: {
            type: 'list',
          },
          on_success: {
            type: 'list',
          },
          pause_before: {
            type: 'boolean',
          },
          policies: {
            type: 'map',
          },
          publish: {
            type: 'map',
          },
          requires: {
            type: 'list',
          },
          retry: {
            type: 'map',
          },
          target: {
            type: 'string',
          },
          timeout: {
            type: 'integer',
          },
          wait_after: {
            type: 'integer',
          },
          wait_before: {
            type: 'integer',
          },
          with_items: {
            type: 'string',
          },
          workflow: {
            type: 'string',
          },
        },
      },
    },
    type: {
      type: 'string',
      required: true,
      update: true,
      allowed: ['direct', 'reverse'],
    },
    use_request_body_as_input: {
      type: 'boolean',
      update: true,
    },
  },
  'OS::Neutron::AddressScope': {
    ip_version: {
      type: 'integer',
      default: 4,
      allowed: [4, 6],
    },
    name: {
      type: 'string',
      update: true,
    },
    shared: {
      type: 'boolean',
      update: true,
      default: false,
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
  'OS::Neutron::Firewall': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    description: {
      type: 'string',
      update: true,
    },
    firewall_policy_id: {
      type: 'string',
      required: true,
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    shared: {
      type: 'boolean',
      update: true,
    },
    value_specs: {
      type: 'map',
      update: true,
      default: {},
    },
  },
  'OS::Neutron::FirewallPolicy': {
    audited: {
      type: 'boolean',
      update: true,
      default: false,
    },
    description: {
      type: 'string',
      update: true,
    },
    firewall_rules: {
      type: 'list',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    shared: {
      type: 'boolean',
      update: true,
      default: false,
    },
  },
  'OS::Neutron::FirewallRule': {
    action: {
      type: 'string',
      update: true,
      default: 'deny',
      allowed: ['allow', 'deny'],
    },
    description: {
      type: 'string',
      update: true,
    },
    destination_ip_address: {
      type: 'string',
      update: true,
    },
    destination_port: {
      type: 'string',
      update: true,
    },
    enabled: {
      type: 'boolean',
      update: true,
      default: true,
    },
    ip_version: {
      type: 'string',
      update: true,
      default: '4',
      allowed: ['4', '6'],
    },
    name: {
      type: 'string',
      update: true,
    },
    protocol: {
      type: 'string',
      update: true,
      default: 'any',
      allowed: ['tcp', 'udp', 'icmp', 'any'],
    },
    shared: {
      type: 'boolean',
      update: true,
      default: false,
    },
    source_ip_address: {
      type: 'string',
      update: true,
    },
    source_port: {
      type: 'string',
      update: true,
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
      default: {},
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
  'OS::Neutron::FlowClassifier': {
    description: {
      type: 'string',
      update: true,
    },
    destination_ip_prefix: {
      type: 'string',
    },
    destination_port_range_max: {
      type: 'integer',
      range: {
        min: 1,
        max: 65535,
      },
    },
    destination_port_range_min: {
      type: 'integer',
      range: {
        min: 1,
        max: 65535,
      },
    },
    ethertype: {
      type: 'string',
      default: 'IPv4',
      allowed: ['IPv4', 'IPv6'],
    },
    l7_parameters: {
      type: 'map',
    },
    logical_destination_port: {
      type: 'string',
    },
    logical_source_port: {
      type: 'string',
    },
    name: {
      type: 'string',
      update: true,
    },
    protocol: {
      type: 'string',
      allowed: ['tcp', 'udp', 'icmp'],
    },
    source_ip_prefix: {
      type: 'string',
    },
    source_port_range_max: {
      type: 'integer',
      range: {
        min: 1,
        max: 65535,
      },
    },
    source_port_range_min: {
      type: 'integer',
      range: {
        min: 1,
        max: 65535,
      },
    },
  },
  'OS::Neutron::IKEPolicy': {
    auth_algorithm: {
      type: 'string',
      update: true,
      default: 'sha1',
      allowed: ['sha1', 'sha256', 'sha384', 'sha512'],
    },
    description: {
      type: 'string',
      update: true,
    },
    encryption_algorithm: {
      type: 'string',
      update: true,
      default: 'aes-128',
      allowed: ['3des', 'aes-128', 'aes-192', 'aes-256'],
    },
    ike_version: {
      type: 'string',
      update: true,
      default: 'v1',
      allowed: ['v1', 'v2'],
    },
    lifetime: {
      type: 'map',
      update: true,
      keys: {
        units: {
          type: 'string',
          default: 'seconds',
          allowed: ['seconds', 'kilobytes'],
        },
        value: {
          type: 'integer',
          default: 3600,
        },
      },
    },
    name: {
      type: 'string',
      update: true,
    },
    pfs: {
      type: 'string',
      update: true,
      default: 'group5',
      allowed: ['group2', 'group5', 'group14'],
    },
    phase1_negotiation_mode: {
      type: 'string',
      default: 'main',
      allowed: ['main'],
    },
  },
  'OS::Neutron::IPsecPolicy': {
    auth_algorithm: {
      type: 'string',
      default: 'sha1',
      allowed: ['sha1'],
    },
    description: {
      type: 'string',
      update: true,
    },
    encapsulation_mode: {
      type: 'string',
      default: 'tunnel',
      allowed: ['tunnel', 'transport'],
    },
    encryption_algorithm: {
      type: 'string',
      default: 'aes-128',
      allowed: ['3des', 'aes-128', 'aes-192', 'aes-256'],
    },
    lifetime: {
      type: 'map',
      keys: {
        units: {
          type: 'string',
          default: 'seconds',
          allowed: ['seconds', 'kilobytes'],
        },
        value: {
          type: 'integer',
          default: 3600,
        },
      },
    },
    name: {
      type: 'string',
      update: true,
    },
    pfs: {
      type: 'string',
      default: 'group5',
      allowed: ['group2', 'group5', 'group14'],
    },
    transform_protocol: {
      type: 'string',
      default: 'esp',
      allowed: ['esp', 'ah', 'ah-esp'],
    },
  },
  'OS::Neutron::IPsecSiteConnection': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    description: {
      type: 'string',
      update: true,
    },
    dpd: {
      type: 'map',
      keys: {
        actions: {
          type: 'string',
          default: 'hold',
          allowed: ['clear', 'disabled', 'hold', 'restart', 'restart-by-peer'],
        },
        interval: {
          type: 'integer',
          default: 30,
        },
        timeout: {
          type: 'integer',
          default: 120,
        },
      },
    },
    ikepolicy_id: {
      type: 'string',
      required: true,
    },
    initiator: {
      type: 'string',
      default: 'bi-directional',
      allowed: ['bi-directional', 'response-only'],
    },
    ipsecpolicy_id: {
      type: 'string',
      required: true,
    },
    mtu: {
      type: 'integer',
      default: 1500,
    },
    name: {
      type: 'string',
      update: true,
    },
    peer_address: {
      type: 'string',
      required: true,
    },
    peer_cidrs: {
      type: 'list',
      required: true,
      items: {
        type: 'string',
      },
    },
    peer_id: {
      type: 'string',
      required: true,
    },
    psk: {
      type: 'string',
      required: true,
    },
    vpnservice_id: {
      type: 'string',
      required: true,
    },
  },
  'OS::Neutron::L2Gateway': {
    devices: {
      type: 'list',
      required: true,
      update: true,
      items: {
        type: 'map',
        keys: {
          device_name: {
            type: 'string',
            required: true,
          },
          interfaces: {
            type: 'list',
            required: true,
            items: {
              type: 'map',
              keys: {
                name: {
                  type: 'string',
                  required: true,
                },
                segmentation_id: {
                  type: 'list',
                },
              },
            },
          },
        },
      },
    },
    name: {
      type: 'string',
      required: true,
      update: true,
    },
  },
  'OS::Neutron::L2GatewayConnection': {
    l2_gateway_id: {
      type: 'string',
      required: true,
    },
    network_id: {
      type: 'string',
      required: true,
    },
    segmentation_id: {
      type: 'string',
    },
  },
  'OS::Neutron::MeteringLabel': {
    description: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    shared: {
      type: 'boolean',
      default: false,
    },
  },
  'OS::Neutron::MeteringRule': {
    direction: {
      type: 'string',
      default: 'ingress',
      allowed: ['ingress', 'egress'],
    },
    excluded: {
      type: 'boolean',
      default: 'False',
    },
    metering_label_id: {
      type: 'string',
      required: true,
    },
    remote_ip_prefix: {
      type: 'string',
      required: true,
    },
  },
  'OS::Neutron::Net': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
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
      default: false,
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
      default: {},
    },
  },
  'OS::Neutron::Port': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
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
      default: 'normal',
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
      default: '',
    },
    device_owner: {
      type: 'string',
      update: true,
      default: '',
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
      default: false,
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
      default: {},
    },
  },
  'OS::Neutron::PortChain': {
    chain_parameters: {
      type: 'map',
      default: {
        correlation: 'mpls',
      },
    },
    description: {
      type: 'string',
      update: true,
    },
    flow_classifiers: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'string',
      },
    },
    name: {
      type: 'string',
      update: true,
    },
    port_pair_groups: {
      type: 'list',
      required: true,
      update: true,
      items: {
        type: 'string',
      },
    },
  },
  'OS::Neutron::PortPair': {
    description: {
      type: 'string',
      update: true,
    },
    egress: {
      type: 'string',
      required: true,
    },
    ingress: {
      type: 'string',
      required: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    service_function_parameters: {
      type: 'map',
      default: {
        correlation: null,
      },
    },
  },
  'OS::Neutron::PortPairGroup': {
    description: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    port_pairs: {
      type: 'list',
      required: true,
      update: true,
      items: {
        type: 'string',
      },
    },
  },
  'OS::Neutron::ProviderNet': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    availability_zone_hints: {
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
    network_type: {
      type: 'string',
      required: true,
      update: true,
      allowed: ['local', 'vlan', 'vxlan', 'gre', 'geneve', 'flat'],
    },
    physical_network: {
      type: 'string',
      update: true,
    },
    port_security_enabled: {
      type: 'boolean',
      update: true,
    },
    router_external: {
      type: 'boolean',
      update: true,
      default: false,
    },
    segmentation_id: {
      type: 'string',
      update: true,
    },
    shared: {
      type: 'boolean',
      update: true,
      default: true,
    },
    tags: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
  },
  'OS::Neutron::QoSBandwidthLimitRule': {
    direction: {
      type: 'string',
      update: true,
      default: 'egress',
      allowed: ['egress', 'ingress'],
    },
    max_burst_kbps: {
      type: 'integer',
      update: true,
      default: 0,
      range: {
        min: 0,
      },
    },
    max_kbps: {
      type: 'integer',
      required: true,
      update: true,
      range: {
        min: 0,
      },
    },
    policy: {
      type: 'string',
      required: true,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::QoSDscpMarkingRule': {
    dscp_mark: {
      type: 'integer',
      required: true,
      update: true,
      allowed: [0, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 46, 48, 56],
    },
    policy: {
      type: 'string',
      required: true,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::QoSMinimumBandwidthRule': {
    direction: {
      type: 'string',
      update: true,
      default: 'egress',
      allowed: ['egress', 'ingress'],
    },
    min_kbps: {
      type: 'integer',
      required: true,
      update: true,
      range: {
        min: 0,
      },
    },
    policy: {
      type: 'string',
      required: true,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::QoSMinimumPacketRateRule': {
    direction: {
      type: 'string',
      update: true,
      default: 'egress',
      allowed: ['any', 'egress', 'ingress'],
    },
    min_kpps: {
      type: 'integer',
      required: true,
      update: true,
      range: {
        min: 0,
      },
    },
    policy: {
      type: 'string',
      required: true,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::QoSPolicy': {
    description: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    shared: {
      type: 'boolean',
      update: true,
      default: false,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::RBACPolicy': {
    action: {
      type: 'string',
      required: true,
      allowed: ['access_as_shared', 'access_as_external'],
    },
    object_id: {
      type: 'string',
      required: true,
    },
    object_type: {
      type: 'string',
      required: true,
      allowed: ['network', 'qos_policy'],
    },
    target_tenant: {
      type: 'string',
      required: true,
      update: true,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Neutron::Router': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
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
      default: {},
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
      default: [],
      items: {
        type: 'map',
        keys: {
          direction: {
            type: 'string',
            default: 'ingress',
            allowed: ['ingress', 'egress'],
          },
          ethertype: {
            type: 'string',
            default: 'IPv4',
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
            default: 'remote_ip_prefix',
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
      default: 'ingress',
      allowed: ['ingress', 'egress'],
    },
    ethertype: {
      type: 'string',
      default: 'IPv4',
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
      default: 'tcp',
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
  'OS::Neutron::Segment': {
    description: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    network: {
      type: 'string',
      required: true,
    },
    network_type: {
      type: 'string',
      required: true,
      allowed: ['local', 'vlan', 'vxlan', 'gre', 'geneve', 'flat'],
    },
    physical_network: {
      type: 'string',
    },
    segmentation_id: {
      type: 'integer',
      range: {
        min: 1,
      },
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
      default: [],
    },
    enable_dhcp: {
      type: 'boolean',
      update: true,
      default: true,
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
      default: 4,
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
      default: {},
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
      default: false,
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
      default: false,
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
  'OS::Neutron::TaaS::TapFlow': {
    description: {
      type: 'string',
      update: true,
      default: '',
    },
    direction: {
      type: 'string',
      default: 'BOTH',
      allowed: ['IN', 'OUT', 'BOTH'],
    },
    name: {
      type: 'string',
      update: true,
      default: '',
    },
    port: {
      type: 'string',
      required: true,
    },
    tap_service: {
      type: 'string',
      required: true,
    },
    vlan_filter: {
      type: 'string',
    },
  },
  'OS::Neutron::TaaS::TapService': {
    description: {
      type: 'string',
      update: true,
      default: '',
    },
    name: {
      type: 'string',
      update: true,
      default: '',
    },
    port: {
      type: 'string',
      required: true,
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
  'OS::Neutron::VPNService': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    description: {
      type: 'string',
      update: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    router: {
      type: 'string',
      required: true,
    },
    subnet: {
      type: 'string',
      required: true,
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
      default: false,
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
      default: {},
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
      default: 'RESIZE',
      allowed: ['RESIZE', 'REPLACE'],
    },
    image: {
      type: 'string',
      update: true,
    },
    image_update_policy: {
      type: 'string',
      update: true,
      default: 'REBUILD',
      allowed: ['REBUILD', 'REPLACE', 'REBUILD_PRESERVE_EPHEMERAL'],
    },
    key_name: {
      type: 'string',
    },
    metadata: {
      type: 'map',
      update: true,
      default: {},
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
                default: true,
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
                default: 'normal',
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
                default: false,
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
                default: {},
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
      default: {},
    },
    reservation_id: {
      type: 'string',
    },
    scheduler_hints: {
      type: 'map',
    },
    security_groups: {
      type: 'list',
      default: [],
    },
    software_config_transport: {
      type: 'string',
      update: true,
      default: 'POLL_SERVER_CFN',
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
      default: '',
    },
    user_data_format: {
      type: 'string',
      default: 'HEAT_CFNTOOLS',
      allowed: ['HEAT_CFNTOOLS', 'RAW', 'SOFTWARE_CONFIG'],
    },
    user_data_update_policy: {
      type: 'string',
      update: true,
      default: 'REPLACE',
      allowed: ['REPLACE', 'IGNORE', 'REBUILD'],
    },
  },
  'OS::Nova::ServerGroup': {
    name: {
      type: 'string',
    },
    policies: {
      type: 'list',
      default: ['anti-affinity'],
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
  'OS::Octavia::HealthMonitor': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    delay: {
      type: 'integer',
      required: true,
      update: true,
      range: {
        min: 0,
      },
    },
    expected_codes: {
      type: 'string',
      update: true,
    },
    http_method: {
      type: 'string',
      update: true,
      allowed: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'OPTIONS', 'CONNECT', 'PATCH'],
    },
    max_retries: {
      type: 'integer',
      required: true,
      update: true,
      range: {
        min: 1,
        max: 10,
      },
    },
    pool: {
      type: 'string',
      required: true,
    },
    tenant_id: {
      type: 'string',
    },
    timeout: {
      type: 'integer',
      required: true,
      update: true,
      range: {
        min: 0,
      },
    },
    type: {
      type: 'string',
      required: true,
      allowed: ['PING', 'TCP', 'HTTP', 'HTTPS', 'UDP-CONNECT'],
    },
    url_path: {
      type: 'string',
      update: true,
    },
  },
  'OS::Octavia::L7Policy': {
    action: {
      type: 'string',
      required: true,
      update: true,
      allowed: ['REJECT', 'REDIRECT_TO_POOL', 'REDIRECT_TO_URL'],
    },
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    description: {
      type: 'string',
      update: true,
    },
    listener: {
      type: 'string',
      required: true,
    },
    name: {
      type: 'string',
      update: true,
    },
    position: {
      type: 'number',
      update: true,
      range: {
        min: 1,
      },
    },
    redirect_pool: {
      type: 'string',
      update: true,
    },
    redirect_url: {
      type: 'string',
      update: true,
    },
  },
  'OS::Octavia::L7Rule': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    compare_type: {
      type: 'string',
      required: true,
      update: true,
      allowed: ['REGEX', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'EQUAL_TO'],
    },
    invert: {
      type: 'boolean',
      update: true,
      default: false,
    },
    key: {
      type: 'string',
      update: true,
    },
    l7policy: {
      type: 'string',
      required: true,
    },
    type: {
      type: 'string',
      required: true,
      update: true,
      allowed: ['HOST_NAME', 'PATH', 'FILE_TYPE', 'HEADER', 'COOKIE'],
    },
    value: {
      type: 'string',
      required: true,
      update: true,
    },
  },
  'OS::Octavia::Listener': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    allowed_cidrs: {
      type: 'list',
      update: true,
      items: {
        type: 'string',
      },
    },
    connection_limit: {
      type: 'integer',
      update: true,
      default: -1,
      range: {
        min: -1,
      },
    },
    default_pool: {
      type: 'string',
      update: true,
    },
    default_tls_container_ref: {
      type: 'string',
      update: true,
    },
    description: {
      type: 'string',
      update: true,
      default: '',
    },
    loadbalancer: {
      type: 'string',
    },
    name: {
      type: 'string',
      update: true,
    },
    protocol: {
      type: 'string',
      required: true,
      allowed: ['TCP', 'HTTP', 'HTTPS', 'TERMINATED_HTTPS', 'PROXY', 'UDP'],
    },
    protocol_port: {
      type: 'integer',
      required: true,
      range: {
        min: 1,
        max: 65535,
      },
    },
    sni_container_refs: {
      type: 'list',
      update: true,
    },
    tenant_id: {
      type: 'string',
    },
  },
  'OS::Octavia::LoadBalancer': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    availability_zone: {
      type: 'string',
    },
    description: {
      type: 'string',
      update: true,
      default: '',
    },
    flavor: {
      type: 'string',
    },
    name: {
      type: 'string',
      update: true,
    },
    provider: {
      type: 'string',
    },
    tenant_id: {
      type: 'string',
    },
    vip_address: {
      type: 'string',
    },
    vip_subnet: {
      type: 'string',
      required: true,
    },
  },
  'OS::Octavia::Pool': {
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    description: {
      type: 'string',
      update: true,
      default: '',
    },
    lb_algorithm: {
      type: 'string',
      required: true,
      update: true,
      allowed: ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP', 'SOURCE_IP_PORT'],
    },
    listener: {
      type: 'string',
    },
    loadbalancer: {
      type: 'string',
    },
    name: {
      type: 'string',
      update: true,
    },
    protocol: {
      type: 'string',
      required: true,
      allowed: ['TCP', 'HTTP', 'HTTPS', 'TERMINATED_HTTPS', 'PROXY', 'UDP'],
    },
    session_persistence: {
      type: 'map',
      update: true,
      keys: {
        cookie_name: {
          type: 'string',
        },
        type: {
          type: 'string',
          required: true,
          allowed: ['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE'],
        },
      },
    },
    tls_enabled: {
      type: 'boolean',
      update: true,
      default: false,
    },
  },
  'OS::Octavia::PoolMember': {
    address: {
      type: 'string',
      required: true,
    },
    admin_state_up: {
      type: 'boolean',
      update: true,
      default: true,
    },
    monitor_address: {
      type: 'string',
    },
    monitor_port: {
      type: 'integer',
      range: {
        min: 1,
        max: 65535,
      },
    },
    pool: {
      type: 'string',
      required: true,
    },
    protocol_port: {
      type: 'integer',
      required: true,
      range: {
        min: 1,
        max: 65535,
      },
    },
    subnet: {
      type: 'string',
    },
    tags: {
      type: 'list',
      update: true,
    },
    weight: {
      type: 'integer',
      update: true,
      default: 1,
      range: {
        min: 0,
        max: 256,
      },
    },
  },
  'OS::Swift::Container': {
    PurgeOnDelete: {
      type: 'boolean',
      default: false,
    },
    'X-Account-Meta': {
      type: 'map',
      default: {},
    },
    'X-Container-Meta': {
      type: 'map',
      default: {},
    },
    'X-Container-Read': {
      type: 'string',
    },
    'X-Container-Write': {
      type: 'string',
    },
    name: {
      type: 'string',
    },
  },
  'OS::Trove::Cluster': {
    datastore_type: {
      type: 'string',
      required: true,
      length: {
        max: 255,
      },
    },
    datastore_version: {
      type: 'string',
      required: true,
      length: {
        max: 255,
      },
    },
    instances: {
      type: 'list',
      required: true,
      items: {
        type: 'map',
        keys: {
          availability_zone: {
            type: 'string',
          },
          flavor: {
            type: 'string',
            required: true,
          },
          networks: {
            type: 'list',
            default: [],
            items: {
              type: 'map',
              keys: {
                fixed_ip: {
                  type: 'string',
                },
                network: {
                  type: 'string',
                },
                port: {
                  type: 'string',
                },
              },
            },
          },
          volume_size: {
            type: 'integer',
            required: true,
            range: {
              min: 1,
              max: 150,
            },
          },
        },
      },
    },
    name: {
      type: 'string',
      length: {
        max: 255,
      },
    },
  },
  'OS::Trove::Instance': {
    availability_zone: {
      type: 'string',
    },
    databases: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'map',
        keys: {
          character_set: {
            type: 'string',
            default: 'utf8',
          },
          collate: {
            type: 'string',
            default: 'utf8_general_ci',
          },
          name: {
            type: 'string',
            required: true,
            length: {
              max: 64,
            },
          },
        },
      },
    },
    datastore_type: {
      type: 'string',
      length: {
        max: 255,
      },
    },
    datastore_version: {
      type: 'string',
      length: {
        max: 255,
      },
    },
    flavor: {
      type: 'string',
      required: true,
      update: true,
    },
    name: {
      type: 'string',
      update: true,
      length: {
        max: 255,
      },
    },
    networks: {
      type: 'list',
      default: [],
      items: {
        type: 'map',
        keys: {
          fixed_ip: {
            type: 'string',
          },
          network: {
            type: 'string',
          },
          port: {
            type: 'string',
          },
        },
      },
    },
    replica_count: {
      type: 'integer',
    },
    replica_of: {
      type: 'string',
    },
    restore_point: {
      type: 'string',
    },
    size: {
      type: 'integer',
      required: true,
      update: true,
      range: {
        min: 1,
        max: 150,
      },
    },
    users: {
      type: 'list',
      update: true,
      default: [],
      items: {
        type: 'map',
        keys: {
          databases: {
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
          host: {
            type: 'string',
            update: true,
            default: '%',
          },
          name: {
            type: 'string',
            required: true,
            update: true,
            length: {
              max: 16,
            },
          },
          password: {
            type: 'string',
            required: true,
            update: true,
          },
        },
      },
    },
  },
  'OS::Zaqar::Queue': {
    metadata: {
      type: 'map',
      update: true,
    },
    name: {
      type: 'string',
      length: {
        max: 64,
      },
    },
  },
  'OS::Zaqar::Subscription': {
    options: {
      type: 'map',
      update: true,
    },
    queue_name: {
      type: 'string',
      required: true,
    },
    subscriber: {
      type: 'string',
      required: true,
      update: true,
    },
    ttl: {
      type: 'integer',
      update: true,
      default: 220367260800,
      range: {
        min: 60,
      },
    },
  },
  'OS::Zun::Container': {
    command: {
      type: 'string',
    },
    cpu: {
      type: 'number',
      update: true,
    },
    environment: {
      type: 'map',
    },
    hints: {
      type: 'map',
    },
    hostname: {
      type: 'string',
    },
    image: {
      type: 'string',
      required: true,
    },
    image_driver: {
      type: 'string',
      allowed: ['docker', 'glance'],
    },
    image_pull_policy: {
      type: 'string',
      allowed: ['ifnotpresent', 'always', 'never'],
    },
    interactive: {
      type: 'boolean',
    },
    labels: {
      type: 'map',
    },
    memory: {
      type: 'integer',
      update: true,
    },
    mounts: {
      type: 'list',
      items: {
        type: 'map',
        keys: {
          mount_path: {
            type: 'string',
            required: true,
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
          fixed_ip: {
            type: 'string',
          },
          network: {
            type: 'string',
          },
          port: {
            type: 'string',
          },
        },
      },
    },
    restart_policy: {
      type: 'string',
    },
    security_groups: {
      type: 'list',
      default: [],
    },
    tty: {
      type: 'boolean',
    },
    workdir: {
      type: 'string',
    },
  },
};
