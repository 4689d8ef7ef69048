/** What people look up after a deployment: an output for each kind of thing, by logical name. */
import {RekindleError} from '../model/errors.ts';
import type {Node} from '../model/graph.ts';
import {nearest} from '../model/nearest.ts';
import type {Json, Template} from './model.ts';
import {compareNames} from './order.ts';

interface OutputKind {
  readonly kind: string;
  readonly description: string;
  /** Of one resource; attributes are Heat's (`attributes_schema` of the type). */
  readonly value: (name: string) => Json;
}

function id(name: string): Json {
  return {get_resource: name};
}

/** The id, and what of a thing only its service knows. */
function withAttribute(key: string, attribute = key): OutputKind['value'] {
  return name => ({id: id(name), [key]: {get_attr: [name, attribute]}});
}

/** In the order in which they stand in the template. */
const outputKinds: Readonly<Record<string, OutputKind>> = {
  servers: {
    kind: 'server',
    description: 'Ids of the servers, and their addresses by network',
    value: withAttribute('networks'),
  },
  floating_ips: {
    kind: 'floating_ip',
    description: 'Addresses of the floating IPs',
    value: name => ({get_attr: [name, 'floating_ip_address']}),
  },
  networks: {kind: 'network', description: 'Ids of the networks', value: id},
  subnets: {
    kind: 'subnet',
    description: 'Ids of the subnets, and their ranges',
    value: withAttribute('cidr'),
  },
  routers: {
    kind: 'router',
    description: 'Ids of the routers, and their gateways with the addresses outside',
    value: withAttribute('gateway', 'external_gateway_info'),
  },
  ports: {
    kind: 'port',
    description: 'Ids of the ports, and their addresses',
    value: withAttribute('fixed_ips'),
  },
  security_groups: {kind: 'security_group', description: 'Ids of the security groups', value: id},
  volumes: {kind: 'volume', description: 'Ids of the volumes', value: id},
  load_balancers: {
    kind: 'load_balancer',
    description: 'Ids of the load balancers, and their addresses',
    value: withAttribute('vip_address'),
  },
  zones: {kind: 'zone', description: 'Ids of the DNS zones', value: id},
  containers: {kind: 'container', description: 'Names of the containers', value: id},
  shares: {
    kind: 'share',
    description: 'Ids of the shares, and where they are mounted from',
    value: withAttribute('export_locations'),
  },
  secrets: {kind: 'secret', description: 'References of the secrets', value: id},
  clusters: {
    kind: 'cluster',
    description: 'Ids of the clusters, and the addresses of their APIs',
    value: withAttribute('api_address'),
  },
  database_instances: {
    kind: 'database_instance',
    description: 'Ids of the database instances, and their addresses',
    value: withAttribute('hostname'),
  },
  stacks: {kind: 'stack', description: 'Ids of the stacks', value: id},
};

/** Where nobody chose: addresses, which most people look up. Ids are in the stack's list of resources. */
const usual: Readonly<Record<string, OutputKind>> = {
  servers: {
    kind: 'server',
    description: 'Addresses of the servers, by network',
    value: name => ({get_attr: [name, 'networks']}),
  },
  load_balancers: {
    kind: 'load_balancer',
    description: 'Addresses of the load balancers',
    value: name => ({get_attr: [name, 'vip_address']}),
  },
  floating_ips: outputKinds['floating_ips'] as OutputKind,
};

/** What `--outputs` takes. */
export const outputNames: readonly string[] = Object.keys(outputKinds);

/** @throws RekindleError 'usage' for a word that is none of them */
export function checkOutputs(wanted: readonly string[]): void {
  const words = [...outputNames, 'all', 'none'];
  for (const word of wanted) {
    if (words.includes(word)) continue;
    const near = nearest(word, words);
    throw new RekindleError('usage', `There are no outputs called ${JSON.stringify(word)}`, {
      hint: near === undefined ? `there are ${words.join(', ')}` : `did you mean ${near}?`,
    });
  }
  const alone = wanted.find(word => word === 'all' || word === 'none');
  if (alone !== undefined && wanted.length > 1)
    throw new RekindleError('usage', `--outputs ${alone} stands by itself, beside no other kind`);
}

/** @param wanted Kinds; default: addresses. @param names Logical names by node key. */
export function outputsOf(
  built: readonly Node[],
  names: ReadonlyMap<string, string>,
  wanted: readonly string[] | undefined,
): Template['outputs'] {
  if (wanted === undefined) return made(built, names, usual);
  checkOutputs(wanted);
  const all = wanted.includes('all');
  const chosen = Object.entries(outputKinds).filter(([name]) => all || wanted.includes(name));
  return made(built, names, Object.fromEntries(chosen));
}

function made(
  built: readonly Node[],
  names: ReadonlyMap<string, string>,
  outputs: Readonly<Record<string, OutputKind>>,
): Template['outputs'] {
  const found = Object.entries(outputs).flatMap(([output, {kind, description, value}]) => {
    const entries = built
      .filter(node => node.kind === kind)
      .map(node => names.get(node.key))
      .filter(name => name !== undefined)
      .sort(compareNames)
      .map(name => [name, value(name)] as const);
    return entries.length === 0 ? [] : [[output, {description, value: Object.fromEntries(entries)}] as const];
  });
  return Object.fromEntries(found);
}
