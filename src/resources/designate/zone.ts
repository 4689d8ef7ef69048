import {define, from, lossy, resource, skipped} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {foreign, isOurs} from '../neutron/shared.ts';
import {followed, isBelow, lasting, type Name} from './names.ts';
import {recordset} from './recordset.ts';
import {gone, serverMade, zones, type Common} from './shared.ts';

/** Answered by Designate; proof: designate `objects/adapters/api_v2/zone.py`. */
interface Row extends Common {
  readonly type: string;
  readonly email: string | null;
  readonly ttl: number | null;
  readonly masters: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  /** Since 2024.1. */
  readonly shared?: boolean;
  readonly pool_id?: string;
  readonly serial?: number;
  readonly transferred_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/designate/zone.py`, `properties_schema`. */
interface Properties {
  readonly name: Name;
  readonly type?: string;
  readonly email?: string;
  readonly ttl?: number;
  readonly description?: string;
  readonly primaries?: readonly string[];
}

const r = from<Row>();

export const zone = define<Row, Properties>()({
  kind: 'zone',
  section: 'DNS',
  heat: 'OS::Designate::Zone',
  list: {service: 'dns', path: 'zones', key: 'zones'},
  outside: {constraint: 'designate.zone', prefix: 'zone'},
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    // Proof: designate `central/service.py`, `_create_catalog_zone`.
    if (row.type === 'CATALOG') return skipped('Designate makes it of the zones of a pool');
    return gone(row) ?? resource;
  },
  // A zone may be put into one of the same project, not around it; what is below its name moves in first, or never.
  after: (row, scope) => [
    ...scope
      .rows(zones)
      .filter(({name}) => isBelow(row.name, name))
      .map(({id}) => new Ref(zones.kind, id)),
    ...scope
      .rows(recordset)
      .filter(({name, zone_id: home}) => home !== row.id && (name === row.name || isBelow(name, row.name)))
      .filter(({zone_name: home}) => !isBelow(home, row.name))
      .map(({id}) => new Ref(recordset.kind, id)),
  ],
  properties: {
    name: r.derive('name', followed),
    type: r.unless('type', 'PRIMARY'),
    // What a secondary zone says besides comes from its primaries.
    email: r.make(['email', 'type'], row =>
      row.type === 'PRIMARY' && row.email !== null ? row.email : undefined,
    ),
    ttl: r.make(['ttl', 'type'], row => (row.type === 'PRIMARY' && row.ttl !== null ? row.ttl : undefined)),
    description: r.some('description'),
    primaries: r.some('masters'),
  },
  unordered: ['masters'],
  compares: {
    name: (row, scope) => {
      const name = lasting(row.name, scope);
      return name[0] === '' ? row.name : name;
    },
    email: row => (row.type === 'PRIMARY' ? row.email : undefined),
    ttl: row => (row.type === 'PRIMARY' ? row.ttl : undefined),
  },
  ignores: {
    ...serverMade,
    attributes: lossy("they choose among the cloud's own pools"),
    shared: lossy('with whom it is shared is not in the list: openstack zone share create'),
    pool_id: 'read-only',
    serial: 'read-only',
    transferred_at: 'read-only',
  },
  example: {
    row: {
      id: 'z1',
      project_id: 'p1',
      name: 'example.org.',
      type: 'PRIMARY',
      email: 'hostmaster@example.org',
      ttl: 600,
      description: 'the shop',
      masters: [],
      attributes: {},
      status: 'ACTIVE',
      action: 'NONE',
    },
    emits: {
      name: {given: 'example.org.'},
      email: 'hostmaster@example.org',
      ttl: 600,
      description: 'the shop',
    },
  },
  moreExamples: [
    {
      row: {
        id: 'z2',
        project_id: 'p1',
        name: 'lab.example.org.',
        type: 'SECONDARY',
        email: 'hostmaster@cloud.example',
        ttl: 3600,
        description: null,
        masters: ['192.0.2.1:5354', '192.0.2.2'],
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
        name: {join: ['lab.', {given: 'example.org.'}]},
        type: 'SECONDARY',
        primaries: ['192.0.2.1:5354', '192.0.2.2'],
      },
    },
  ],
});
