/** What belongs together so closely that one stack should hold it: a server with its ports, disks and addresses. */
import type {Dependencies} from './dependencies.ts';

/** By type: the types of what it needs that it goes with. */
const goesWith: Readonly<Record<string, readonly string[]>> = {
  'OS::Neutron::Subnet': ['OS::Neutron::Net'],
  'OS::Neutron::Segment': ['OS::Neutron::Net'],
  'OS::Neutron::RouterInterface': ['OS::Neutron::Router', 'OS::Neutron::Port'],
  'OS::Neutron::ExtraRouteSet': ['OS::Neutron::Router'],
  'OS::Neutron::ExtraRoute': ['OS::Neutron::Router'],
  'OS::Neutron::SecurityGroupRule': ['OS::Neutron::SecurityGroup'],
  'OS::Neutron::QoSBandwidthLimitRule': ['OS::Neutron::QoSPolicy'],
  'OS::Neutron::QoSDscpMarkingRule': ['OS::Neutron::QoSPolicy'],
  'OS::Neutron::QoSMinimumBandwidthRule': ['OS::Neutron::QoSPolicy'],
  'OS::Neutron::QoSMinimumPacketRateRule': ['OS::Neutron::QoSPolicy'],
  'OS::Neutron::MeteringRule': ['OS::Neutron::MeteringLabel'],
  'OS::Neutron::Trunk': ['OS::Neutron::Port'],
  'OS::Neutron::FloatingIP': ['OS::Neutron::Port'],
  'OS::Nova::Server': ['OS::Neutron::Port', 'OS::Neutron::Trunk', 'OS::Cinder::Volume'],
  'OS::Cinder::VolumeAttachment': ['OS::Nova::Server', 'OS::Cinder::Volume'],
  'OS::Octavia::Listener': ['OS::Octavia::LoadBalancer'],
  'OS::Octavia::Pool': ['OS::Octavia::LoadBalancer', 'OS::Octavia::Listener'],
  'OS::Octavia::PoolMember': ['OS::Octavia::Pool'],
  'OS::Octavia::HealthMonitor': ['OS::Octavia::Pool'],
  'OS::Octavia::L7Policy': ['OS::Octavia::Listener', 'OS::Octavia::Pool'],
  'OS::Octavia::L7Rule': ['OS::Octavia::L7Policy'],
  'OS::Designate::RecordSet': ['OS::Designate::Zone'],
  'OS::Neutron::IPsecSiteConnection': ['OS::Neutron::VPNService'],
};

/** By resource, the number of what it belongs to; numbers follow the template's order. */
export function clustersOf({names, types, needs}: Dependencies): readonly number[] {
  const root = names.map((_, index) => index);
  const find = (node: number): number => {
    let top = node;
    while (root[top] !== top) top = root[top] ?? top;
    for (let one = node; one !== top;) {
      const next = root[one] ?? top;
      root[one] = top;
      one = next;
    }
    return top;
  };
  for (const [index, targets] of needs.entries()) {
    const tied = goesWith[types[index] ?? ''] ?? [];
    for (const target of targets) {
      if (!tied.includes(types[target] ?? '')) continue;
      const [a, b] = [find(index), find(target)];
      root[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const numbers = new Map<number, number>();
  return names.map((_, index) => {
    const top = find(index);
    const known = numbers.get(top) ?? numbers.size;
    numbers.set(top, known);
    return known;
  });
}
