/**
 * What comes along with a thing, by kind, beyond what its properties refer to; and what goes with one that is excluded.
 * The general rule needs no entry here: what a property refers to has to exist, so it is in.
 */
import type {Scope} from '../../model/define.ts';
import type {Graph, Node} from '../../model/graph.ts';
import {fields, objects, text, texts} from '../../model/json.ts';
import {idIn} from '../../resources/barbican/ids.ts';
import {parseAddress, parseCidr} from '../../model/cidr.ts';

/** Rows by id, and by what a field of theirs says. */
export type Lookup = Pick<Scope, 'row' | 'by'>;

/** A graph, with what rules look up in it. */
export interface World {
  readonly graph: Pick<Graph, 'nodes'>;
  readonly scope: Lookup;
  /** Keys of what is read with a thing, by its key. */
  readonly under: ReadonlyMap<string, readonly string[]>;
  /** Keys of what a stack owns, by the stack's name. */
  readonly ofStack: ReadonlyMap<string, readonly string[]>;
}

export interface Rule {
  readonly of: string;
  readonly brings: string;
  readonly keys: (node: Node, world: World) => readonly string[];
  /** What it is to the thing that brings it, as in "floating IP of port web-1". */
  readonly why: string;
  /** It is nothing without that thing: it goes where that is excluded. */
  readonly owned?: true;
  /** Only with a thing that is in for its own sake: one that another merely needs comes without. */
  readonly whole?: true;
  /** Where the target has that already, it has this as well. @param isExcluded By key. */
  readonly unless?: (key: string, world: World, isExcluded: (key: string) => boolean) => boolean;
  /** It is brought even though what owns it is excluded: then that is a parameter. */
  readonly insists?: true;
}

type Keys = Rule['keys'];
type Row = Readonly<Record<string, unknown>>;

/** Rows of the kind whose field names the thing. */
function naming(kind: string, field: string): Keys {
  return ({id}, {scope}) => scope.by<string, Row>({kind}, field, id).map(row => `${kind}:${text(row['id'])}`);
}

/** Things that a field of the row names, by id. */
function named(kind: string, ids: (row: Node['row']) => readonly unknown[]): Keys {
  return ({row}) => ids(row).flatMap(id => (typeof id === 'string' && id !== '' ? [`${kind}:${id}`] : []));
}

function field(kind: string, name: string): Keys {
  return named(kind, row => (Array.isArray(row[name]) ? texts(row[name]) : [row[name]]));
}

/** What is read with it. */
function below(kind: string): Keys {
  return ({key}, {under}) => (under.get(key) ?? []).filter(other => other.startsWith(`${kind}:`));
}

function owned(of: string, brings: string, keys: Keys, why: string): Rule {
  return {of, brings, keys, why, owned: true};
}

function needed(of: string, brings: string, keys: Keys, why: string): Rule {
  return {of, brings, keys, why};
}

/** Sharing is a thing of its own in Neutron, and a field of what is shared to everybody else. */
const shared = ['network', 'qos_policy', 'security_group', 'address_scope', 'subnet_pool', 'address_group'];
const qosRules = ['bandwidth_limit', 'dscp_marking', 'minimum_bandwidth', 'minimum_packet_rate'];
const certificates = ['certificate_container', 'generic_container', 'rsa_container', 'secret'];

export const rules: readonly Rule[] = [
  {...owned('stack', '*', ({row}, {ofStack}) => ofStack.get(text(row['stack_name'])) ?? [], 'owned by')},

  owned('server', 'port', naming('port', 'device_id'), 'port of'),
  owned('server', 'volume_attachment', naming('volume_attachment', 'server_id'), 'volume on'),
  needed('volume_attachment', 'volume', field('volume', 'volume_id'), 'volume of'),

  owned('port', 'floating_ip', naming('floating_ip', 'port_id'), 'floating IP of'),
  owned('port', 'trunk', naming('trunk', 'port_id'), 'trunk on'),
  owned('port', 'port_forwarding', naming('port_forwarding', 'internal_port_id'), 'forwards to'),
  // The default group, where no property names it, has its own rules.
  needed('port', 'security_group', field('security_group', 'security_groups'), 'security group of'),

  {
    ...needed('floating_ip', 'router_interface', legsOf, 'way out for'),
    // An excluded network has its own way out.
    unless: (key, world, isExcluded) => standsOn(key, world).some(isExcluded),
    insists: true,
  },
  {
    ...owned('floating_ip', 'port_forwarding', naming('port_forwarding', 'floatingip_id'), 'forwards from'),
    whole: true,
  },
  owned('floating_ip', 'floating_ip_name', below('floating_ip_name'), 'reverse name of'),
  needed('floating_ip', 'qos_policy', field('qos_policy', 'qos_policy_id'), 'QoS policy of'),

  {
    ...owned('router', 'router_interface', naming('router_interface', 'router_id'), 'interface of'),
    whole: true,
  },
  {...owned('router', 'extra_route', naming('extra_route', 'router_id'), 'route of'), whole: true},
  needed('router', 'extra_route', routesBeyond, 'route of'),
  owned('router_interface', 'extra_route', routesBehind, 'route through'),
  needed('extra_route', 'router_interface', wayOf, 'way of'),
  needed(
    'router',
    'qos_policy',
    named('qos_policy', row => [fields(row['external_gateway_info'])['qos_policy_id']]),
    'QoS policy of',
  ),

  owned('network', 'subnet', naming('subnet', 'network_id'), 'subnet of'),
  owned('network', 'segment', naming('segment', 'network_id'), 'segment of'),
  ...shared.map(kind => owned(kind, 'rbac_policy', naming('rbac_policy', 'object_id'), 'sharing of')),

  owned(
    'security_group',
    'security_group_rule',
    naming('security_group_rule', 'security_group_id'),
    'rule of',
  ),
  needed(
    'security_group_rule',
    'security_group',
    field('security_group', 'remote_group_id'),
    'remote group of',
  ),
  needed(
    'security_group_rule',
    'address_group',
    field('address_group', 'remote_address_group_id'),
    'address group of',
  ),

  ...qosRules.map(name => owned('qos_policy', `qos_${name}_rule`, below(`qos_${name}_rule`), 'rule of')),
  owned('metering_label', 'metering_label_rule', below('metering_label_rule'), 'rule of'),

  owned('load_balancer', 'listener', below('listener'), 'listener of'),
  owned('load_balancer', 'pool', below('pool'), 'pool of'),
  owned(
    'load_balancer',
    'floating_ip',
    ({row}, {scope}) =>
      scope
        .by<string, Row>({kind: 'floating_ip'}, 'port_id', text(row['vip_port_id']))
        .map(row => `floating_ip:${text(row['id'])}`),
    'floating IP of',
  ),
  needed('load_balancer', 'qos_policy', field('qos_policy', 'vip_qos_policy_id'), 'QoS policy of'),
  owned('listener', 'l7policy', below('l7policy'), 'policy of'),
  owned('l7policy', 'l7rule', below('l7rule'), 'rule of'),
  owned('pool', 'member', below('member'), 'member of'),
  owned('pool', 'health_monitor', below('health_monitor'), 'monitor of'),
  ...['listener', 'pool'].flatMap(of =>
    certificates.map(kind =>
      needed(
        of,
        kind,
        named(kind, row =>
          Object.keys(row).flatMap(name => (name.endsWith('container_ref') ? [idIn(row[name])] : [])),
        ),
        'certificate of',
      ),
    ),
  ),

  owned('vpn_service', 'ipsec_site_connection', below('ipsec_site_connection'), 'connection of'),
  owned('zone', 'recordset', below('recordset'), 'records of'),
  owned('share', 'share_access', below('share_access'), 'access to'),
  owned('queue', 'subscription', below('subscription'), 'subscription to'),
  {
    ...owned('l2_gateway', 'l2_gateway_connection', below('l2_gateway_connection'), 'connection of'),
    whole: true,
  },
  {...owned('tap_service', 'tap_flow', below('tap_flow'), 'flow to'), whole: true},
];

/** Interfaces that a floating IP's own order names: the one to its port's subnet. */
function legsOf({after}: Node): readonly string[] {
  return after.map(({kind, id}) => `${kind}:${id}`).filter(key => key.startsWith('router_interface:'));
}

interface Leg {
  readonly id: string;
  readonly router_id?: unknown;
  readonly subnet_id?: unknown;
  readonly port_id?: unknown;
}

interface Subnet {
  readonly id: string;
  readonly cidr?: unknown;
  readonly network_id?: unknown;
}

function subnetsOf(leg: Leg, scope: Lookup): readonly string[] {
  if (text(leg.subnet_id) !== '') return [text(leg.subnet_id)];
  const port = scope.row<string, {id: string; fixed_ips?: unknown}>({kind: 'port'}, text(leg.port_id));
  return objects(port?.fixed_ips).map(ip => text(ip['subnet_id']));
}

/** Keys of the subnets and networks that an interface stands on. */
function standsOn(key: string, {graph, scope}: World): readonly string[] {
  const node = graph.nodes.get(key);
  if (node === undefined) return [];
  return subnetsOf({...node.row, id: node.id}, scope).flatMap(id => {
    const network = text(scope.row<string, Subnet>({kind: 'subnet'}, id)?.network_id);
    return [`subnet:${id}`, `network:${network}`];
  });
}

/** Interfaces of the router on whose subnets the next hop is. */
function legsTo(router: string, nexthop: unknown, scope: Lookup): readonly string[] {
  const address = parseAddress(text(nexthop));
  return scope
    .by<string, Leg>({kind: 'router_interface'}, 'router_id', router)
    .filter(leg =>
      subnetsOf(leg, scope).some(id => {
        const range = parseCidr(text(scope.row<string, Subnet>({kind: 'subnet'}, id)?.cidr));
        return (
          address !== undefined &&
          range !== undefined &&
          range.version === address.version &&
          range.first <= address.value &&
          address.value <= range.last
        );
      }),
    )
    .map(({id}) => `router_interface:${id}`);
}

interface Route {
  readonly id: string;
  readonly router_id: string;
  readonly nexthop?: unknown;
}

function routesOf(router: string, scope: Lookup): readonly Route[] {
  return scope.by<string, Route>({kind: 'extra_route'}, 'router_id', router);
}

/** Routes whose next hop is on no network of the project: beyond the gateway. */
function routesBeyond({id}: Node, {scope}: World): readonly string[] {
  return routesOf(id, scope)
    .filter(({nexthop}) => legsTo(id, nexthop, scope).length === 0)
    .map(route => `extra_route:${route.id}`);
}

function routesBehind({key, row}: Node, {scope}: World): readonly string[] {
  const router = text(row['router_id']);
  return routesOf(router, scope)
    .filter(({nexthop}) => legsTo(router, nexthop, scope).includes(key))
    .map(route => `extra_route:${route.id}`);
}

function wayOf({row}: Node, {scope}: World): readonly string[] {
  return legsTo(text(row['router_id']), row['nexthop'], scope);
}
