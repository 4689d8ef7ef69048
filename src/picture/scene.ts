/** Graph -> scene. Pure; reads rows as they are, since a picture shows the source and not what a template says of it. */
import type {Graph, Node} from '../model/graph.ts';
import {fields, objects, text, texts} from '../model/json.ts';
import type {Device, Lane, Nic, Scene, Standing, Thing} from './scene-types.ts';

/** Kinds that stand on lanes, in the order they are drawn. */
const deviceKinds = ['router', 'load_balancer', 'server', 'port'] as const;

/** Said beside another thing, or drawn as a line: no thing of its own in the picture. */
const lines = new Set([
  'network',
  'subnet',
  'router_interface',
  'volume_attachment',
  'security_group_rule',
  'pool',
  'member',
  'listener',
  'health_monitor',
  'l7policy',
  'l7rule',
  'stack_only',
]);

export function sceneOf(graph: Graph): Scene {
  const maker = new Maker(graph);
  return maker.scene();
}

type Draft = {-readonly [Field in keyof Device]: Device[Field]} & {readonly nics: Nic[]};

class Maker {
  readonly #graph: Graph;
  readonly #byKind = new Map<string, Node[]>();
  readonly #devices = new Map<string, Draft>();
  /** Networks that something stands on. */
  readonly #touched = new Set<string>();
  /** By id of the port. */
  readonly #floating = new Map<string, Nic['floating'][number][]>();
  readonly #shown = new Set<string>();

  constructor(graph: Graph) {
    this.#graph = graph;
    for (const node of graph.nodes.values()) {
      const nodes = this.#byKind.get(node.kind);
      if (nodes === undefined) this.#byKind.set(node.kind, [node]);
      else nodes.push(node);
    }
  }

  scene(): Scene {
    this.#readFloating();
    for (const kind of deviceKinds.slice(0, -1)) for (const node of this.#of(kind)) this.#device(node);
    this.#readRouters();
    this.#readPorts();
    this.#readBalancers();
    this.#readVolumes();
    const lanes = this.#lanes();
    const devices = deviceKinds.flatMap(kind => [...this.#devices.values()].filter(one => one.kind === kind));
    return {project: this.#graph.project.name, lanes, devices, loose: this.#loose()};
  }

  #of(kind: string): readonly Node[] {
    return this.#byKind.get(kind) ?? [];
  }

  #device(node: Node): Draft {
    const draft: Draft = {...thingOf(node), nics: [], volumes: [], groups: [], serves: []};
    this.#devices.set(node.key, draft);
    return draft;
  }

  #readFloating(): void {
    for (const {key, row} of this.#of('floating_ip')) {
      const port = text(row['port_id']);
      if (port === '') continue;
      this.#shown.add(key);
      const address = text(row['floating_ip_address']);
      this.#floating.set(port, [...(this.#floating.get(port) ?? []), {key, address}]);
    }
  }

  #readRouters(): void {
    for (const {key, row} of this.#of('router')) {
      const gateway = fields(row['external_gateway_info']);
      const outer = text(gateway['network_id']);
      if (outer === '') continue;
      const addresses = objects(gateway['external_fixed_ips']).map(fixed => text(fixed['ip_address']));
      this.#join(key, {network: outer, addresses});
    }
    const subnets = new Map(this.#of('subnet').map(({id, row}) => [id, row]));
    const ports = new Map(this.#of('port').map(({id, row}) => [id, row]));
    for (const {row} of this.#of('router_interface')) {
      const network = text(row['network_id']) || text(subnets.get(text(row['subnet_id']))?.['network_id']);
      const addresses = objects(ports.get(text(row['port_id']))?.['fixed_ips'])
        .filter(fixed => row['subnet_id'] === '' || fixed['subnet_id'] === row['subnet_id'])
        .map(fixed => text(fixed['ip_address']));
      this.#join(`router:${text(row['router_id'])}`, {
        network,
        addresses: addresses.length === 0 ? [text(row['ip_address'])] : addresses,
      });
    }
  }

  #readPorts(): void {
    const groups = new Map(this.#of('security_group').map(node => [node.id, thingOf(node)]));
    for (const node of this.#of('port')) {
      const {id, key, row} = node;
      const owner = text(row['device_owner']);
      // Drawn with the router, or made by the server for itself.
      if (owner.startsWith('network:') || owner.startsWith('Octavia')) {
        this.#shown.add(key);
        continue;
      }
      const held = this.#devices.get(`server:${text(row['device_id'])}`);
      if (held === undefined && isOutside(node)) continue;
      this.#shown.add(key);
      const device = held ?? this.#device(node);
      this.#join(device.key, {
        network: text(row['network_id']),
        addresses: objects(row['fixed_ips']).map(fixed => text(fixed['ip_address'])),
        port: id,
      });
      const own = texts(row['security_groups']).flatMap(group => groups.get(group) ?? []);
      const known = new Set(device.groups.map(group => group.key));
      device.groups = [...device.groups, ...own.filter(group => !known.has(group.key))];
    }
  }

  #readBalancers(): void {
    const byAddress = new Map<string, string>();
    for (const {key, nics} of this.#devices.values())
      for (const {lane, addresses} of nics)
        for (const address of addresses) byAddress.set(`${lane} ${address}`, key);
    const subnets = new Map(
      this.#of('subnet').map(({id, row}) => [id, `network:${text(row['network_id'])}`]),
    );
    const pools = new Map(this.#of('pool').map(({id, row}) => [id, objects(row['loadbalancers'])]));
    const serves = new Map<string, Set<string>>();
    for (const {row} of this.#of('member')) {
      const lane = subnets.get(text(row['subnet_id'])) ?? '';
      const served = byAddress.get(`${lane} ${text(row['address'])}`);
      if (served === undefined) continue;
      for (const {id} of pools.get(text(row['pool_id'])) ?? []) {
        const key = `load_balancer:${text(id)}`;
        serves.set(key, (serves.get(key) ?? new Set()).add(served));
      }
    }
    for (const {key, row} of this.#of('load_balancer')) {
      const device = this.#devices.get(key);
      if (device === undefined) continue;
      this.#join(key, {
        network: text(row['vip_network_id']),
        addresses: [text(row['vip_address'])],
        port: text(row['vip_port_id']),
      });
      device.serves = [...(serves.get(key) ?? [])];
    }
  }

  #readVolumes(): void {
    const volumes = new Map(this.#of('volume').map(node => [node.id, node]));
    const attached = this.#of('volume_attachment').map(({row}) => row);
    for (const row of attached) {
      const volume = volumes.get(text(row['volume_id']));
      const device = this.#devices.get(`server:${text(row['server_id'])}`);
      if (volume === undefined || device === undefined) continue;
      this.#shown.add(volume.key);
      device.volumes = [...device.volumes, thingOf(volume)];
    }
  }

  /** A leg of a device on a network; nothing where either is not known. */
  #join(
    device: string,
    {network, addresses, port}: {network: string; addresses: readonly string[]; port?: string},
  ): void {
    const found = this.#devices.get(device);
    if (found === undefined || network === '') return;
    this.#touched.add(network);
    found.nics.push({
      lane: `network:${network}`,
      ...(port === undefined || port === '' ? {} : {port: `port:${port}`}),
      addresses: addresses.filter(address => address !== ''),
      floating: this.#floating.get(port ?? '') ?? [],
    });
  }

  #lanes(): readonly Lane[] {
    const subnets = new Map<string, {key: string; label: string; cidr: string}[]>();
    for (const {key, label, row} of this.#of('subnet')) {
      const network = text(row['network_id']);
      subnets.set(network, [...(subnets.get(network) ?? []), {key, label, cidr: text(row['cidr'])}]);
    }
    const lanes = new Map<string, Lane>();
    for (const node of this.#of('network')) {
      // Another project's network that nothing of ours stands on is none of the picture.
      if (isOutside(node) && !this.#touched.has(node.id)) continue;
      const external = node.row['router:external'] === true;
      lanes.set(node.id, {...thingOf(node), external, subnets: subnets.get(node.id) ?? []});
    }
    // Some clouds let a role stand on networks that it can't see.
    for (const id of [...this.#touched].sort()) {
      if (lanes.has(id)) continue;
      const key = `network:${id}`;
      const label = this.#graph.externals.get(key)?.name ?? id;
      lanes.set(id, {
        key,
        kind: 'network',
        label,
        standing: 'outside',
        external: false,
        subnets: subnets.get(id) ?? [],
      });
    }
    return inOrder([...lanes.values()], [...this.#devices.values()]);
  }

  #loose(): readonly Thing[] {
    return [...this.#graph.nodes.values()]
      .filter(node => {
        if (lines.has(node.kind) || this.#devices.has(node.key) || this.#shown.has(node.key)) return false;
        return node.place.as !== 'skipped' && node.place.as !== 'existing' && node.place.as !== 'part';
      })
      .map(node => thingOf(node));
  }
}

/** Outer lanes first, then those that a router joins with them, one router after the other, then what is left. */
function inOrder(lanes: readonly Lane[], devices: readonly Device[]): readonly Lane[] {
  const found = new Set(lanes.filter(({external}) => external));
  const byKey = new Map(lanes.map(lane => [lane.key, lane]));
  const routers = devices.filter(({kind}) => kind === 'router');
  // A lane that is found makes its routers' other lanes found: from the outside in.
  for (const lane of found)
    for (const {nics} of routers)
      if (nics.some(nic => nic.lane === lane.key))
        for (const nic of nics) {
          const next = byKey.get(nic.lane);
          if (next !== undefined) found.add(next);
        }
  for (const lane of lanes) found.add(lane);
  return [...found];
}

function isOutside({place}: Node): boolean {
  return place.as === 'skipped' || place.as === 'existing';
}

export function standingOf(node: Node): Standing {
  if (isOutside(node)) return 'outside';
  return node.place.as === 'lost' || node.place.as === 'step' ? node.place.as : 'inside';
}

export function thingOf(node: Node): Thing {
  return {
    key: node.key,
    kind: node.kind,
    label: node.label === '' ? node.id : node.label,
    standing: standingOf(node),
  };
}
