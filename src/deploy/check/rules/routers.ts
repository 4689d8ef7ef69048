/** Routers: their legs, gateways and routes. Proof: neutron `db/l3_db.py`, `db/extraroute_db.py`. */
import {addressText, doOverlap, parseAddress, parseCidr} from '../../../model/cidr.ts';
import {fields} from '../../../model/json.ts';
import type {Fault} from '../finding.ts';
import {isInside, type Leg, pairsOf, type Topology} from '../topology.ts';
import {itemsOf, known, type Part} from '../view.ts';
import {type Rule, together} from './rule.ts';

const legs: Rule = function* ({net}) {
  for (const {part, subnet, bySubnet} of net.legs) {
    if (part === undefined || !bySubnet || subnet?.gateway !== 'none') continue;
    yield {
      resource: part.name,
      property: 'subnet',
      value: subnet.label,
      verdict: 'has no gateway address, which the router would take',
      hint: 'give the subnet a gateway_ip, or the interface a port with an address of its own',
    };
  }
  for (const [a, b] of pairsOf(net.legs)) {
    const part = b.part ?? a.part;
    if (part === undefined || a.router === undefined || a.router !== b.router) continue;
    if (a.subnet === undefined || b.subnet === undefined) continue;
    // One port may hold several addresses of one subnet.
    if (a.part === b.part || !doOverlap(a.subnet.cidr, b.subnet.cidr)) continue;
    const [own, other] = part === b.part ? [b, a] : [a, b];
    const same = a.subnet.key === b.subnet.key;
    yield {
      resource: part.name,
      property: own.bySubnet ? 'subnet' : 'port',
      value: own.subnet?.label,
      verdict: same
        ? `is on that router already, by ${other.label}`
        : `has ${own.subnet?.cidrText ?? ''}, which overlaps with ${other.subnet?.cidrText ?? ''} of ${other.label} on the same router`,
      hint: same ? 'leave one interface out' : 'give one subnet another range, or another router',
    };
  }
};

/** A nexthop must be on a subnet of the router; what lies behind its gateway can seldom be seen. */
const routes: Rule = function* ({view, net}) {
  const said = [
    ...view.of('OS::Neutron::ExtraRoute').map(part => ({
      part,
      router: part.properties['router_id'],
      path: '',
      row: part.properties,
    })),
    ...view.of('OS::Neutron::ExtraRouteSet').flatMap(part =>
      itemsOf(part.properties['routes'], 'routes').map(({item, path}) => ({
        part,
        router: part.properties['router'],
        path: `${path}.`,
        row: fields(item),
      })),
    ),
  ];
  for (const {part, router, path, row} of said) {
    const value = known(row['nexthop']);
    const address = parseAddress(value ?? '');
    const on = view.target(router, 'OS::Neutron::Router');
    if (value === undefined || on === undefined) continue;
    const at = {resource: part.name, property: `${path}nexthop`, value};
    if (address === undefined) {
      yield {...at, verdict: 'is no address', hint: 'give the address of the next router'};
      continue;
    }
    const reach = net.legs.filter(leg => leg.router === on.name || leg.router === undefined);
    if (reach.some(({router: of, subnet}) => of === undefined || subnet?.cidr === undefined)) continue;
    if (reach.some(({subnet}) => subnet?.cidr !== undefined && isInside(address, subnet.cidr))) {
      const taken = reach.find(leg => addressOf(leg, net) === addressText(address));
      if (taken !== undefined)
        yield {
          ...at,
          verdict: `is the router's own, at ${taken.label}`,
          hint: 'give the address of the next router',
        };
      continue;
    }
    const hasGateway = on.properties['external_gateway_info'] !== undefined;
    yield {
      ...at,
      verdict: `is on no subnet that ${on.name} is connected to`,
      hint: 'connect the router to that subnet, or give an address that it reaches',
      ...(hasGateway ? {severity: 'warning' as const} : {}),
    };
  }
};

function addressOf({bySubnet, subnet, part}: Leg, net: Topology): string | undefined {
  if (bySubnet) {
    const gateway = subnet?.gateway;
    return gateway === undefined || gateway === 'none' ? undefined : addressText(gateway);
  }
  const place = net
    .port(part?.properties['port'] ?? part?.properties['port_id'])
    ?.places?.find(({subnet: of}) => of?.key === subnet?.key);
  return place?.address === undefined ? undefined : addressText(place.address);
}

/** The network behind the router, as the template names it. */
export function gatewayOf(router: Part): unknown {
  return fields(router.properties['external_gateway_info'])['network'];
}

/** A network that the template makes is external only where it says so. */
const external: Rule = function* ({view, net}) {
  const users = [
    ...view.of('OS::Neutron::Router').map(part => ({
      part,
      property: 'external_gateway_info.network',
      value: gatewayOf(part),
      raw: fields(part.raw['external_gateway_info'])['network'],
    })),
    ...view.of('OS::Neutron::FloatingIP').map(part => ({
      part,
      property: 'floating_network',
      value: part.properties['floating_network'],
      raw: part.raw['floating_network'],
    })),
  ];
  for (const {part, property, value, raw} of users) {
    const network = net.network(value);
    // Those named by a parameter of their own are looked at there (outside.ts).
    const parameter = known(fields(raw)['get_param']);
    if (network === undefined || parameter?.startsWith('external_network') === true) continue;
    const isExternal =
      network.part === undefined
        ? network.row?.['router:external']
        : network.part.type === 'OS::Neutron::ProviderNet'
          ? network.part.properties['router_external']
          : fields(network.part.properties['value_specs'])['router:external'];
    if (isExternal !== false && isExternal !== undefined) continue;
    if (network.part === undefined && isExternal === undefined) continue;
    const fault: Fault = {
      resource: part.name,
      property,
      value: network.label,
      verdict: 'is no external network',
      hint: 'name an external one: openstack network list --external',
    };
    yield fault;
  }
};

const destinations: Rule = function* ({view}) {
  for (const part of view.of('OS::Neutron::ExtraRoute')) {
    const value = known(part.properties['destination']);
    if (value === undefined || parseCidr(value) !== undefined) continue;
    yield {
      resource: part.name,
      property: 'destination',
      value,
      verdict: 'is no range of addresses',
      hint: 'write it as 192.0.2.0/24',
    };
  }
};

export const routers: Rule = together(legs, external, routes, destinations);
