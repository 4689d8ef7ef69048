/** Security groups: every form of a rule, references in circles, and the default group changed both ways. */
import type {Fields, Row} from './api.ts';
import {dropRules, group, merge, place, port, rule} from './make.ts';
import {attempt, type Site} from './site.ts';

const six = {ethertype: 'IPv6'};

/** Every form a protocol, a port range or a source can take. */
const FORMS: readonly (readonly [string, Fields])[] = [
  ['any protocol', {remote_ip_prefix: '10.0.0.0/8'}],
  ['any protocol, any source, IPv6', six],
  [
    'tcp, one port',
    {protocol: 'tcp', port_range_min: 22, port_range_max: 22, remote_ip_prefix: '192.0.2.0/24'},
  ],
  ['tcp, all ports', {protocol: 'tcp', remote_ip_prefix: '198.51.100.7/32'}],
  ['tcp, the whole range', {protocol: 'tcp', port_range_min: 1, port_range_max: 65535}],
  ['udp, a range', {protocol: 'udp', port_range_min: 6000, port_range_max: 6100}],
  ['tcp by number', {protocol: '6', port_range_min: 443, port_range_max: 443}],
  ['sctp', {protocol: 'sctp', port_range_min: 3868, port_range_max: 3868}],
  ['udplite', {protocol: 'udplite', port_range_min: 5000, port_range_max: 5001}],
  ['dccp', {protocol: 'dccp', port_range_min: 5005, port_range_max: 5005}],
  ['vrrp by number', {protocol: '112'}],
  ['vrrp by name', {protocol: 'vrrp', remote_ip_prefix: '10.1.0.0/16'}],
  ['gre', {protocol: 'gre'}],
  ['ah', {protocol: 'ah'}],
  ['esp by number', {protocol: '50'}],
  ['ipip', {protocol: 'ipip'}],
  ['protocol 0', {protocol: '0'}],
  ['an unassigned number', {protocol: '253'}],
  ['icmp', {protocol: 'icmp', remote_ip_prefix: '203.0.113.0/24'}],
  ['icmp, echo request', {protocol: 'icmp', port_range_min: 8, port_range_max: 0}],
  ['icmp, type only', {protocol: 'icmp', port_range_min: 3}],
  ['icmp, type 0 and code 0', {protocol: 'icmp', port_range_min: 0, port_range_max: 0}],
  ['icmp by number', {protocol: '1', port_range_min: 11, port_range_max: 1}],
  ['ipv6-icmp', {protocol: 'ipv6-icmp', ...six}],
  ['icmpv6, type and code', {protocol: 'icmpv6', port_range_min: 1, port_range_max: 4, ...six}],
  ['icmp on IPv6', {protocol: 'icmp', port_range_min: 128, ...six}],
  ['ipv6-nonxt', {protocol: 'ipv6-nonxt', ...six}],
  [
    'tcp from an IPv6 range',
    {protocol: 'tcp', port_range_min: 80, port_range_max: 80, remote_ip_prefix: '2001:db8::/32', ...six},
  ],
  [
    'a range that is not normal',
    {protocol: 'tcp', port_range_min: 81, port_range_max: 81, remote_ip_prefix: '10.9.8.7/16'},
  ],
  [
    'everywhere, spelled out',
    {protocol: 'tcp', port_range_min: 82, port_range_max: 82, remote_ip_prefix: '0.0.0.0/0'},
  ],
  ['egress', {direction: 'egress', protocol: 'udp', port_range_min: 123, port_range_max: 123}],
];

async function ruleForms(site: Site): Promise<Record<string, Row>> {
  const forms = await group(site.api, {name: 'forms', description: 'every form of a rule'});
  await Promise.all(
    FORMS.map(([what, fields]) =>
      attempt(site, `a rule: ${what}`, () => rule(site.api, forms, {...fields, description: what})),
    ),
  );
  // A description is what a person sees first; odd ones must survive.
  await rule(site.api, forms, {
    protocol: 'tcp',
    port_range_min: 9100,
    port_range_max: 9100,
    description: `it's "odd": #1 $(id) {{x}}`,
  });
  return {forms};
}

const tcp = (number: number): Fields => ({protocol: 'tcp', port_range_min: number, port_range_max: number});

/** Self, pairs and a circle of three, with a protocol and without. */
async function references({api}: Site): Promise<Record<string, Row>> {
  const [self, front, back, red, green, blue, chained] = (await Promise.all(
    ['self', 'front', 'back', 'red', 'green', 'blue', 'chained'].map(name => group(api, {name})),
  )) as [Row, Row, Row, Row, Row, Row, Row];
  await Promise.all([
    rule(api, self, {remote_group_id: self.id}),
    rule(api, self, {...tcp(7946), remote_group_id: self.id, description: 'gossip'}),
    rule(api, self, {remote_group_id: self.id, ...six}),
    rule(api, front, {...tcp(8080), remote_group_id: back.id}),
    rule(api, back, {...tcp(3306), remote_group_id: front.id}),
    rule(api, back, {direction: 'egress', ...tcp(8080), remote_group_id: front.id}),
    // Any protocol in a circle: no template can say this in one step.
    rule(api, red, {remote_group_id: green.id}),
    rule(api, green, {remote_group_id: blue.id}),
    rule(api, blue, {remote_group_id: red.id}),
    rule(api, chained, {...tcp(5432), remote_group_id: front.id}),
    rule(api, chained, {remote_group_id: self.id}),
  ]);
  return {self, front, back, red, green, blue, chained};
}

async function egressForms(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const [silent, edited, half, nameless, twin, otherTwin] = await Promise.all([
    group(api, {name: 'no-egress', description: 'nothing leaves'}),
    group(api, {name: 'edited-egress'}),
    group(api, {name: 'egress-v4-only'}),
    group(api, {name: ''}),
    group(api, {name: 'twin-group'}),
    group(api, {name: 'twin-group', description: 'the other one'}),
  ]);
  await Promise.all([
    dropRules(api, silent, () => true),
    dropRules(api, edited, () => true),
    dropRules(api, half, row => row['ethertype'] === 'IPv6'),
  ]);
  await rule(api, edited, {direction: 'egress', protocol: 'tcp', port_range_min: 443, port_range_max: 443});
  await rule(api, edited, {direction: 'egress', protocol: 'udp', remote_ip_prefix: '10.0.0.53/32'});
  await rule(api, edited, {protocol: 'tcp', port_range_min: 22, port_range_max: 22});
  const stateless = await attempt(site, 'a stateless group', () =>
    group(api, {name: 'stateless', stateful: false}),
  );
  return {
    silent,
    edited,
    half,
    nameless,
    twin,
    otherTwin,
    ...(stateless === undefined ? {} : {stateless}),
  };
}

async function addressGroups(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const make = (fields: Fields): Promise<Row> =>
    api.create('network', '/address-groups', 'address_group', fields);
  const offices = await make({
    name: 'offices',
    description: 'who may come in',
    addresses: ['192.0.2.0/24', '198.51.100.1/32', '2001:db8:1::/48'],
  });
  const empty = await make({name: 'offices', addresses: []});
  const guarded = await group(api, {name: 'by-address-group'});
  await rule(api, guarded, {
    protocol: 'tcp',
    port_range_min: 22,
    port_range_max: 22,
    remote_address_group_id: offices.id,
    description: 'ssh from the offices',
  });
  await rule(api, guarded, {remote_address_group_id: offices.id, ...six});
  return {offices, emptyOffices: empty, guarded};
}

/** Two rules more and two less than it was born with. A second build in the same project finds it done: 409. */
async function editDefault(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const [found] = await api.list(
    'network',
    `/security-groups?name=default&project_id=${api.projectId}`,
    'security_groups',
  );
  if (found === undefined) throw new Error(`project ${api.projectName} has no default group`);
  const extra = [
    {
      protocol: 'tcp',
      port_range_min: 22,
      port_range_max: 22,
      remote_ip_prefix: '10.0.0.0/8',
      description: 'ops',
    },
    {direction: 'egress', protocol: 'udp', port_range_min: 514, port_range_max: 514, description: 'syslog'},
  ];
  await Promise.all(
    extra.map(fields => attempt(site, 'the default group: already edited', () => rule(api, found, fields))),
  );
  await dropRules(
    api,
    found,
    row =>
      row['ethertype'] === 'IPv6' &&
      row['protocol'] === null &&
      (row['direction'] === 'egress' || row['remote_group_id'] === found.id),
  );
  return {default: found};
}

/** Ports that wear the groups: one several, in an order, one the default group by name. */
async function wearers({api}: Site, made: Record<string, Row>): Promise<Record<string, Row>> {
  const on = await place(api, 'guarded', '10.50.0.0/24');
  const ids = (...roles: string[]): string[] =>
    roles.map(role => made[role]?.id ?? '').filter(id => id !== '');
  return {
    wearsMany: await port(api, on.network, {
      name: 'wears-many',
      security_groups: ids('forms', 'front', 'back'),
    }),
    wearsDefault: await port(api, on.network, {name: 'wears-default'}),
    wearsBoth: await port(api, on.network, {
      name: 'wears-both',
      security_groups: ids('default', 'twin', 'otherTwin'),
    }),
  };
}

export async function buildGroups(site: Site): Promise<Record<string, Row>> {
  const parts = await Promise.all([
    ruleForms(site),
    references(site),
    egressForms(site),
    addressGroups(site),
    editDefault(site),
  ]);
  const made = merge(...parts);
  return {...made, ...(await wearers(site, made))};
}
