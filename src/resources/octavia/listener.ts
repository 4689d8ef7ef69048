import {define, from, isRebuilt, lost, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {names} from '../../model/names.ts';
import {Ref} from '../../model/value.ts';
import {exampleBalancer, examplePool} from './example-rows.ts';
import {command} from '../neutron/shared.ts';
import {loadBalancer} from './load-balancer.ts';
import {pool} from './pool.ts';
import {placeOn, serverMade, setAfterwards, Words, type Common, type IdOnly} from './shared.ts';
import {containerOf, containersOf, tlsWords, type Tls, type Container} from './tls.ts';

/** Answered by Octavia; proof: octavia `api/v2/types/listener.py`, `ListenerResponse`. */
interface Row extends Common, Tls {
  readonly name: string;
  readonly description: string;
  readonly protocol: string;
  readonly protocol_port: number;
  readonly connection_limit: number;
  readonly default_pool_id: string | null;
  readonly default_tls_container_ref: string | null;
  readonly sni_container_refs: readonly string[];
  readonly client_ca_tls_container_ref?: string | null;
  readonly client_authentication?: string;
  readonly client_crl_container_ref?: string | null;
  readonly insert_headers: Readonly<Record<string, string>> | null;
  readonly timeout_client_data?: number;
  readonly timeout_member_connect?: number;
  readonly timeout_member_data?: number;
  readonly timeout_tcp_inspect?: number;
  readonly allowed_cidrs?: readonly string[] | null;
  /** Since 2.27. */
  readonly hsts_max_age?: number | null;
  readonly hsts_preload?: boolean;
  readonly hsts_include_subdomains?: boolean;
  readonly loadbalancers: readonly IdOnly[];
  readonly l7policies: readonly IdOnly[];
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/octavia/listener.py`, `properties_schema`. */
interface Properties {
  readonly loadbalancer?: Ref<'load_balancer'>;
  readonly name: string;
  readonly description?: string;
  readonly protocol: string;
  readonly protocol_port: number;
  readonly default_pool?: Ref<'pool'>;
  readonly default_tls_container_ref?: Container;
  readonly sni_container_refs?: readonly Container[];
  readonly connection_limit?: number;
  readonly allowed_cidrs?: readonly string[];
  readonly admin_state_up?: boolean;
}

/** Octavia knows more: SCTP, PROMETHEUS. */
const KNOWN = new Set(['TCP', 'HTTP', 'HTTPS', 'TERMINATED_HTTPS', 'PROXY', 'UDP']);

/** In milliseconds; proof: octavia `common/config.py`, `haproxy_amphora`. */
const TIMEOUTS = [
  ['timeout_client_data', 50_000],
  ['timeout_member_connect', 5000],
  ['timeout_member_data', 50_000],
  ['timeout_tcp_inspect', 0],
] as const;

const SETTINGS = [
  'tags',
  'insert_headers',
  'timeout_client_data',
  'timeout_member_connect',
  'timeout_member_data',
  'timeout_tcp_inspect',
  'client_ca_tls_container_ref',
  'client_authentication',
  'client_crl_container_ref',
  'tls_ciphers',
  'tls_versions',
  'alpn_protocols',
] as const;

const HSTS = ['hsts_max_age', 'hsts_include_subdomains', 'hsts_preload'] as const;

/** Of what Heat has no property for. */
function wordsFor(row: Pick<Row, 'protocol' | (typeof SETTINGS)[number]>, scope: Scope): Words {
  const words = new Words();
  const headers = Object.entries(row.insert_headers ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (headers.flat().some(text => /[,=]/.test(text)))
    scope.lose('insert_headers', 'the client takes no header with a comma or an equals sign');
  else if (headers.length > 0)
    words.add('insert_headers', `--insert-headers=${headers.map(pair => pair.join('=')).join()}`);
  for (const [field, usual] of TIMEOUTS)
    words.unless(field, `--${field.replaceAll('_', '-')}`, row[field], usual);
  for (const field of ['client_ca_tls_container_ref', 'client_crl_container_ref'] as const) {
    const container = containerOf(row[field], scope);
    if (container !== undefined) words.add(field, `--${field.replaceAll('_', '-')}`, container);
  }
  words.unless('client_authentication', '--client-authentication', row.client_authentication, 'NONE');
  if (row.protocol === 'TERMINATED_HTTPS') tlsWords(row, words);
  return words.each('tags', '--tag', row.tags);
}

/** Octavia takes the other two only beside an age; proof: octavia `common/validate.py`, `check_hsts_options`. */
function hstsWords(row: Pick<Row, (typeof HSTS)[number]>): Words {
  const words = new Words().unless('hsts_max_age', '--hsts-max-age', row.hsts_max_age);
  if (row.hsts_include_subdomains === true) words.add('hsts_include_subdomains', '--hsts-include-subdomains');
  return row.hsts_preload === true ? words.add('hsts_preload', '--hsts-preload') : words;
}

/** What Heat has no word for and one command makes: it has neither a pool nor policies. */
function prometheus(row: Row, scope: Scope): Place {
  const [on] = row.loadbalancers;
  if (on === undefined || row.default_tls_container_ref || row.sni_container_refs.length > 0)
    return lost('Heat knows no PROMETHEUS: openstack loadbalancer listener create --protocol PROMETHEUS');
  scope.step({
    when: 'after',
    fields: ['*'],
    // Octavia deletes no load balancer that has one, so neither can Heat.
    title: 'create a listener that Heat has no word for; delete it before the stack',
    command: command(
      'loadbalancer listener create --wait --protocol PROMETHEUS',
      `--protocol-port=${row.protocol_port}`,
      row.name === '' ? [] : [`--name=${row.name}`],
      row.description === '' ? [] : [`--description=${row.description}`],
      row.connection_limit === -1 ? [] : [`--connection-limit=${row.connection_limit}`],
      (row.allowed_cidrs ?? []).toSorted().map(cidr => `--allowed-cidr=${cidr}`),
      row.admin_state_up ? [] : ['--disable'],
      wordsFor(row, scope).words,
      new Ref(loadBalancer.kind, on.id),
    ),
  });
  return {as: 'step'};
}

const r = from<Row>();

export const listener = define<Row, Properties>()({
  kind: 'listener',
  section: 'Load balancers',
  heat: 'OS::Octavia::Listener',
  list: {
    service: 'load-balancer',
    path: 'lbaas/listeners',
    key: 'listeners',
    ours: true,
    names: names({'loadbalancers.id': 'load_balancer', 'l7policies.id': 'l7policy', default_pool_id: 'pool'}),
  },
  outside: {constraint: 'octavia.listener', prefix: 'listener'},
  where: (row, scope) => {
    const on = scope.place(loadBalancer, row.loadbalancers[0]?.id ?? '');
    const place = placeOn(row, scope, {what: 'load balancer', place: on});
    if (place.as !== 'resource' || KNOWN.has(row.protocol)) return place;
    if (row.protocol === 'PROMETHEUS') return prometheus(row, scope);
    const {protocol} = row;
    return lost(`Heat knows no ${protocol}: openstack loadbalancer listener create --protocol ${protocol}`);
  },
  label: (row, scope) => {
    const parent = scope.row(loadBalancer, row.loadbalancers[0]?.id)?.name;
    return `${parent ? `${parent}_` : ''}${row.protocol.toLowerCase()}_${row.protocol_port}`;
  },
  under: row =>
    row.loadbalancers[0] === undefined ? undefined : new Ref('load_balancer', row.loadbalancers[0].id),
  properties: {
    loadbalancer: r.derive('loadbalancers', ([on]) =>
      on === undefined ? undefined : new Ref(loadBalancer.kind, on.id),
    ),
    name: r.make(['name', 'protocol', ...SETTINGS, ...HSTS], (row, scope) => {
      if (scope.place(listener, row.id)?.as === 'resource') {
        const of = [new Ref('listener', row.id)];
        setAfterwards(scope, wordsFor(row, scope), {what: 'listener', of});
        // By itself: what an older cloud refuses takes nothing else with it.
        setAfterwards(scope, hstsWords(row), {what: 'listener', of});
      }
      return row.name;
    }),
    description: r.some('description'),
    protocol: r.copy('protocol'),
    protocol_port: r.copy('protocol_port'),
    default_pool: r.derive('default_pool_id', (id, scope) => {
      if (id === null) return undefined;
      if (isRebuilt(scope.place(pool, id))) return new Ref(pool.kind, id);
      scope.lose('default_pool_id', 'its pool is not rebuilt by the template');
      return undefined;
    }),
    default_tls_container_ref: r.derive('default_tls_container_ref', containerOf),
    sni_container_refs: r.derive('sni_container_refs', (urls, scope) =>
      urls.length === 0 ? undefined : containersOf(urls, scope),
    ),
    connection_limit: r.unless('connection_limit', -1),
    allowed_cidrs: r.derive('allowed_cidrs', cidrs => (cidrs?.length ? cidrs.toSorted() : undefined)),
    admin_state_up: r.unless('admin_state_up', true),
  },
  compares: {
    default_tls_container_ref: (row, scope) => containerOf(row.default_tls_container_ref, scope),
    sni_container_refs: (row, scope) => containersOf(row.sni_container_refs, scope),
    client_ca_tls_container_ref: (row, scope) => containerOf(row.client_ca_tls_container_ref, scope),
    client_crl_container_ref: (row, scope) => containerOf(row.client_crl_container_ref, scope),
  },
  unordered: ['tags', 'l7policies', 'sni_container_refs', 'allowed_cidrs', 'tls_versions', 'alpn_protocols'],
  ignores: {
    ...serverMade,
    l7policies: 'elsewhere',
  },
  example: {
    row: {
      id: 'l1',
      project_id: 'p1',
      name: 'https',
      description: 'front',
      provisioning_status: 'ACTIVE',
      operating_status: 'ONLINE',
      admin_state_up: false,
      protocol: 'TERMINATED_HTTPS',
      protocol_port: 443,
      connection_limit: 500,
      default_pool_id: 'pl1',
      default_tls_container_ref: 'https://keys.test/v1/containers/11111111-1111-4111-8111-111111111111',
      sni_container_refs: [
        'https://keys.test/v1/containers/33333333-3333-4333-8333-333333333333',
        'https://keys.test/v1/containers/11111111-1111-4111-8111-111111111111',
      ],
      client_ca_tls_container_ref: 'https://keys.test/v1/secrets/44444444-4444-4444-8444-444444444444',
      client_authentication: 'MANDATORY',
      client_crl_container_ref: null,
      insert_headers: {'X-Forwarded-For': 'true'},
      timeout_client_data: 60000,
      timeout_member_connect: 4000,
      timeout_member_data: 70000,
      timeout_tcp_inspect: 20,
      allowed_cidrs: ['198.51.100.0/24', '10.0.0.0/8'],
      tls_ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384',
      tls_versions: ['TLSv1.3'],
      alpn_protocols: ['h2'],
      hsts_max_age: 31_536_000,
      hsts_include_subdomains: true,
      hsts_preload: true,
      loadbalancers: [{id: 'lb1'}],
      l7policies: [],
      tags: ['door'],
    },
    with: {
      load_balancer: [exampleBalancer],
      pool: [examplePool],
    },
    emits: {
      loadbalancer: {get_resource: 'load_balancer:lb1'},
      name: 'https',
      description: 'front',
      protocol: 'TERMINATED_HTTPS',
      protocol_port: 443,
      default_pool: {get_resource: 'pool:pl1'},
      default_tls_container_ref: {
        get_param: 'tls_container:https://keys.test/v1/containers/11111111-1111-4111-8111-111111111111',
      },
      sni_container_refs: [
        {get_param: 'tls_container:https://keys.test/v1/containers/11111111-1111-4111-8111-111111111111'},
        {get_param: 'tls_container:https://keys.test/v1/containers/33333333-3333-4333-8333-333333333333'},
      ],
      connection_limit: 500,
      allowed_cidrs: ['10.0.0.0/8', '198.51.100.0/24'],
      admin_state_up: false,
    },
  },
});
