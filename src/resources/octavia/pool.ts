import {define, from, lost, type Scope} from '../../model/define.ts';
import {names} from '../../model/names.ts';
import {Ref} from '../../model/value.ts';
import {exampleBalancer} from './example-rows.ts';
import {loadBalancer} from './load-balancer.ts';
import {placeOn, serverMade, setAfterwards, Words, type Common, type IdOnly} from './shared.ts';
import {containerOf, tlsWords, type Tls} from './tls.ts';

interface Persistence {
  readonly type: string;
  readonly cookie_name?: string | null;
  readonly persistence_timeout?: number | null;
  readonly persistence_granularity?: string | null;
}

/** Answered by Octavia; proof: octavia `api/v2/types/pool.py`, `PoolResponse`. */
export interface PoolRow extends Common, Tls {
  readonly name: string;
  readonly description: string;
  readonly protocol: string;
  readonly lb_algorithm: string;
  readonly session_persistence: Persistence | null;
  readonly loadbalancers: readonly IdOnly[];
  readonly listeners: readonly IdOnly[];
  readonly members: readonly IdOnly[];
  readonly healthmonitor_id?: string | null;
  readonly tls_enabled?: boolean;
  readonly tls_container_ref?: string | null;
  readonly ca_tls_container_ref?: string | null;
  readonly crl_container_ref?: string | null;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/octavia/pool.py`, `properties_schema`. */
interface Properties {
  readonly loadbalancer?: Ref<'load_balancer'>;
  readonly name: string;
  readonly description?: string;
  readonly protocol: string;
  readonly lb_algorithm: string;
  readonly session_persistence?: {readonly type: string; readonly cookie_name: string | undefined};
  readonly tls_enabled?: boolean;
  readonly admin_state_up?: boolean;
}

/** Octavia knows more: PROXYV2, SCTP. */
const KNOWN = new Set(['TCP', 'HTTP', 'HTTPS', 'TERMINATED_HTTPS', 'PROXY', 'UDP']);

type Settings = Pick<
  PoolRow,
  'id' | 'session_persistence' | 'tags' | 'tls_enabled' | keyof Tls | 'tls_container_ref'
> &
  Pick<PoolRow, 'ca_tls_container_ref' | 'crl_container_ref'>;

function wordsFor(row: Settings, scope: Scope): Words {
  const words = new Words();
  const {
    type,
    persistence_timeout: timeout,
    persistence_granularity: granularity,
  } = row.session_persistence ?? {};
  if (type !== undefined && (timeout || granularity)) {
    const parts = [`type=${type}`];
    if (timeout) parts.push(`persistence_timeout=${timeout}`);
    if (granularity) parts.push(`persistence_granularity=${granularity}`);
    words.add('session_persistence', `--session-persistence=${parts.join()}`);
  }
  for (const field of ['tls_container_ref', 'ca_tls_container_ref', 'crl_container_ref'] as const) {
    const container = containerOf(row[field], scope);
    if (container !== undefined) words.add(field, `--${field.replaceAll('_', '-')}`, container);
  }
  if (row.tls_enabled === true) tlsWords(row, words);
  return words.each('tags', '--tag', row.tags);
}

const r = from<PoolRow>();

/** Never by its listener: a listener names its default pool, and both would be a circle. */
export const pool = define<PoolRow, Properties>()({
  kind: 'pool',
  section: 'Load balancers',
  heat: 'OS::Octavia::Pool',
  list: {
    service: 'load-balancer',
    path: 'lbaas/pools',
    key: 'pools',
    ours: true,
    names: names({
      'loadbalancers.id': 'load_balancer',
      'listeners.id': 'listener',
      'members.id': 'member',
      healthmonitor_id: 'health_monitor',
    }),
  },
  outside: {constraint: 'octavia.pool', prefix: 'pool'},
  where: (row, scope) => {
    const place = scope.place(loadBalancer, row.loadbalancers[0]?.id ?? '');
    const found = placeOn(row, scope, {what: 'load balancer', place});
    return found.as === 'resource' && !KNOWN.has(row.protocol)
      ? lost(`Heat knows no ${row.protocol}: openstack loadbalancer pool create --protocol ${row.protocol}`)
      : found;
  },
  label: (row, scope) => {
    const parent = scope.row(loadBalancer, row.loadbalancers[0]?.id)?.name;
    return parent ? `${parent}_pool` : '';
  },
  under: row =>
    row.loadbalancers[0] === undefined ? undefined : new Ref('load_balancer', row.loadbalancers[0].id),
  properties: {
    loadbalancer: r.derive('loadbalancers', ([on]) =>
      on === undefined ? undefined : new Ref(loadBalancer.kind, on.id),
    ),
    name: r.make(
      [
        'name',
        'tags',
        'session_persistence',
        'tls_enabled',
        'tls_ciphers',
        'tls_versions',
        'alpn_protocols',
        'tls_container_ref',
        'ca_tls_container_ref',
        'crl_container_ref',
      ],
      (row, scope) => {
        setAfterwards(scope, wordsFor(row, scope), {what: 'pool', of: [new Ref('pool', row.id)]});
        return row.name;
      },
    ),
    description: r.some('description'),
    protocol: r.copy('protocol'),
    lb_algorithm: r.copy('lb_algorithm'),
    session_persistence: r.derive('session_persistence', value =>
      value ? {type: value.type, cookie_name: value.cookie_name ?? undefined} : undefined,
    ),
    tls_enabled: r.unless('tls_enabled', false),
    admin_state_up: r.unless('admin_state_up', true),
  },
  compares: {
    tls_container_ref: (row, scope) => containerOf(row.tls_container_ref, scope),
    ca_tls_container_ref: (row, scope) => containerOf(row.ca_tls_container_ref, scope),
    crl_container_ref: (row, scope) => containerOf(row.crl_container_ref, scope),
  },
  unordered: ['tags', 'listeners', 'members', 'tls_versions', 'alpn_protocols'],
  ignores: {
    ...serverMade,
    listeners: 'elsewhere',
    members: 'elsewhere',
    healthmonitor_id: 'elsewhere',
  },
  example: {
    row: {
      id: 'pl1',
      project_id: 'p1',
      name: 'web',
      description: 'both servers',
      provisioning_status: 'ACTIVE',
      operating_status: 'ONLINE',
      admin_state_up: false,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      session_persistence: {
        type: 'APP_COOKIE',
        cookie_name: 'JSESSIONID',
        persistence_timeout: null,
        persistence_granularity: null,
      },
      loadbalancers: [{id: 'lb1'}],
      listeners: [{id: 'l1'}],
      members: [{id: 'm1'}],
      healthmonitor_id: 'h1',
      tags: ['blue'],
      tls_enabled: true,
      tls_container_ref: 'https://keys.test/v1/containers/11111111-1111-4111-8111-111111111111',
      ca_tls_container_ref: null,
      crl_container_ref: null,
      tls_ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384',
      tls_versions: ['TLSv1.3'],
      alpn_protocols: ['h2'],
    },
    with: {load_balancer: [exampleBalancer]},
    emits: {
      loadbalancer: {get_resource: 'load_balancer:lb1'},
      name: 'web',
      description: 'both servers',
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      session_persistence: {type: 'APP_COOKIE', cookie_name: 'JSESSIONID'},
      tls_enabled: true,
      admin_state_up: false,
    },
  },
});
