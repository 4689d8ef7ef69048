/** A small cloud of its own for verify's tests: types with every sort of field, and ways to copy and damage a project. */
import {existing, parts, resource, type AnySpec, type Scope, type Source} from '../../src/model/define.ts';
import type {Row} from '../../src/model/inventory.ts';
import {isPlainObject, Ref} from '../../src/model/value.ts';
import {relate, type Related} from '../../src/relate/index.ts';
import {compareGraphs, type CompareOptions, type Comparison} from '../../src/verify/index.ts';
import {inventoryOf} from '../support/inventory.ts';

export type Rows = Readonly<Record<string, readonly Row[]>>;

type Fill = (row: Row, scope: Scope) => unknown;

function from(reads: readonly string[], make: Fill): Source<string, unknown> {
  return {reads, make: make};
}
function copy(field: string): Source<string, unknown> {
  return from([field], row => row[field] ?? undefined);
}
function ref(kind: string, field: string): Source<string, unknown> {
  return from([field], row => refOf(kind, row[field]));
}
function refs(kind: string, field: string): Source<string, unknown> {
  return from([field], row => ((row[field] ?? []) as readonly unknown[]).map(id => refOf(kind, id)));
}
function refOf(kind: string, id: unknown): Ref | undefined {
  return typeof id === 'string' && id !== '' ? new Ref(kind, id) : undefined;
}

type Rest = Partial<AnySpec> & Pick<AnySpec, 'properties'>;

function spec(kind: string, rest: Rest): AnySpec {
  const ignores = {project_id: 'read-only', ...rest.ignores} as AnySpec['ignores'];
  return {
    kind,
    section: 'Things',
    heat: `OS::Test::${kind}`,
    example: {row: {}, emits: {}},
    ...rest,
    ignores,
  };
}

export const specs: readonly AnySpec[] = [
  spec('keypair', {
    optional: {property: 'name', why: 'it is the user’s'},
    properties: {name: copy('name'), public_key: copy('public_key')},
  }),
  spec('network', {
    properties: {name: copy('name'), value_specs: copy('mtu')},
    ignores: {subnets: 'elsewhere', description: {lossy: 'no property', neutral: ['-']}},
  }),
  spec('subnet', {
    properties: {
      name: copy('name'),
      network: ref('network', 'network_id'),
      cidr: copy('cidr'),
      dns_nameservers: copy('dns_nameservers'),
      tags: copy('tags'),
    },
    under: (row: Row) => new Ref('network', String(row['network_id'])),
    unordered: ['tags'],
  }),
  spec('group', {
    where: (row: Row) => (row['name'] === 'default' ? existing : resource),
    properties: {name: copy('name'), rules: copy('rules')},
  }),
  spec('rule', {
    parts: parts<string, Row, Row>({kind: 'group'}, row => (row['rules'] ?? []) as readonly Row[]),
    where: (row: Row) => ({as: 'part', of: new Ref('group', String(row['group_id']))}),
    properties: {
      group: ref('group', 'group_id'),
      port: copy('port'),
      remote_group: ref('group', 'remote_group_id'),
    },
  }),
  spec('port', {
    properties: {
      name: copy('name'),
      network: ref('network', 'network_id'),
      fixed_ips: from(['fixed_ips'], row =>
        ((row['fixed_ips'] ?? []) as readonly Row[]).map(ip => ({
          subnet: refOf('subnet', ip['subnet_id']),
          ip_address: ip['ip_address'],
        })),
      ),
      groups: refs('group', 'groups'),
    },
    ignores: {device_id: 'elsewhere', mac: {lossy: 'may clash', neutral: []}},
    unordered: ['fixed_ips', 'groups'],
  }),
  spec('volume', {
    properties: {name: copy('name'), size: copy('size'), source: ref('volume', 'source_volid')},
  }),
  spec('server', {
    properties: {
      name: copy('name'),
      flavor: ref('flavor', 'flavor'),
      key_name: ref('keypair', 'key_name'),
      metadata: copy('metadata'),
      networks: refs('port', 'nics'),
      volumes: refs('volume', 'volumes'),
    },
    ignores: {
      description: {stepwise: () => undefined},
      created: 'read-only',
    } as unknown as AnySpec['ignores'],
    compares: {created: () => undefined},
  }),
  {
    kind: 'flavor',
    section: 'Things',
    heat: undefined,
    properties: {},
    ignores: {},
    outside: {prefix: 'flavor'},
    example: {row: {}, emits: {}},
  },
];

const byKind = new Map(specs.map(one => [one.kind, one]));
export const specOf = (kind: string): AnySpec | undefined => byKind.get(kind);

export function uuid(kind: string, number: number): string {
  const hex = Buffer.from(kind).toString('hex').slice(0, 8).padEnd(8, '0');
  return `${hex}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function related(rows: Rows, project = 'p1'): Related {
  return relate(
    inventoryOf(rows, {
      source: {
        auth_host: 'k',
        region: null,
        project: {id: project, name: project},
        user_id: `u-${project}`,
        roles: [],
      },
    }),
    {specs},
  );
}

/** The rows as another cloud would answer them: new ids, another project, any order. */
export function cloned(rows: Rows, pick: (below: number) => number = () => 0): Rows {
  const ids = new Map<string, string>([['p1', 'p2']]);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isPlainObject(value)) {
      const {id} = value;
      if (typeof id === 'string' && id.length === 36 && !ids.has(id)) {
        const number = (pick(1_000_000) * 7919 + ids.size) % 1_000_000_007;
        ids.set(
          id,
          `${String(ids.size).padStart(8, '0')}-ffff-4fff-8fff-${number.toString(16).padStart(12, '0')}`,
        );
      }
      for (const item of Object.values(value)) visit(item);
    }
  };
  visit(rows);
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map(change);
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
  };
  const copies = change(rows) as Record<string, Row[]>;
  for (const list of Object.values(copies)) {
    for (let at = list.length - 1; at > 0; at--) {
      const to = pick(at + 1);
      [list[at], list[to]] = [list[to] as Row, list[at] as Row];
    }
  }
  return copies;
}

export function compared(source: Rows, clone: Rows, options: CompareOptions = {}): Comparison {
  return compareGraphs(related(source, 'p1'), related(clone, 'p2'), {specs, ...options});
}

/** `kind field`, or `what kind`, of each difference. */
export function brief({differences}: Comparison): readonly string[] {
  return differences.map(({what, kind, field}) =>
    what === 'changed' ? `${kind} ${field}` : `${what} ${kind}`,
  );
}
