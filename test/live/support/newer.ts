/** What releases since Zed tell, and Zed has without telling, or not at all: zones and hints that were asked for, and more. */
import type {Row} from './api.ts';
import {newerBalancer} from './extras/load-balancers.ts';
import {group, join, place, port, router, server, serverGroup} from './make.ts';
import {openSite} from './site.ts';
import type {Project} from './projects.ts';

export async function buildNewer({api}: Project): Promise<Readonly<Record<string, Row>>> {
  const site = await openSite(api);
  const {network, subnet} = await place(api, 'newer', '10.70.0.0/24');
  const edge = await router(api, {name: 'newer', external_gateway_info: {network_id: site.outside.external}});
  await join(api, edge, {subnet_id: subnet.id});
  const doors = await group(api, {name: 'doors', description: 'who may reach the shop'});
  const apart = await serverGroup(api, 'apart', 'soft-anti-affinity');
  const nic = async (name: string): Promise<object> => ({
    networks: [{port: (await port(api, network, {name})).id}],
  });
  const first = await server(site, {name: 'first', ...(await nic('first'))}, {group: apart.id});
  // Not the zone it would have come to by itself, as far as Nova is concerned: somebody named it.
  const zoned = await server(site, {name: 'zoned', availability_zone: 'nova', ...(await nic('zoned'))});
  const away = await server(
    site,
    {name: 'away', ...(await nic('away'))},
    {group: apart.id, different_host: [zoned.id], query: '[">=","$free_ram_mb",64]'},
  );
  return {
    network,
    subnet,
    edge,
    doors,
    apart,
    first,
    zoned,
    away,
    ...(await newerBalancer(site, subnet, doors)),
  };
}
