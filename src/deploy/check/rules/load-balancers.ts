/** Load balancers. Proof: octavia `common/constants.py`, `api/v2/controllers`, ovn-octavia-provider `driver.py`. */
import {parseAddress} from '../../../model/cidr.ts';
import {text} from '../../../model/json.ts';
import {isInside, repeatsOf} from '../topology.ts';
import {isGiven, known, type Part, unknown, type View} from '../view.ts';
import {type Rule, together} from './rule.ts';

const vips: Rule = function* ({view, net, there}) {
  for (const {name: resource, properties} of view.of('OS::Octavia::LoadBalancer')) {
    const value = known(properties['vip_address']);
    const subnet = net.subnet(properties['vip_subnet']);
    const address = parseAddress(value ?? '');
    if (value !== undefined && value !== '' && subnet?.cidr !== undefined) {
      if (address === undefined || !isInside(address, subnet.cidr))
        yield {
          resource,
          property: 'vip_address',
          value,
          verdict: `is outside ${subnet.cidrText} of ${subnet.label}`,
          hint: 'take an address of that range, or leave it out',
        };
    }
    const provider = known(properties['provider']);
    const providers = there.lists.providers?.map(row => text(row['name']));
    if (provider === undefined || provider === '' || providers === undefined || providers.includes(provider))
      continue;
    yield {
      resource,
      property: 'provider',
      value: provider,
      verdict: 'is no provider of the target',
      hint: `leave it out, or take one of ${providers.join(', ')}`,
    };
  }
};

/** What a pool may speak behind a listener; proof: `VALID_LISTENER_POOL_PROTOCOL_MAP`. */
const behind: Readonly<Record<string, readonly string[]>> = {
  TCP: ['HTTP', 'HTTPS', 'PROXY', 'PROXYV2', 'TCP'],
  HTTP: ['HTTP', 'PROXY', 'PROXYV2'],
  HTTPS: ['HTTPS', 'PROXY', 'PROXYV2', 'TCP'],
  TERMINATED_HTTPS: ['HTTP', 'PROXY', 'PROXYV2'],
  UDP: ['UDP'],
  SCTP: ['SCTP'],
};

const protocols: Rule = function* ({view}) {
  const pairs = [
    ...view.of('OS::Octavia::Listener').map(part => ({
      part,
      property: 'default_pool',
      listener: part,
      pool: view.target(part.properties['default_pool'], 'OS::Octavia::Pool'),
    })),
    ...view.of('OS::Octavia::Pool').map(part => ({
      part,
      property: 'listener',
      listener: view.target(part.properties['listener'], 'OS::Octavia::Listener'),
      pool: part,
    })),
    ...view.of('OS::Octavia::L7Policy').map(part => ({
      part,
      property: 'redirect_pool',
      listener: view.target(part.properties['listener'], 'OS::Octavia::Listener'),
      pool: view.target(part.properties['redirect_pool'], 'OS::Octavia::Pool'),
    })),
  ];
  for (const {part, property, listener, pool} of pairs) {
    const front = known(listener?.properties['protocol']) ?? '';
    const back = known(pool?.properties['protocol']) ?? '';
    const allowed = behind[front];
    if (back === '' || allowed === undefined || allowed.includes(back)) continue;
    const other = part === pool ? listener : pool;
    yield {
      resource: part.name,
      property,
      value: other?.name,
      verdict: `puts a pool for ${back} behind a listener for ${front}`,
      hint: `a listener for ${front} takes pools for ${allowed.join(', ')}`,
    };
  }
};

/** The load balancer of a listener or a pool, also through the listener of the pool. */
function balancerOf(part: Part | undefined, view: View): Part | undefined {
  if (part === undefined) return undefined;
  const own = view.target(part.properties['loadbalancer'], 'OS::Octavia::LoadBalancer');
  if (own !== undefined) return own;
  const through = part.properties['listener'] ?? part.properties['default_pool'];
  const next = view.target(through);
  return next === undefined || next === part || next.type === part.type
    ? undefined
    : view.target(next.properties['loadbalancer'], 'OS::Octavia::LoadBalancer');
}

const listeners: Rule = function* ({view}) {
  const key = (part: Part): string => {
    const port = known(part.properties['protocol_port']);
    const protocol = known(part.properties['protocol']);
    const balancer = balancerOf(part, view);
    if (port === undefined || protocol === undefined || balancer === undefined) return '';
    return `${balancer.name} ${port} ${['UDP', 'SCTP'].includes(protocol) ? protocol : 'TCP'}`;
  };
  for (const [again, first] of repeatsOf(view.of('OS::Octavia::Listener'), key))
    yield {
      resource: again.name,
      property: 'protocol_port',
      value: again.properties['protocol_port'],
      verdict: `is taken by ${first.name} on the same load balancer: Heat would wait for it without end`,
      hint: 'give one of them another port',
    };
  for (const {name, properties} of view.of('OS::Octavia::Listener')) {
    const {protocol, default_tls_container_ref: one, sni_container_refs: more} = properties;
    if (protocol !== 'TERMINATED_HTTPS' || one === unknown || more === unknown) continue;
    if (isGiven(one) || isGiven(more)) continue;
    yield {
      resource: name,
      property: 'default_tls_container_ref',
      verdict: 'is missing, and a listener for TERMINATED_HTTPS needs a certificate',
      hint: "give the certificate's URL in Barbican",
    };
  }
};

/** Monitors that Octavia takes for a pool's protocol; proof: `api/v2/controllers/health_monitor.py`. */
const monitors: Rule = function* ({view}) {
  for (const {name, properties} of view.of('OS::Octavia::HealthMonitor')) {
    const type = known(properties['type']);
    const protocol = known(view.target(properties['pool'], 'OS::Octavia::Pool')?.properties['protocol']);
    if (type === undefined || protocol === undefined || (type === 'UDP-CONNECT') === (protocol === 'UDP'))
      continue;
    // A UDP pool may be watched by TCP and HTTP as well.
    if (protocol === 'UDP' && ['TCP', 'HTTP', 'SCTP'].includes(type)) continue;
    yield {
      resource: name,
      property: 'type',
      value: type,
      verdict: `does not go with a pool for ${protocol}`,
      hint: protocol === 'UDP' ? 'take UDP-CONNECT, TCP or HTTP' : 'take TCP, HTTP, HTTPS or PING',
    };
  }
  for (const [again, first] of repeatsOf(
    view.of('OS::Octavia::HealthMonitor'),
    ({properties}) => view.target(properties['pool'])?.name,
  ))
    yield {
      resource: again.name,
      property: 'pool',
      value: view.target(again.properties['pool'])?.name,
      verdict: `has a health monitor already: ${first.name}`,
      hint: 'a pool takes one: leave one out',
    };
};

/** OVN balances connections, nothing above them. */
const ovn: Rule = function* ({view}) {
  for (const part of view.of('OS::Octavia::Listener', 'OS::Octavia::Pool')) {
    if (balancerOf(part, view)?.properties['provider'] !== 'ovn') continue;
    const {protocol, lb_algorithm: algorithm} = part.properties;
    const spoken = known(protocol);
    if (spoken !== undefined && !['TCP', 'UDP', 'SCTP'].includes(spoken))
      yield {
        resource: part.name,
        property: 'protocol',
        value: spoken,
        verdict: 'is nothing that the provider ovn can balance',
        hint: 'take TCP or UDP, or another provider',
      };
    const wanted = known(algorithm);
    if (wanted !== undefined && wanted !== 'SOURCE_IP_PORT')
      yield {
        resource: part.name,
        property: 'lb_algorithm',
        value: wanted,
        verdict: 'is nothing that the provider ovn can do',
        hint: 'take SOURCE_IP_PORT, or another provider',
      };
  }
};

const members: Rule = function* ({view}) {
  const key = ({properties}: Part): string => {
    const [pool, address, port] = [
      view.target(properties['pool'])?.name,
      known(properties['address']),
      known(properties['protocol_port']),
    ];
    return pool === undefined || address === undefined || port === undefined
      ? ''
      : `${pool} ${address} ${port}`;
  };
  for (const [again, first] of repeatsOf(view.of('OS::Octavia::PoolMember'), key))
    yield {
      resource: again.name,
      property: 'address',
      value: again.properties['address'],
      verdict: `is in the pool already with that port: ${first.name}`,
      hint: 'leave one out',
    };
};

export const loadBalancers: Rule = together(vips, protocols, listeners, monitors, ovn, members);
