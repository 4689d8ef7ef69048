import {define, from, lost, resource, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ask, Given} from '../../model/value.ts';
import {foreign, isOurs} from '../neutron/shared.ts';

interface Reservation {
  readonly id?: string;
  readonly resource_type: string;
  readonly min?: number;
  readonly max?: number;
  readonly hypervisor_properties?: string | null;
  readonly resource_properties?: string | null;
  readonly before_end?: string | null;
  readonly amount?: number;
  readonly vcpus?: number;
  readonly memory_mb?: number;
  readonly disk_gb?: number;
  readonly affinity?: boolean | null;
}

interface LeaseEvent {
  readonly id?: string;
  readonly event_type: string;
  readonly time: string;
}

/** Answered by Blazar; proof: blazar `db/sqlalchemy/models.py`, `Lease.to_dict` and what it holds. */
interface Row {
  readonly id: string;
  readonly name: string;
  /** In UTC, as `2026-12-24T18:00:00.000000`. */
  readonly start_date: string;
  readonly end_date: string;
  readonly reservations: readonly Reservation[];
  readonly events?: readonly LeaseEvent[];
  readonly status?: string | null;
  readonly degraded?: boolean;
  readonly trust_id?: string | null;
  readonly user_id?: string | null;
  readonly project_id: string;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/blazar/lease.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly start_date: Given | Ask;
  readonly end_date: Given;
  readonly before_end_date?: Given;
  readonly reservations: readonly Readonly<Record<string, string | number | boolean>>[];
}

const BOTH = ['resource_type', 'resource_properties'] as const;
/** Heat sends each kind its own keys and drops the others; proof: `_parse_reservation`. */
const KEYS: ReadonlyMap<string, readonly (keyof Reservation)[]> = new Map<
  string,
  readonly (keyof Reservation)[]
>([
  ['physical:host', [...BOTH, 'min', 'max', 'hypervisor_properties', 'before_end']],
  ['virtual:instance', [...BOTH, 'amount', 'vcpus', 'memory_mb', 'disk_gb', 'affinity']],
]);

function reservationsOf(row: Pick<Row, 'reservations'>): Properties['reservations'] {
  return row.reservations.map(reservation => {
    const said: Record<string, string | number | boolean> = {};
    for (const key of KEYS.get(reservation.resource_type) ?? BOTH) {
      const value = reservation[key];
      const standard = key === 'before_end' ? 'default' : key === 'affinity' ? false : '';
      if (value !== null && value !== undefined && value !== standard) said[key] = value;
    }
    return said;
  });
}

/** As Heat and Blazar want it. */
function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

function time(row: Pick<Row, 'id' | 'name'>, prefix: string, value: string, what: string): Given {
  return new Given(`${prefix}:${row.id}`, {
    prefix,
    label: row.name,
    description: `When the lease ${row.name} ${what}, in UTC; must be in the future`,
    value: minute(value),
  });
}

/** When it warns of its end, where that is not the hour before that Blazar chooses. */
function warning({end_date, events = []}: Pick<Row, 'end_date' | 'events'>): string | undefined {
  const found = events.find(({event_type}) => event_type === 'before_end_lease')?.time;
  if (found === undefined) return undefined;
  const ahead = Date.parse(`${minute(end_date)}Z`) - Date.parse(`${minute(found)}Z`);
  return ahead === 60 * 60 * 1000 ? undefined : found;
}

function where(row: Row, scope: Scope): Place {
  if (!isOurs(row, scope)) return foreign;
  const status = row.status ?? '';
  if (['TERMINATED', 'ERROR', 'DELETING'].includes(status)) return lost(`${status}: it is over, or broke`);
  const unknown = row.reservations.find(({resource_type}) => !KEYS.has(resource_type));
  if (unknown !== undefined) return lost(`Heat knows no reservations of ${unknown.resource_type}`);
  return resource;
}

const r = from<Row>();

export const lease = define<Row, Properties>()({
  kind: 'lease',
  section: 'Leases',
  heat: 'OS::Blazar::Lease',
  modelled: true,
  list: {service: 'reservation', path: 'leases', key: 'leases'},
  where,
  properties: {
    name: r.copy('name'),
    start_date: r.make(['start_date', 'name', 'status'], (row, scope) => {
      if (row.status === 'PENDING') return time(row, 'lease_start', row.start_date, 'begins');
      scope.lose(
        'start_date',
        'it has begun, and Blazar takes no time in the past: the parameter takes a new one',
      );
      return new Ask('lease_start', `When the lease ${row.name} begins, in UTC, as 2030-01-31 08:00`);
    }),
    end_date: r.make(['end_date', 'name'], row => time(row, 'lease_end', row.end_date, 'ends')),
    before_end_date: r.make(['events', 'end_date', 'name'], row => {
      const found = warning(row);
      return found === undefined ? undefined : time(row, 'lease_warning', found, 'warns of its end');
    }),
    reservations: r.make(['reservations'], (row, scope) => {
      if (
        row.reservations.some(
          ({resource_type, affinity}) => resource_type === 'virtual:instance' && affinity === null,
        )
      )
        scope.lose('reservations.affinity', 'Heat takes no null for any host: they are kept apart');
      return reservationsOf(row);
    }),
  },
  compares: {
    events: warning,
    reservations: reservationsOf,
    status: () => undefined,
  },
  ignores: {
    degraded: 'read-only',
    trust_id: 'read-only',
    user_id: 'read-only',
    project_id: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'l1',
      name: 'fair',
      start_date: '2026-12-24T18:00:00.000000',
      end_date: '2026-12-27T18:00:00.000000',
      reservations: [
        {
          id: 'rs1',
          resource_type: 'physical:host',
          min: 1,
          max: 2,
          hypervisor_properties: '[">=", "$vcpus", "4"]',
          resource_properties: '["==", "$gpu", "true"]',
          before_end: 'snapshot',
        },
        {
          id: 'rs2',
          resource_type: 'virtual:instance',
          amount: 3,
          vcpus: 2,
          memory_mb: 2048,
          disk_gb: 20,
          affinity: true,
          resource_properties: '',
        },
      ],
      events: [
        {id: 'e1', event_type: 'start_lease', time: '2026-12-24T18:00:00.000000'},
        {id: 'e2', event_type: 'end_lease', time: '2026-12-27T18:00:00.000000'},
        {id: 'e3', event_type: 'before_end_lease', time: '2026-12-27T12:00:00.000000'},
      ],
      status: 'PENDING',
      degraded: false,
      trust_id: 'tr1',
      user_id: 'u1',
      project_id: 'p1',
      created_at: '2026-01-01 00:00:00',
      updated_at: null,
    },
    emits: {
      name: 'fair',
      start_date: {given: '2026-12-24 18:00'},
      end_date: {given: '2026-12-27 18:00'},
      before_end_date: {given: '2026-12-27 12:00'},
      reservations: [
        {
          resource_type: 'physical:host',
          resource_properties: '["==", "$gpu", "true"]',
          min: 1,
          max: 2,
          hypervisor_properties: '[">=", "$vcpus", "4"]',
          before_end: 'snapshot',
        },
        {
          resource_type: 'virtual:instance',
          amount: 3,
          vcpus: 2,
          memory_mb: 2048,
          disk_gb: 20,
          affinity: true,
        },
      ],
    },
  },
});
