/**
 * A large project of things that cost a small cloud little: mostly server groups and volumes, beside networks, security groups,
 * servers, addresses. What Neutron holds is little: one on two cores takes a second for a rule, and much more for a port.
 */
import type {Row} from './api.ts';
import {
  attach,
  floatingIp,
  group,
  join,
  keyPair,
  network,
  port,
  router,
  rules,
  server,
  serverGroup,
  subnet,
  volume,
} from './make.ts';
import type {Site} from './site.ts';

/** How many of each make about so many resources of a template. */
export interface LargePlan {
  readonly networks: number;
  readonly routers: number;
  readonly groups: number;
  readonly rules: number;
  readonly serverGroups: number;
  readonly servers: number;
  /** Of the servers, those with a second port. */
  readonly second: number;
  readonly volumes: number;
  readonly floating: number;
}

const rulesOfGroup = 10;

export function largePlan(resources: number): LargePlan {
  const share = (part: number, least = 1): number => Math.max(least, Math.round(resources * part));
  const networks = share(1 / 500, 2);
  const routers = Math.ceil(networks / 5);
  const groups = share(1 / 125, 2);
  const serverGroups = share(0.45);
  const servers = share(1 / 83, 2);
  const second = Math.floor(servers * 0.4);
  const floating = share(1 / 250);
  const rules = groups * rulesOfGroup;
  // Net, subnet and interface; the key pair.
  const made = networks * 3 + routers + groups + rules + serverGroups + servers * 2 + second + floating + 1;
  const volumes = Math.max(servers, resources - made);
  return {networks, routers, groups, rules, serverGroups, servers, second, volumes, floating};
}

/** A failure is thrown when all have ended: whoever wipes the project then must not race with a builder. */
async function many<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const ended = await Promise.allSettled(Array.from({length: count}, (_, index) => make(index)));
  return ended.map(one => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** Round and round. */
function at<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

const padded = (index: number): string => String(index + 1).padStart(4, '0');

/** Calls run in parallel, as many at once as the client lets through. */
export async function buildLarge(
  site: Site,
  resources: number,
  say: (text: string) => void = () => {},
): Promise<LargePlan> {
  const {api, outside} = site;
  const plan = largePlan(resources);

  const routers = await many(plan.routers, index =>
    router(api, {name: `edge-${padded(index)}`, external_gateway_info: {network_id: outside.external}}),
  );
  const places = await many(plan.networks, async index => {
    const on = await network(api, {name: `net-${padded(index)}`});
    const sub = await subnet(api, on, `10.${Math.floor(index / 250)}.${index % 250}.0/24`, {
      name: `sub-${padded(index)}`,
      dns_nameservers: ['9.9.9.9'],
    });
    return {on, sub, edge: at(routers, Math.floor(index / 5))};
  });
  // One router takes one leg at a time.
  await Promise.all(
    routers.map(async edge => {
      for (const place of places.filter(one => one.edge === edge))
        await join(api, edge, {subnet_id: place.sub.id});
    }),
  );
  say(`${plan.networks} networks, ${plan.routers} routers`);

  const groups = await many(plan.groups, index => group(api, {name: `role-${padded(index)}`}));
  await many(plan.groups, async index =>
    rules(
      api,
      at(groups, index),
      Array.from({length: rulesOfGroup}, (_, number) => ({
        protocol: 'tcp',
        port_range_min: 1000 + number,
        port_range_max: 1000 + number,
        // Heat's inline rules take no description: each is a resource of its own.
        description: `service ${number + 1}`,
        ...(number % 5 === 0
          ? {remote_group_id: at(groups, index + 1).id}
          : {remote_ip_prefix: '10.0.0.0/8'}),
      })),
    ),
  );
  say(`${plan.groups} groups with ${plan.rules} rules`);

  const key = await keyPair(site, 'large');
  const policies = await many(plan.serverGroups, index =>
    serverGroup(api, `spread-${padded(index)}`, 'soft-anti-affinity'),
  );
  const ports = await many(plan.servers, async index => {
    const nics: Row[] = [];
    for (const nic of index < plan.second ? [0, 1] : [0])
      nics.push(
        await port(api, at(places, index + nic).on, {
          name: `app-${padded(index)}-${nic}`,
          security_groups: [at(groups, index).id],
        }),
      );
    return nics;
  });
  const volumes = await many(plan.volumes, index => volume(api, {name: `data-${padded(index)}`}));
  say(`${plan.volumes} volumes`);

  let done = 0;
  await many(plan.servers, async index => {
    const made = await server(
      site,
      {
        name: `app-${padded(index)}`,
        networks: (ports[index] ?? []).map(({id}) => ({port: id})),
        key_name: key.id,
        metadata: {role: `role-${(index % plan.groups) + 1}`},
      },
      {group: at(policies, index).id},
    );
    // Every other volume is free.
    const disk = volumes[index];
    if (index % 2 === 0 && disk !== undefined) await attach(api, made, disk);
    done += 1;
    if (done % 100 === 0) say(`${done} of ${plan.servers} servers`);
  });
  await many(plan.floating, index =>
    floatingIp(api, {floating_network_id: outside.external, port_id: ports[index]?.[0]?.id}),
  );
  say(`${plan.servers} servers, ${plan.floating} floating IPs`);
  return plan;
}
