import {define, from, lost, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {names} from '../../model/names.ts';
import {Ref} from '../../model/value.ts';
import {command} from '../neutron/shared.ts';
import {exampleBalancer, examplePool} from './example-rows.ts';
import {pool} from './pool.ts';
import {placeOn, serverMade, setAfterwards, Words, type Common, type IdOnly} from './shared.ts';

/** Answered by Octavia; proof: octavia `api/v2/types/health_monitor.py`, `HealthMonitorResponse`. */
interface Row extends Common {
  readonly name: string;
  readonly type: string;
  readonly delay: number;
  readonly timeout: number;
  readonly max_retries: number;
  readonly max_retries_down: number;
  readonly http_method: string | null;
  readonly url_path: string | null;
  readonly expected_codes: string | null;
  readonly http_version?: number | null;
  readonly domain_name?: string | null;
  readonly pools: readonly IdOnly[];
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/octavia/health_monitor.py`, `properties_schema`. */
interface Properties {
  readonly pool?: Ref<'pool'>;
  readonly type: string;
  readonly delay: number;
  readonly timeout: number;
  readonly max_retries: number;
  readonly http_method?: string;
  readonly url_path?: string;
  readonly expected_codes?: string;
  readonly admin_state_up?: boolean;
}

/** Octavia knows more: TLS-HELLO, SCTP. */
const KNOWN = new Set(['PING', 'TCP', 'HTTP', 'HTTPS', 'UDP-CONNECT']);

type Settings = Pick<Row, 'name' | 'max_retries_down' | 'http_version' | 'domain_name' | 'tags'>;

function wordsFor(row: Settings, scope: Scope): Words {
  const words = new Words().unless('name', '--name', row.name);
  // Proof: python-octaviaclient `osc/v2/health_monitor.py`, choices.
  if (row.max_retries_down > 9) scope.lose('max_retries_down', 'the client takes no more than 9');
  else words.unless('max_retries_down', '--max-retries-down', row.max_retries_down, 3);
  words.unless('http_version', '--http-version', row.http_version?.toFixed(1));
  words.unless('domain_name', '--domain-name', row.domain_name);
  return words.each('tags', '--tag', row.tags);
}

/** What Heat has no word for is made by one command. */
function create(row: Row, on: string, scope: Scope): Place {
  if (row.max_retries > 9)
    return lost('Heat knows no such type, and the client takes no more than 9 retries');
  scope.step({
    when: 'after',
    fields: ['*'],
    title: 'create a health monitor that Heat has no word for',
    command: command(
      'loadbalancer healthmonitor create --wait',
      `--type=${row.type}`,
      `--delay=${row.delay}`,
      `--timeout=${row.timeout}`,
      `--max-retries=${row.max_retries}`,
      row.admin_state_up ? [] : ['--disable'],
      wordsFor(row, scope).words,
      new Ref(pool.kind, on),
    ),
  });
  return {as: 'step'};
}

const r = from<Row>();

export const healthMonitor = define<Row, Properties>()({
  kind: 'health_monitor',
  section: 'Load balancers',
  heat: 'OS::Octavia::HealthMonitor',
  list: {
    service: 'load-balancer',
    path: 'lbaas/healthmonitors',
    key: 'healthmonitors',
    ours: true,
    names: names({'pools.id': 'pool'}),
  },
  where: (row, scope) => {
    const on = row.pools[0]?.id ?? '';
    const place = placeOn(row, scope, {what: 'pool', place: scope.place(pool, on)});
    return place.as === 'resource' && !KNOWN.has(row.type) ? create(row, on, scope) : place;
  },
  label: (row, scope) => {
    const parent = scope.row(pool, row.pools[0]?.id)?.name;
    return parent ? `${parent}_monitor` : '';
  },
  under: row => (row.pools[0] === undefined ? undefined : new Ref('pool', row.pools[0].id)),
  properties: {
    pool: r.derive('pools', ([on]) => (on === undefined ? undefined : new Ref(pool.kind, on.id))),
    type: r.make(
      ['type', 'name', 'max_retries_down', 'http_version', 'domain_name', 'tags'],
      (row, scope) => {
        if (scope.place(healthMonitor, row.id)?.as === 'resource') {
          const of = [new Ref('health_monitor', row.id)];
          setAfterwards(scope, wordsFor(row, scope), {what: 'health monitor', of});
        }
        return row.type;
      },
    ),
    delay: r.copy('delay'),
    timeout: r.copy('timeout'),
    max_retries: r.copy('max_retries'),
    // Proof: octavia `common/constants.py`, HEALTH_MONITOR_DEFAULT_* and HEALTH_MONITOR_HTTP_DEFAULT_METHOD.
    http_method: r.unless('http_method', 'GET'),
    url_path: r.unless('url_path', '/'),
    expected_codes: r.unless('expected_codes', '200'),
    admin_state_up: r.unless('admin_state_up', true),
  },
  unordered: ['tags'],
  ignores: serverMade,
  example: {
    row: {
      id: 'h1',
      project_id: 'p1',
      name: 'front page',
      provisioning_status: 'ACTIVE',
      operating_status: 'ONLINE',
      admin_state_up: false,
      type: 'HTTP',
      delay: 7,
      timeout: 3,
      max_retries: 2,
      max_retries_down: 5,
      http_method: 'HEAD',
      url_path: '/health',
      expected_codes: '200,204',
      http_version: 1.1,
      domain_name: 'www.example.org',
      pools: [{id: 'pl1'}],
      tags: ['slow'],
    },
    with: {
      load_balancer: [exampleBalancer],
      pool: [examplePool],
    },
    emits: {
      pool: {get_resource: 'pool:pl1'},
      type: 'HTTP',
      delay: 7,
      timeout: 3,
      max_retries: 2,
      http_method: 'HEAD',
      url_path: '/health',
      expected_codes: '200,204',
      admin_state_up: false,
    },
  },
});
