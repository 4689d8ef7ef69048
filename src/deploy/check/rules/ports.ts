/** Ports: their addresses and MACs against the subnets and each other, and what port security allows. */
import {addressText, usualPools} from '../../../model/cidr.ts';
import {fields, objects} from '../../../model/json.ts';
import type {Fault} from '../finding.ts';
import {isInside, repeatsOf, type PortThing, type SubnetThing} from '../topology.ts';
import {isGiven, itemsOf, known, type Part} from '../view.ts';
import {type Rule, type Scene, together} from './rule.ts';

const addresses: Rule = function* ({net}) {
  for (const {part, places = [], network} of net.ports) {
    if (part === undefined) continue;
    for (const {path: property, subnet, text: value, address} of places) {
      if (value === '') continue;
      const at = {resource: part.name, property, value};
      if (address === undefined) {
        yield {...at, verdict: 'is no address', hint: 'give an IP address, or leave it out'};
        continue;
      }
      const onNetwork = net.networks.find(({key}) => key === network);
      const candidates = subnet === undefined ? net.subnetsOf(network) : [subnet];
      const ranges = candidates.flatMap(({cidr}) => (cidr === undefined ? [] : [cidr]));
      // Of a network of the target, not all subnets need be visible.
      const isAll = subnet !== undefined || onNetwork?.part !== undefined;
      if (!isAll || ranges.length !== candidates.length || ranges.length === 0) continue;
      const range = ranges.find(one => isInside(address, one));
      if (range !== undefined) {
        const isEdge = address.value === range.first || address.value === range.last;
        if (range.version === 4 && range.prefix < 31 && isEdge)
          yield {
            ...at,
            verdict: 'is no address that a port can have',
            hint: 'take one between the ends of the range',
          };
        continue;
      }
      const where = candidates.map(({cidrText, label}) => `${cidrText} of ${label}`).join(', ');
      yield {...at, verdict: `is outside ${where}`, hint: 'take an address of that range, or leave it out'};
    }
  }
};

interface Pin {
  readonly part: Part | undefined;
  readonly label: string;
  readonly property: string;
  readonly value: string;
  readonly key: string;
}

/** Addresses that will certainly be taken, each with the network or subnet it is unique in. */
function* pins({net}: Scene): Generator<Pin> {
  // What is there comes first: it is taken already.
  const ports = [...net.ports].sort((a, b) => Number(a.part !== undefined) - Number(b.part !== undefined));
  const legs = net.legs.filter(({bySubnet}) => bySubnet);
  for (const {part, label, subnet} of legs) {
    const gateway = subnet?.gateway;
    if (part === undefined || subnet === undefined || gateway === undefined || gateway === 'none') continue;
    const value = addressText(gateway);
    yield {
      part,
      label,
      property: 'subnet',
      value: `${subnet.label} (${value})`,
      key: `${subnet.key} ${value}`,
    };
  }
  for (const {part, label, places = [], network} of ports) {
    for (const {path: property, subnet, address} of places) {
      const scope = subnet ?? onlySubnet(net.subnetsOf(network));
      if (address === undefined || scope === undefined) continue;
      const value = addressText(address);
      yield {part, label, property, value, key: `${scope.key} ${value}`};
    }
  }
}

function onlySubnet(subnets: readonly SubnetThing[]): SubnetThing | undefined {
  return subnets.length === 1 ? subnets[0] : undefined;
}

const twice: Rule = function* (scene) {
  for (const [again, first] of repeatsOf(pins(scene), ({key}) => key)) {
    if (again.part === undefined) continue;
    const isLeg = again.property === 'subnet';
    yield {
      resource: again.part.name,
      property: again.property,
      value: again.value,
      verdict: `is taken by ${first.label}`,
      hint: isLeg
        ? 'a second router on a subnet needs a port of its own: property port'
        : 'give one of them another address',
    };
  }
  const cards = scene.net.ports
    .filter(({network}) => network !== undefined)
    .sort((a, b) => Number(a.part !== undefined) - Number(b.part !== undefined));
  for (const [again, first] of repeatsOf(cards, ({network, mac}) =>
    mac === '' ? '' : `${network} ${mac}`,
  )) {
    if (again.part === undefined) continue;
    yield {
      resource: again.part.name,
      property: 'mac_address',
      value: again.mac,
      verdict: `is the one of ${first.label}, in the same network`,
      hint: 'leave it out: Neutron gives each port its own',
    };
  }
};

/**
 * The DHCP or OVN metadata port takes the lowest free address of the pools when the subnet is made; ports come after.
 * Proof: neutron `ipam/requests.py`, `AddressRequestFactory` (PreferNextAddressRequest); heat `neutron/port.py`,
 * `add_dependencies`. Not every cloud has such ports: those of the project's own networks tell.
 */
const lowest: Rule = function* ({net, there}) {
  const {dhcpPorts, subnets = []} = there.lists;
  const hasDhcp = subnets.some(
    row => row['enable_dhcp'] === true && (row['project_id'] ?? there.project) === there.project,
  );
  if (dhcpPorts?.length === 0 && hasDhcp) return;
  // OVN's is there with the subnet; an agent may come late.
  const isCertain = dhcpPorts?.some(row => row['device_owner'] === 'network:distributed') === true;
  const taking = new Map<string, bigint>();
  for (const subnet of net.subnets) {
    const first = lowestOf(subnet);
    if (first !== undefined) taking.set(subnet.key, first);
  }
  for (const {part, places = [], network} of net.ports) {
    for (const {path: property, subnet, address} of places) {
      const on = subnet ?? onlySubnet(net.subnetsOf(network));
      if (part === undefined || on === undefined || address === undefined) continue;
      if (address.value !== taking.get(on.key)) continue;
      yield {
        resource: part.name,
        property,
        value: addressText(address),
        verdict: `is the lowest address of the pools of ${on.label}, which Neutron's own DHCP or metadata port takes first, where the cloud has one`,
        hint: 'begin the allocation pool behind it: nothing takes an address outside the pools by itself',
        ...(isCertain && address.version === 4 ? {} : {severity: 'warning' as const}),
      };
    }
  }
};

function lowestOf({part, cidr, gateway, dhcp, pools}: SubnetThing): bigint | undefined {
  if (part === undefined || cidr === undefined || dhcp !== true || gateway === undefined) return undefined;
  const {ipv6_address_mode: mode} = part.properties;
  // SLAAC addresses are no matter of pools.
  if (cidr.version === 6 && mode !== undefined && mode !== 'dhcpv6-stateful') return undefined;
  const ranges = pools ?? usualPools(cidr, gateway === 'none' ? undefined : gateway.value);
  return ranges.map(([start]) => start).sort((a, b) => (a < b ? -1 : 1))[0];
}

/** Neutron wants neither groups nor address pairs on a port without port security. */
const security: Rule = function* ({net}) {
  for (const port of net.ports) {
    const {part} = port;
    if (
      part === undefined ||
      isSecured(
        port,
        net.networks.find(({key}) => key === port.network),
      ) !== false
    )
      continue;
    const {properties} = part;
    const said =
      properties['port_security_enabled'] === undefined
        ? 'its network has port security off'
        : 'port_security_enabled is false';
    for (const property of ['security_groups', 'allowed_address_pairs']) {
      const value = properties[property];
      if (!Array.isArray(value) || !isGiven(value)) continue;
      yield {
        resource: part.name,
        property,
        verdict: `has ${value.length} ${value.length === 1 ? 'entry' : 'entries'}, but ${said}`,
        hint: `leave ${property} out, or set port_security_enabled: true`,
      };
    }
  }
};

function isSecured(
  {part}: PortThing,
  network: Scene['net']['networks'][number] | undefined,
): boolean | undefined {
  const own = part?.properties['port_security_enabled'];
  const said =
    own ?? network?.part?.properties['port_security_enabled'] ?? network?.row?.['port_security_enabled'];
  return typeof said === 'boolean' ? said : undefined;
}

/** What only the owner of a network may say of its ports. Proof: neutron `conf/policies/port.py`. */
const ofOthers: Rule = function* ({net, there}) {
  if (there.isAdmin) return;
  for (const {part, network, places = []} of net.ports) {
    const on = net.networks.find(({key}) => key === network);
    if (part === undefined || on?.isForeign !== true) continue;
    const {properties} = part;
    const pinned = places.find(({text}) => text !== '');
    const faults: (readonly [property: string, value: unknown])[] = [
      ...(pinned === undefined ? [] : [[pinned.path, pinned.text] as const]),
      ...['mac_address', 'port_security_enabled', 'allowed_address_pairs']
        .filter(property => isGiven(properties[property]))
        .map(property => [property, properties[property]] as const),
    ];
    for (const [property, value] of faults)
      yield {
        resource: part.name,
        property,
        value,
        verdict: `on ${on.label}, a network of another project: by default Neutron takes that from its owner and admins only`,
        hint: 'leave it out, or deploy as an admin',
        severity: 'warning',
      };
  }
};

/** One port can be plugged in once. */
const users: Rule = function* ({view}) {
  const nics = view.of('OS::Nova::Server').flatMap(({name, properties}) =>
    itemsOf(properties['networks'], 'networks').map(({item, path}) => ({
      resource: name,
      property: `${path}.port`,
      port: view.target(fields(item)['port'])?.name ?? '',
    })),
  );
  for (const [again, first] of repeatsOf(nics, ({port}) => port))
    yield {
      resource: again.resource,
      property: again.property,
      value: again.port,
      verdict: `is in use by ${first.resource}`,
      hint: 'give each server a port of its own',
    };
};

const pairs: Rule = function* ({net}) {
  for (const {part} of net.ports) {
    if (part === undefined) continue;
    const list = objects(part.properties['allowed_address_pairs']).map((pair, index) => ({
      index,
      key: `${known(pair['mac_address']) ?? ''} ${known(pair['ip_address']) ?? ''}`,
      value: known(pair['ip_address']),
    }));
    const said = list.filter(({value}) => value !== undefined);
    for (const [again] of repeatsOf(said, ({key}) => key)) {
      const fault: Fault = {
        resource: part.name,
        property: `allowed_address_pairs[${again.index}]`,
        value: again.value,
        verdict: 'is there twice',
        hint: 'leave one out',
      };
      yield fault;
    }
  }
};

export const ports: Rule = together(addresses, twice, lowest, security, ofOthers, users, pairs);
