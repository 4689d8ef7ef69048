/** Headings of the template's sections and of its parameter groups, by kind. */

const SECTIONS: Readonly<Record<string, string>> = {
  keypair: 'Key pairs',
  server_group: 'Server groups',
  address_scope: 'Address pools',
  subnet_pool: 'Address pools',
  network: 'Networks',
  subnet: 'Networks',
  router: 'Routers',
  router_interface: 'Routers',
  extra_route: 'Routers',
  security_group: 'Security groups',
  security_group_rule: 'Security groups',
  port: 'Ports',
  trunk: 'Trunks',
  volume: 'Volumes',
  volume_attachment: 'Volumes',
  server: 'Servers',
  floating_ip: 'Floating IPs',
  port_forwarding: 'Floating IPs',
};

const GROUPS: Readonly<Record<string, string>> = {
  network: 'Networks',
  subnet: 'Networks',
  port: 'Networks',
  router: 'Networks',
  address_scope: 'Networks',
  subnet_pool: 'Networks',
  qos_policy: 'Networks',
  security_group: 'Security groups',
  flavor: 'Flavors',
  image: 'Images',
  volume_type: 'Volumes',
  volume: 'Volumes',
  snapshot: 'Volumes',
  keypair: 'Key pairs',
  foreign_keypair: 'Key pairs',
  server: 'Servers',
  availability_zone: 'Availability zones',
  volume_availability_zone: 'Availability zones',
};

const GROUP_ORDER = [
  'Images',
  'Flavors',
  'Key pairs',
  'Networks',
  'Security groups',
  'Volumes',
  'Availability zones',
  'Other',
];

export function sectionOf(kind: string): string {
  return Object.hasOwn(SECTIONS, kind) ? (SECTIONS[kind] ?? 'Other') : 'Other';
}

export function groupOf(kind: string): string {
  return Object.hasOwn(GROUPS, kind) ? (GROUPS[kind] ?? 'Other') : 'Other';
}

export function groupRank(group: string): number {
  const rank = GROUP_ORDER.indexOf(group);
  return rank < 0 ? GROUP_ORDER.length : rank;
}
