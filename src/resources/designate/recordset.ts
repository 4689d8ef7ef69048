import {define, from, lost, resource, skipped, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {names} from '../../model/names.ts';
import {Ref, type Attr} from '../../model/value.ts';
import {command, foreign, isOurs, operands} from '../neutron/shared.ts';
import {addressOwner, targetAddress} from '../neutron/target-address.ts';
import {madeByNeutron} from './made-by-neutron.ts';
import {followed, lasting, type Name} from './names.ts';
import {floatingIpNames, gone, serverMade, zones, type Common} from './shared.ts';

/** Answered by Designate; proof: designate `objects/adapters/api_v2/recordset.py`. */
interface Row extends Common {
  readonly zone_id: string;
  readonly zone_name: string;
  readonly type: string;
  readonly records: readonly string[];
  /** null: the zone's. */
  readonly ttl: number | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/designate/recordset.py`, `properties_schema`. */
interface Properties {
  readonly zone: Ref<'zone'>;
  readonly name: Name;
  readonly type: string;
  readonly records: readonly (Name | Attr)[];
  readonly ttl?: number;
  readonly description?: string;
}

/** Proof: heat, `_ALLOWED_TYPES`; the newest adds CAA, CERT and NAPTR. */
const heatTypes = new Set(['A', 'AAAA', 'CNAME', 'MX', 'SRV', 'TXT', 'SPF', 'NS', 'PTR', 'SSHFP']);

/** Types whose data ends in a name. */
const naming = new Set(['CNAME', 'DNAME', 'MX', 'NAPTR', 'NS', 'PTR', 'SRV']);

function where(row: Row, scope: Scope): Place {
  if (!isOurs(row, scope)) return foreign;
  if (row.type === 'SOA' || (row.type === 'NS' && row.name === row.zone_name))
    return skipped('Designate makes it with the zone');
  const home = scope.row(zones, row.zone_id);
  if (home === undefined && isNameOfFloatingIp(row, scope))
    return skipped('Designate makes it of the name of a floating IP, in a zone of its own');
  if (home?.type === 'SECONDARY') return skipped("transferred from the zone's primaries");
  const removed = gone(row);
  if (removed !== undefined) return removed;
  if (home !== undefined && scope.place(zones, home.id)?.as !== 'resource')
    return isOurs(home, scope) ? lost('its zone is not rebuilt') : resource;
  if (madeByNeutron(row, scope))
    return lost(
      'Neutron makes it of a dns_name and dns_domain where it is joined with Designate; where not: openstack recordset create',
    );
  return heatTypes.has(row.type) ? resource : {as: 'step'};
}

/** Newer releases show it to whom the floating IP belongs, and not the zone; proof: designate `central/service.py`. */
function isNameOfFloatingIp({type, name}: Row, scope: Scope): boolean {
  const reversed = type === 'PTR' ? /^((?:\d{1,3}\.){4})in-addr\.arpa\.$/i.exec(name)?.[1] : undefined;
  if (reversed === undefined) return false;
  const address = reversed.split('.').slice(0, 4).reverse().join('.');
  return scope.by(floatingIpNames, 'address', address).some(({ptrdname}) => Boolean(ptrdname));
}

const r = from<Row>();

export const recordset = define<Row, Properties>()({
  kind: 'recordset',
  section: 'DNS',
  heat: 'OS::Designate::RecordSet',
  list: {
    service: 'dns',
    path: 'recordsets',
    key: 'recordsets',
    names: names({zone_id: 'zone'}),
  },
  where,
  under: row => new Ref(zones.kind, row.zone_id),
  properties: {
    zone: r.ref(zones, 'zone_id'),
    name: r.derive('name', followed),
    type: r.make(['type', 'name', 'records', 'ttl', 'description', 'zone_id'], (row, scope) => {
      if (heatTypes.has(row.type)) return row.type;
      scope.step({
        when: 'after',
        fields: ['type'],
        title: `make the ${row.type} records of ${row.name}`,
        command: command(
          'recordset create',
          ['--type', row.type],
          row.records.flatMap(record => [
            '--record',
            naming.has(row.type) ? followed(record, scope) : record,
          ]),
          row.ttl === null ? [] : ['--ttl', String(row.ttl)],
          row.description ? ['--description', row.description] : [],
          operands(new Ref(zones.kind, row.zone_id), followed(row.name, scope)),
        ),
      });
      return undefined as never;
    }),
    records: r.make(['records', 'type'], (row, scope) =>
      row.records.toSorted().map(record => {
        if (row.type === 'A' || row.type === 'AAAA') return targetAddress(record, scope);
        return naming.has(row.type) ? followed(record, scope) : record;
      }),
    ),
    ttl: r.some('ttl'),
    description: r.some('description'),
  },
  addresses: {follows: ['records']},
  unordered: ['records'],
  compares: {
    name: (row, scope) => lasting(row.name, scope),
    records: (row, scope) =>
      row.records.map(record => {
        if (row.type === 'A' || row.type === 'AAAA') return addressOwner(record, scope);
        return naming.has(row.type) ? lasting(record, scope) : record;
      }),
  },
  ignores: {...serverMade, zone_name: 'elsewhere'},
  example: {
    row: {
      id: 'rs1',
      project_id: 'p1',
      zone_id: 'z1',
      zone_name: 'example.org.',
      name: 'mail.example.org.',
      type: 'MX',
      records: ['20 mx.example.net.', '10 mx.example.org.'],
      ttl: 300,
      description: 'post',
      status: 'ACTIVE',
      action: 'NONE',
    },
    with: {
      zone: [
        {
          id: 'z1',
          project_id: 'p1',
          name: 'example.org.',
          type: 'PRIMARY',
          email: 'hostmaster@example.org',
          ttl: 600,
          masters: [],
          status: 'ACTIVE',
          action: 'NONE',
        },
      ],
    },
    emits: {
      zone: {get_resource: 'zone:z1'},
      name: {join: ['mail.', {given: 'example.org.'}]},
      type: 'MX',
      records: [{join: ['10 mx.', {given: 'example.org.'}]}, '20 mx.example.net.'],
      ttl: 300,
      description: 'post',
    },
  },
  moreExamples: [
    {
      row: {
        id: 'rs2',
        project_id: 'p1',
        zone_id: 'z9',
        zone_name: 'shared.example.',
        name: 'www.shared.example.',
        type: 'A',
        records: ['203.0.113.7'],
        ttl: null,
        description: null,
        status: 'ACTIVE',
        action: 'NONE',
      },
      with: {
        floating_ip: [
          {
            id: 'f1',
            project_id: 'p1',
            floating_ip_address: '203.0.113.7',
            floating_network_id: 'n9',
            port_id: null,
            fixed_ip_address: null,
          },
        ],
      },
      emits: {
        zone: {get_param: 'zone:z9'},
        name: 'www.shared.example.',
        type: 'A',
        records: [{get_attr: ['floating_ip:f1', 'floating_ip_address']}],
      },
    },
    {
      row: {
        id: 'rs3',
        project_id: 'p1',
        zone_id: 'z1',
        zone_name: 'example.org.',
        name: 'example.org.',
        type: 'CAA',
        records: ['0 issue ca.example'],
        ttl: null,
        description: null,
        status: 'ACTIVE',
        action: 'NONE',
      },
      place: 'step',
      emits: {},
    },
  ],
});
