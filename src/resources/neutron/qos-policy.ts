import {define, from, lossy, lossyWhere, resource, stepwise} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {command, foreign, ids, idsIn, isOurs, serverMade, type Common} from './shared.ts';

/** A rule of any type; what the types have is said in `qos-rules.ts`. */
export interface Rule {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Answered by Neutron; proof: neutron-lib `api/definitions/qos.py`, `qos_default.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly shared?: boolean;
  readonly is_default?: boolean;
  readonly rules?: readonly Rule[];
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/qos.py`, `QoSPolicy.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly shared?: boolean;
}

/** Rules that are resources of their own. */
const builtTypes = new Set(['bandwidth_limit', 'dscp_marking', 'minimum_bandwidth', 'minimum_packet_rate']);

const r = from<Row>();

export const qosPolicy = define<Row, Properties>()({
  kind: 'qos_policy',
  section: 'QoS policies',
  heat: 'OS::Neutron::QoSPolicy',
  list: {
    service: 'network',
    path: 'qos/policies',
    key: 'policies',
    extension: 'qos',
    ours: true,
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        yield* ids(rows, ['network', 'port', 'floating_ip'], 'qos_policy_id');
        yield* ids(rows, ['load_balancer'], 'vip_qos_policy_id');
        for (const router of rows['router'] ?? [])
          yield* idsIn(router['external_gateway_info'], 'qos_policy_id');
      },
    },
  },
  outside: {constraint: 'neutron.qos_policy', prefix: 'qos_policy'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  // Neutron lets only admins make one, and Heat refuses the whole template to others; proof: heat
  // `policies/resource_types.py`. A type that is switched off does not count.
  optional: {
    property: 'name',
    why: 'Only an admin may create a QoS policy: what is limited by it uses the one of this name or id that is there',
    create: false,
  },
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    shared: r.unless('shared', false),
  },
  unordered: ['tags', 'rules'],
  compares: {
    // Those of the types that are built are compared as such.
    rules: row =>
      row.rules
        ?.filter(({type}) => !builtTypes.has(type))
        .map(rule => Object.fromEntries(Object.entries(rule).filter(([name]) => !/^id$|_id$/.test(name)))),
  },
  ignores: {
    ...serverMade,
    rules: lossyWhere(
      'neither Heat nor the openstack client knows rules of other types, as packet_rate_limit',
      (row: Row) => row.rules?.some(({type}) => !builtTypes.has(type)) ?? false,
    ),
    is_default: stepwise(row =>
      row.is_default === true
        ? {
            when: 'after',
            title: "make a QoS policy the project's default",
            command: command('network qos policy set', ['--default'], new Ref('qos_policy', row.id)),
          }
        : undefined,
    ),
    tags: lossy('neither Heat nor the openstack client sets them'),
  },
  example: {
    row: {
      id: 'q1',
      project_id: 'p1',
      name: 'gold',
      description: 'for the web',
      shared: true,
      is_default: true,
      rules: [{id: 'qr1', qos_policy_id: 'q1', type: 'packet_rate_limit', max_kpps: 9}],
    },
    emits: {name: 'gold', description: 'for the web', shared: true},
  },
});
