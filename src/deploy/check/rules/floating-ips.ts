/** Floating IPs: a way from their network to the port, and one address of it. Proof: neutron `db/l3_db.py`. */
import {number} from '../../../model/json.ts';
import type {Fault} from '../finding.ts';
import {repeatsOf, type SubnetThing, type Topology} from '../topology.ts';
import {isGiven, known, Made, type Part, unknown} from '../view.ts';
import {gatewayOf} from './routers.ts';
import {type Rule, type Scene, together} from './rule.ts';

function isFour({cidr}: SubnetThing): boolean {
  return cidr?.version === 4;
}

/** IPv4 subnets that the port is on; undefined where that isn't known. */
function subnetsOf(part: Part, net: Topology): readonly SubnetThing[] | undefined {
  const port = net.port(part.properties['port_id']);
  const network = net.networks.find(({key}) => key === port?.network);
  if (port?.part === undefined || network?.part === undefined) return undefined;
  const all = net.subnetsOf(network.key);
  if (all.length === 0 || all.some(({cidr}) => cidr === undefined)) return undefined;
  const said = port.part.properties['fixed_ips'];
  if (said === undefined)
    return port.part.properties['no_fixed_ips'] === undefined ? all.filter(isFour) : undefined;
  const subnets = port.places?.map(({subnet}) => subnet);
  if (subnets === undefined || subnets.length === 0 || subnets.includes(undefined)) return undefined;
  return all.filter(subnet => subnets.includes(subnet) && isFour(subnet));
}

const way: Rule = function* (scene) {
  const {view, net} = scene;
  for (const part of view.of('OS::Neutron::FloatingIP')) {
    const port = part.properties['port_id'];
    const floating = net.network(part.properties['floating_network']);
    const subnets = subnetsOf(part, net);
    if (!(port instanceof Made) || floating === undefined || subnets === undefined) continue;
    const at = {resource: part.name, property: 'port_id', value: port.name};
    if (subnets.length === 0) {
      yield {...at, verdict: 'has no IPv4 address', hint: 'give the port one, or leave the floating IP out'};
      continue;
    }
    const keys = new Set(subnets.map(({key}) => key));
    const legs = net.legs.filter(({subnet}) => subnet === undefined || keys.has(subnet.key));
    const ways = legs.map(leg => ({leg, leads: leadsTo(leg.router, floating.key, scene)}));
    if (ways.every(({leads}) => leads === false)) {
      yield {
        ...at,
        verdict: `is on ${subnets.map(({label}) => label).join(', ')}, which no router connects to ${floating.label}`,
        hint: 'connect the subnet to a router whose gateway is that network',
      };
      continue;
    }
    yield* order(
      part,
      at,
      ways.filter(({leads}) => leads !== false).map(({leg}) => leg.part),
      scene,
    );
  }
};

/** Whether the router's gateway is that network; undefined where it isn't known. */
function leadsTo(
  router: string | undefined,
  network: string,
  {view, net, there}: Scene,
): boolean | undefined {
  const made = view.of('OS::Neutron::Router').find(({name}) => name === router);
  if (made === undefined) {
    const row = there.lists.routers?.find(({id}) => id === router);
    if (row === undefined) return undefined;
    const info = row['external_gateway_info'];
    return info === null ? false : undefined;
  }
  const apart = view
    .of('OS::Neutron::RouterGateway')
    .find(({properties}) => view.target(properties['router_id'])?.name === router);
  const gateway = gatewayOf(made) ?? apart?.properties['network'];
  if (gateway === undefined)
    return made.properties['external_gateway_info'] === undefined ? false : undefined;
  const key = net.network(gateway)?.key;
  return key === undefined ? undefined : key === network;
}

/** Heat finds the order by itself only where the port names its subnet. Proof: heat `neutron/floatingip.py`. */
function* order(
  part: Part,
  at: Pick<Fault, 'resource' | 'property' | 'value'>,
  legs: readonly (Part | undefined)[],
  {view, net}: Scene,
): Generator<Fault> {
  const places = net.port(part.properties['port_id'])?.places ?? [];
  if (places.some(({subnet}) => subnet !== undefined)) return;
  const made = legs.filter(leg => leg !== undefined);
  if (made.length < legs.length || made.some(leg => view.follows(part.name, leg.name))) return;
  yield {
    ...at,
    verdict: `may be made before ${made.map(({name}) => name).join(', ')}, and then has no way out`,
    hint: `add depends_on: ${made[0]?.name ?? ''}`,
    severity: 'warning',
  };
}

const addresses: Rule = function* ({view, net}) {
  for (const part of view.of('OS::Neutron::FloatingIP', 'OS::Neutron::FloatingIPAssociation')) {
    const {fixed_ip_address: wanted, port_id: value} = part.properties;
    const port = net.port(value);
    if (port?.part === undefined || port.places === undefined) continue;
    const four = port.places.filter(({address, subnet}) => (address?.version ?? subnet?.cidr?.version) === 4);
    if (four.length > 1 && wanted === undefined)
      yield {
        resource: part.name,
        property: 'port_id',
        value: port.label,
        verdict: `has ${four.length} IPv4 addresses`,
        hint: 'say which one with fixed_ip_address',
      };
    const isPinned = port.places.length > 0 && port.places.every(({text}) => text !== '');
    if (typeof wanted === 'string' && isPinned && !port.places.some(({text}) => text === wanted))
      yield {
        resource: part.name,
        property: 'fixed_ip_address',
        value: wanted,
        verdict: `is no address of ${port.label}`,
        hint: `give one of ${port.places.map(({text}) => text).join(', ')}`,
      };
  }
};

const twice: Rule = function* ({view, net}) {
  const users = view
    .of('OS::Neutron::FloatingIP', 'OS::Neutron::FloatingIPAssociation')
    .filter(({properties}) => properties['fixed_ip_address'] !== unknown);
  const key = ({properties}: Part): string => {
    const port = net.port(properties['port_id']);
    if (port === undefined) return '';
    const fixed = known(properties['fixed_ip_address']);
    const only = port.places?.length === 1 ? port.places[0]?.text : undefined;
    return `${port.label} ${fixed ?? only ?? ''}`;
  };
  for (const [again, first] of repeatsOf(users, key)) {
    const floating = again.properties['floating_network'];
    const other = first.properties['floating_network'];
    // Several external networks may lead to one address.
    if (net.network(floating)?.key !== net.network(other)?.key || !isGiven(floating)) continue;
    yield {
      resource: again.name,
      property: 'port_id',
      value: net.port(again.properties['port_id'])?.label,
      verdict: `has a floating IP of that network already: ${first.name}`,
      hint: 'leave one out, or give each another fixed_ip_address',
    };
  }
};

/** Only admins may ask how full a network is. */
const room: Rule = function* ({view, net, there}) {
  const rows = there.lists.availability;
  if (rows === undefined) return;
  const users = new Map<string, Part[]>();
  for (const part of view.of('OS::Neutron::FloatingIP', 'OS::Neutron::Router')) {
    const value = part.type === 'OS::Neutron::Router' ? gatewayOf(part) : part.properties['floating_network'];
    const key = net.network(value)?.key;
    if (key !== undefined) users.set(key, [...(users.get(key) ?? []), part]);
  }
  for (const [key, parts] of users) {
    const row = rows.find(({network_id: id}) => id === key);
    const [total, used] = [number(row?.['total_ips']), number(row?.['used_ips'])];
    const [first] = parts;
    if (total === undefined || used === undefined || first === undefined) continue;
    const left = total - used;
    if (parts.length <= left) continue;
    yield {
      resource: first.name,
      property: first.type === 'OS::Neutron::Router' ? 'external_gateway_info.network' : 'floating_network',
      value: net.networks.find(network => network.key === key)?.label,
      verdict: `has ${left} free addresses of ${total}, and the template needs ${parts.length}: ${parts.length - left} short`,
      hint: 'free some, or use another external network',
    };
  }
};

export const floatingIps: Rule = together(way, addresses, twice, room);
