/** Octavia's commands. Proof: octaviaclient `osc/v2/utils.py`, `get_*_attrs`. */
import {RekindleError} from '../../../model/errors.ts';
import {type Fields, word} from '../../../model/json.ts';
import {type Command, integer, type Option, pairs, text, texts, unheard, yes} from '../command.ts';
import {type Collection, type Effect, type Hands, making, setting, tagsWith} from '../effect.ts';

function octavia(path: string, row: string, noun: string): Collection {
  return {service: 'load-balancer', path: `lbaas/${path}`, rows: path.split('/').at(-1) ?? path, row, noun};
}

const loadBalancers = octavia('loadbalancers', 'loadbalancer', 'load balancer');
const listeners = octavia('listeners', 'listener', 'listener');
const pools = octavia('pools', 'pool', 'pool');
const monitors = octavia('healthmonitors', 'healthmonitor', 'health monitor');
const policies = octavia('l7policies', 'l7policy', 'L7 policy');
const qosPolicies: Collection = {
  service: 'network',
  path: 'qos/policies',
  rows: 'policies',
  row: 'policy',
  noun: 'QoS policy',
};

/** So long a load balancer may be at another change, in milliseconds. */
const patience = 300_000;

/** Octavia takes one change of a load balancer at a time, and answers 409 meanwhile. */
async function patiently(hands: Hands, change: () => Promise<void>): Promise<void> {
  const began = hands.clock.now();
  for (;;) {
    try {
      await change();
      return;
    } catch (error) {
      const busy =
        error instanceof RekindleError && error.origin.status === 409 && /immutable/i.test(error.message);
      if (!busy || hands.clock.now() - began > patience) throw error;
      await hands.clock.sleep(1000, hands.signal);
      if (hands.signal?.aborted === true) throw error;
    }
  }
}

async function settled(hands: Hands, collection: Collection, id: string): Promise<void> {
  const began = hands.clock.now();
  for (;;) {
    const status = String((await hands.get(collection, id))['provisioning_status']);
    if (status === 'ACTIVE') return;
    if (status === 'ERROR' || hands.clock.now() - began > patience)
      throw new RekindleError('stack-failed', `the ${collection.noun} is ${status}`, {
        service: 'load-balancer',
      });
    if (hands.signal?.aborted === true) throw new RekindleError('aborted', 'Interrupted while Octavia works');
    await hands.clock.sleep(1000, hands.signal);
  }
}

async function changing(
  hands: Hands,
  collection: Collection,
  id: string,
  {tags, ...body}: Fields,
): Promise<Effect> {
  const all = Array.isArray(tags) ? {tags: await tagsWith(hands, collection, id, tags as string[])} : {};
  const effect = setting(hands, collection, id, {...body, ...all});
  return {
    isSo: effect.isSo,
    async apply() {
      await patiently(hands, effect.apply);
      await settled(hands, collection, id);
    },
  };
}

function creating(
  hands: Hands,
  collection: Collection,
  body: Fields,
  options: {readonly like?: Fields; readonly outlives?: boolean} = {},
): Effect {
  let id = '';
  const effect = making(
    hands,
    collection,
    {admin_state_up: true, ...body},
    {
      ...options,
      made: made => {
        id = made;
      },
      async remove(old) {
        await patiently(hands, async () => {
          await hands.call('load-balancer', 'DELETE', `${collection.path}/${old}`, {accept: [404]});
        });
        // Gone, and its load balancer free again.
        const began = hands.clock.now();
        while ((await hands.list(collection)).some(row => row['id'] === old)) {
          if (hands.clock.now() - began > patience)
            throw new RekindleError('timeout', `the ${collection.noun} is still being deleted after 300 s`);
          await hands.clock.sleep(1000, hands.signal);
        }
      },
    },
  );
  return {
    ...effect,
    async apply() {
      await patiently(hands, effect.apply);
      await settled(hands, collection, id);
    },
  };
}

const common = {
  '--wait': unheard,
  '--name': text('name'),
  '--description': text('description'),
  '--tag': texts('tags'),
};

const tls = {
  '--tls-ciphers': text('tls_ciphers'),
  '--tls-version': texts('tls_versions'),
  '--alpn-protocol': texts('alpn_protocols'),
} as const;

const listenerOptions: Readonly<Record<string, Option>> = {
  ...common,
  ...tls,
  '--insert-headers': pairs('insert_headers'),
  '--timeout-client-data': integer('timeout_client_data'),
  '--timeout-member-connect': integer('timeout_member_connect'),
  '--timeout-member-data': integer('timeout_member_data'),
  '--timeout-tcp-inspect': integer('timeout_tcp_inspect'),
  '--client-ca-tls-container-ref': text('client_ca_tls_container_ref'),
  '--client-crl-container-ref': text('client_crl_container_ref'),
  '--client-authentication': text('client_authentication'),
  '--hsts-max-age': integer('hsts_max_age'),
  '--hsts-include-subdomains': yes('hsts_include_subdomains'),
  '--hsts-preload': yes('hsts_preload'),
};

/** Proof: octavia `api/root_controller.py`. */
const hsts = {version: '2.27'};
const listenerSince = {
  '--hsts-max-age': hsts,
  '--hsts-include-subdomains': hsts,
  '--hsts-preload': hsts,
} as const;

const monitorOptions: Readonly<Record<string, Option>> = {
  ...common,
  '--max-retries-down': integer('max_retries_down'),
  '--http-version': {
    flag: false,
    put(body, value) {
      body['http_version'] = Number(value);
    },
  },
  '--domain-name': text('domain_name'),
};

function set(
  name: string,
  options: Readonly<Record<string, Option>>,
  of: (operands: readonly string[]) => readonly [Collection, string],
  {operands = 1, since = {}}: {readonly operands?: number; readonly since?: Command['since']} = {},
): Command {
  return {
    name: `loadbalancer ${name}set`,
    service: 'load-balancer',
    since,
    options,
    operands,
    async effect({body, operands: words}, hands) {
      const [collection, id] = of(words);
      const policy = body['vip_qos_policy_id'];
      return changing(hands, collection, id, {
        ...body,
        ...(policy === undefined ? {} : {vip_qos_policy_id: await hands.idOf(qosPolicies, word(policy))}),
      });
    },
  };
}

const members = (pool: string): Collection => octavia(`pools/${pool}/members`, 'member', 'member');
const rulesOf = (policy: string): Collection => octavia(`l7policies/${policy}/rules`, 'rule', 'L7 rule');

export const loadBalancer: readonly Command[] = [
  set(
    '',
    {
      ...common,
      '--vip-qos-policy-id': text('vip_qos_policy_id'),
      '--vip-sg-id': texts('vip_sg_ids'),
    },
    ([id = '']) => [loadBalancers, id],
    {since: {'--vip-sg-id': {version: '2.29'}}},
  ),
  set('listener ', listenerOptions, ([id = '']) => [listeners, id], {since: listenerSince}),
  set(
    'pool ',
    {
      ...common,
      ...tls,
      '--session-persistence': pairs('session_persistence', (value, key) =>
        key === 'persistence_timeout' ? Number(value) : value,
      ),
      '--tls-container-ref': text('tls_container_ref'),
      '--ca-tls-container-ref': text('ca_tls_container_ref'),
      '--crl-container-ref': text('crl_container_ref'),
    },
    ([id = '']) => [pools, id],
  ),
  set(
    'member ',
    {...common, '--enable-backup': yes('backup')},
    ([pool = '', id = '']) => [members(pool), id],
    {operands: 2},
  ),
  set('healthmonitor ', monitorOptions, ([id = '']) => [monitors, id]),
  set(
    'l7policy ',
    {
      ...common,
      '--action': text('action'),
      '--redirect-prefix': text('redirect_prefix'),
      '--redirect-url': text('redirect_url'),
      '--redirect-http-code': integer('redirect_http_code'),
    },
    ([id = '']) => [policies, id],
  ),
  set('l7rule ', common, ([policy = '', id = '']) => [rulesOf(policy), id], {operands: 2}),
  {
    name: 'loadbalancer listener create',
    service: 'load-balancer',
    since: listenerSince,
    options: {
      ...listenerOptions,
      '--protocol': text('protocol'),
      '--protocol-port': integer('protocol_port'),
      '--connection-limit': integer('connection_limit'),
      '--allowed-cidr': texts('allowed_cidrs'),
      '--disable': yes('admin_state_up', false),
    },
    operands: 1,
    effect({body, operands: [on = '']}, hands) {
      const {protocol, protocol_port} = body;
      return creating(
        hands,
        listeners,
        {...body, loadbalancer_id: on},
        // Octavia deletes no load balancer that has one.
        {like: {loadbalancers: [{id: on}], protocol, protocol_port}, outlives: true},
      );
    },
  },
  {
    name: 'loadbalancer healthmonitor create',
    service: 'load-balancer',
    options: {
      ...monitorOptions,
      '--type': text('type'),
      '--delay': integer('delay'),
      '--timeout': integer('timeout'),
      '--max-retries': integer('max_retries'),
      '--disable': yes('admin_state_up', false),
    },
    operands: 1,
    effect: ({body, operands: [pool_id = '']}, hands) =>
      creating(hands, monitors, {...body, pool_id}, {like: {pools: [{id: pool_id}], type: body['type']}}),
  },
  {
    name: 'loadbalancer l7rule create',
    service: 'load-balancer',
    options: {
      ...common,
      '--type': text('type'),
      '--compare-type': text('compare_type'),
      '--value': text('value'),
      '--key': text('key'),
      '--invert': yes('invert'),
      '--disable': yes('admin_state_up', false),
    },
    operands: 1,
    effect: ({body, operands: [policy = '']}, hands) =>
      creating(hands, rulesOf(policy), {invert: false, ...body}),
  },
];
