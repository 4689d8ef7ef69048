/** Routers: gateways, interfaces on chosen addresses, extra routes, and two routers that meet in one subnet. */
import type {Row} from './api.ts';
import {floatingIp, join, merge, network, place, port, router, setTags, subnet} from './make.ts';
import {attempt, type Site} from './site.ts';

/** Two routers meet on a transit network; each knows the other's side by an extra route. */
async function joined({api, outside}: Site): Promise<Record<string, Row>> {
  const left = await place(api, 'left', '10.40.0.0/24');
  const right = await place(api, 'right', '10.40.1.0/24');
  const transit = await place(api, 'transit', '10.40.2.0/24');
  const first = await router(api, {
    name: 'left-router',
    external_gateway_info: {network_id: outside.external},
  });
  const second = await router(api, {name: 'right-router'});
  await join(api, first, {subnet_id: left.subnet.id});
  await join(api, first, {subnet_id: transit.subnet.id});
  await join(api, second, {subnet_id: right.subnet.id});
  // The gateway address is taken, so the second router needs a port of its own choice.
  const leg = await port(api, transit.network, {
    name: 'right-leg',
    fixed_ips: [{subnet_id: transit.subnet.id, ip_address: '10.40.2.2'}],
  });
  await join(api, second, {port_id: leg.id});
  await api.update('network', `/routers/${first.id}`, 'router', {
    routes: [{destination: '10.40.1.0/24', nexthop: '10.40.2.2'}],
  });
  await api.update('network', `/routers/${second.id}`, 'router', {
    routes: [
      {destination: '0.0.0.0/0', nexthop: '10.40.2.1'},
      {destination: '10.40.0.0/24', nexthop: '10.40.2.1'},
      {destination: '198.51.100.0/24', nexthop: '10.40.1.77'},
    ],
  });
  return {
    leftRouter: first,
    rightRouter: second,
    left: left.subnet,
    right: right.subnet,
    transit: transit.subnet,
    leg,
  };
}

/** One router with many legs: two subnets of one network, IPv6 subnets that share a port, a subnet without gateway. */
async function manyLegs({api, outside}: Site): Promise<Record<string, Row>> {
  const on = await network(api, {name: 'legs'});
  const one = await subnet(api, on, '10.41.0.0/24', {name: 'legs-1'});
  const two = await subnet(api, on, '10.41.1.0/24', {name: 'legs-2'});
  const six = {ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac'};
  const sixOne = await subnet(api, on, 'fd00:41::/64', {name: 'legs-6-1', ...six});
  const sixTwo = await subnet(api, on, 'fd00:41:1::/64', {name: 'legs-6-2', ...six});
  const odd = await network(api, {name: 'odd-legs'});
  const noGateway = await subnet(api, odd, '10.42.0.0/24', {name: 'leg-no-gateway', gateway_ip: null});
  const chosen = await subnet(api, odd, '10.42.1.0/24', {name: 'leg-chosen', gateway_ip: '10.42.1.1'});
  const made = await router(api, {
    name: 'many-legs',
    description: 'six legs',
    external_gateway_info: {network_id: outside.external},
  });
  await setTags(api, `/routers/${made.id}`, ['edge', 'null']);
  for (const leg of [one, two, sixOne, sixTwo]) await join(api, made, {subnet_id: leg.id});
  const ports: Row[] = [];
  for (const [leg, address] of [
    [noGateway, '10.42.0.9'],
    [chosen, '10.42.1.250'],
  ] as const) {
    const held = await port(api, odd, {
      name: address === '10.42.0.9' ? '' : 'chosen-leg',
      fixed_ips: [{subnet_id: leg.id, ip_address: address}],
    });
    await join(api, made, {port_id: held.id});
    ports.push(held);
  }
  const [noGatewayPort, chosenPort] = ports as [Row, Row];
  return {manyLegs: made, one, two, sixOne, sixTwo, noGateway, chosen, noGatewayPort, chosenPort};
}

/** Routers without legs: nameless, twins, switched off, on the other external network. */
async function bare({api, outside}: Site): Promise<Record<string, Row>> {
  const gateway = outside.otherExternal ?? outside.external;
  const [nameless, twin, otherTwin, off, elsewhere] = await Promise.all([
    router(api, {}),
    router(api, {name: 'twin-router'}),
    router(api, {name: 'twin-router'}),
    router(api, {name: 'off', admin_state_up: false}),
    router(api, {name: 'elsewhere', external_gateway_info: {network_id: gateway}}),
  ]);
  return {namelessRouter: nameless, twinRouter: twin, otherTwinRouter: otherTwin, off, elsewhere};
}

export async function buildRouters(site: Site): Promise<Record<string, Row>> {
  return merge(...(await Promise.all([joined(site), manyLegs(site), bare(site)])));
}

/** Floating IPs on a hand-made port, on one of several addresses, on nothing, and with port forwardings. */
export async function buildFloatingIps(site: Site): Promise<Record<string, Row>> {
  const {api, outside} = site;
  const inside = await place(api, 'floating', '10.43.0.0/24');
  const edge = await router(api, {name: 'floating', external_gateway_info: {network_id: outside.external}});
  await join(api, edge, {subnet_id: inside.subnet.id});
  const at = (address: string): object => ({subnet_id: inside.subnet.id, ip_address: address});
  const single = await port(api, inside.network, {name: 'single', fixed_ips: [at('10.43.0.10')]});
  const several = await port(api, inside.network, {
    name: 'several',
    fixed_ips: [at('10.43.0.20'), at('10.43.0.21')],
  });
  const hidden = await port(api, inside.network, {name: 'hidden', fixed_ips: [at('10.43.0.30')]});
  const outer = {floating_network_id: outside.external};
  const [onPort, onSecond, unassociated, forwarded, otherPool] = await Promise.all([
    floatingIp(api, {...outer, port_id: single.id, description: 'the "web" address'}),
    floatingIp(api, {...outer, port_id: several.id, fixed_ip_address: '10.43.0.21'}),
    floatingIp(api, outer),
    floatingIp(api, {...outer, description: 'forwards'}),
    floatingIp(api, {floating_network_id: outside.otherExternal ?? outside.external}),
  ]);
  const forward = (fields: object): Promise<Row> =>
    api.create('network', `/floatingips/${forwarded.id}/port_forwardings`, 'port_forwarding', {
      internal_port_id: hidden.id,
      internal_ip_address: '10.43.0.30',
      ...fields,
    });
  const ssh = await forward({protocol: 'tcp', internal_port: 22, external_port: 2222, description: 'ssh'});
  const dns = await forward({protocol: 'udp', internal_port: 53, external_port: 53});
  const range = await attempt(site, 'a port forwarding of a range', () =>
    forward({protocol: 'tcp', internal_port_range: '8000:8009', external_port_range: '9000:9009'}),
  );
  return {
    edge,
    single,
    several,
    hidden,
    onPort,
    onSecond,
    unassociated,
    forwarded,
    otherPool,
    ssh,
    dns,
    ...(range === undefined ? {} : {range}),
  };
}
