/** VPN services and tunnels. Proof: neutron-vpnaas `db/vpn/vpn_validator.py`; heat `neutron/vpnservice.py`. */
import {doOverlap, parseCidr} from '../../../model/cidr.ts';
import {number} from '../../../model/json.ts';
import {itemsOf, known} from '../view.ts';
import {gatewayOf} from './routers.ts';
import {type Rule, together} from './rule.ts';

const services: Rule = function* ({view, net}) {
  for (const part of view.of('OS::Neutron::VPNService')) {
    const router = view.target(part.properties['router'], 'OS::Neutron::Router');
    if (router === undefined) continue;
    const apart = view
      .of('OS::Neutron::RouterGateway')
      .some(({properties}) => view.target(properties['router_id']) === router);
    if (router.properties['external_gateway_info'] === undefined && gatewayOf(router) === undefined && !apart)
      yield {
        resource: part.name,
        property: 'router',
        value: router.name,
        verdict: 'has no external gateway, and a VPN needs one',
        hint: 'give the router external_gateway_info',
      };
    const subnet = net.subnet(part.properties['subnet']);
    if (subnet === undefined) continue;
    const at = {resource: part.name, property: 'subnet', value: subnet.label};
    const own = net.legs.filter(leg => leg.router === router.name);
    const legs = own.filter(leg => leg.subnet?.key === subnet.key);
    if (net.legs.some(leg => leg.router === undefined) || own.some(leg => leg.subnet === undefined)) continue;
    if (legs.length === 0)
      yield {
        ...at,
        verdict: `is not connected to ${router.name}`,
        hint: 'add an OS::Neutron::RouterInterface',
      };
    else if (legs.every(leg => leg.part === undefined || !view.follows(part.name, leg.part.name)))
      yield {
        ...at,
        verdict: `may not be connected to ${router.name} yet when the service is made`,
        hint: `add depends_on: ${legs[0]?.label ?? ''}`,
        severity: 'warning',
      };
  }
};

const tunnels: Rule = function* ({view, net}) {
  for (const {name: resource, properties} of view.of('OS::Neutron::IPsecSiteConnection')) {
    // Heat sends `actions`, Neutron knows `action` only.
    if (properties['dpd'] !== undefined)
      yield {
        resource,
        property: 'dpd',
        verdict: 'is sent by Heat under a name that Neutron refuses',
        hint: "leave it out, for Neutron's default, and set it by the API afterwards",
      };
    const mtu = number(properties['mtu']);
    if (mtu !== undefined && mtu < 68)
      yield {
        resource,
        property: 'mtu',
        value: mtu,
        verdict: 'is less than the 68 that IP needs',
        hint: 'leave it out',
      };
    for (const {item, path} of itemsOf(properties['peer_cidrs'], 'peer_cidrs')) {
      const value = known(item);
      if (value === undefined) continue;
      const peer = parseCidr(value);
      if (peer === undefined) {
        yield {
          resource,
          property: path,
          value,
          verdict: 'is no range of addresses',
          hint: 'write it as 192.0.2.0/24',
        };
        continue;
      }
      const service = view.target(properties['vpnservice_id'], 'OS::Neutron::VPNService');
      const local = net.subnet(service?.properties['subnet']);
      if (!doOverlap(peer, local?.cidr)) continue;
      yield {
        resource,
        property: path,
        value,
        verdict: `overlaps with ${local?.cidrText ?? ''} on this side`,
        hint: 'both sides need ranges of their own',
        severity: 'warning',
      };
    }
  }
};

export const vpn: Rule = together(services, tunnels);
