/** The layout by-layer: what a project is built of, from the ground up. */
import {registry} from '../../resources/index.ts';
import {type Dependencies, inOrder} from './dependencies.ts';

/** Layers in the order they are deployed, each with the sections of the template that it has. */
export const layerSections: readonly (readonly [layer: string, sections: readonly string[]])[] = [
  ['security', ['Key pairs', 'Security groups', 'Keys and certificates', 'Server groups', 'Identities']],
  [
    'network',
    [
      'Networks',
      'Address pools',
      'QoS policies',
      'Routers',
      'Sharing',
      'Metering',
      'L2 gateways',
      'Firewalls',
      'Availability zones',
    ],
  ],
  ['storage', ['Volumes', 'Shares', 'Object storage', 'Images']],
  [
    'compute',
    [
      'Flavors',
      'Ports',
      'Trunks',
      'Servers',
      'Floating IPs',
      'Stacks',
      'Leases',
      'Containers',
      'Databases',
      'Clusters',
    ],
  ],
  ['services', ['Load balancers', 'VPN', 'DNS', 'Service chains', 'Taps', 'Queues', 'Workflows', 'Alarms']],
];

const rankOfSection = new Map(
  layerSections.flatMap(([, sections], rank) => sections.map(section => [section, rank] as const)),
);
const rankOfType = new Map(
  registry.map(({heat, section}) => [heat ?? '', rankOfSection.get(section)] as const),
);
/** Groups of servers, and whatever else has no section. */
const otherwise = layerSections.findIndex(([name]) => name === 'compute');

/** By resource: its layer, which is never below one it needs. */
export function byLayer({
  types,
  needs,
  users,
}: Pick<Dependencies, 'types' | 'needs' | 'users'>): readonly string[] {
  const own = types.map(type => rankOfType.get(type) ?? otherwise);
  const order = inOrder(needs);
  const ranks = [...own];
  // A port that is part of a router is no server's: it goes down to the only ones that need it.
  for (const node of order.toReversed()) {
    if (types[node] !== 'OS::Neutron::Port') continue;
    const above = (users[node] ?? []).map(user => ranks[user] ?? 0);
    if (above.length > 0) ranks[node] = Math.min(ranks[node] ?? 0, Math.max(...above));
  }
  for (const node of order)
    for (const target of needs[node] ?? []) ranks[node] = Math.max(ranks[node] ?? 0, ranks[target] ?? 0);
  return ranks.map(rank => layerSections[rank]?.[0] ?? '');
}
