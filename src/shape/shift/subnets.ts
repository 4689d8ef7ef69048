/** The project's subnets: which of them can move, where each stands, and whose neighbours they are. Pure. */
import {parseCidr, type Cidr} from '../../model/cidr.ts';
import {isForeign, rowsOf, type Inventory, type Row} from '../../model/inventory.ts';
import {fields, objects, text, texts} from '../../model/json.ts';

export interface SubnetPlace {
  readonly id: string;
  /** What a person would call it. */
  readonly label: string;
  readonly network: string;
  readonly cidr: Cidr;
  /** It is the project's own, on a network of its own that is not external. */
  readonly own: boolean;
}

/** Sorted by id; those whose range can't be read are left out. */
export function subnetsOf(inventory: Inventory): readonly SubnetPlace[] {
  const networks = new Map(rowsOf(inventory, 'network').map(row => [text(row['id']), row]));
  return rowsOf(inventory, 'subnet')
    .flatMap(row => {
      const network = networks.get(text(row['network_id']));
      const cidr = parseCidr(text(row['cidr']));
      if (cidr === undefined) return [];
      const own =
        !isForeign(network ?? row, inventory.source.project.id) &&
        !isForeign(row, inventory.source.project.id) &&
        network?.['router:external'] !== true &&
        row['subnetpool_id'] !== 'prefix_delegation';
      const label = text(row['name']) || text(network?.['name']) || text(row['id']);
      return [{id: text(row['id']), label, network: text(row['network_id']), cidr, own}];
    })
    .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/** Ids of subnets that Neutron keeps from overlapping, with what joins them: one network, or one router. */
export function neighbourhoods(
  inventory: Inventory,
  subnets: readonly SubnetPlace[],
): readonly {readonly what: string; readonly subnets: ReadonlySet<string>}[] {
  const found = new Map<string, {what: string; subnets: Set<string>}>();
  const at = (key: string, what: string): Set<string> => {
    const known = found.get(key) ?? {what, subnets: new Set<string>()};
    found.set(key, known);
    return known.subnets;
  };
  const onNetwork = new Map<string, string[]>();
  for (const {id, network} of subnets) {
    onNetwork.set(network, [...(onNetwork.get(network) ?? []), id]);
    at(`network ${network}`, 'on the same network').add(id);
  }
  const routers = new Map(rowsOf(inventory, 'router').map(row => [text(row['id']), row]));
  for (const port of rowsOf(inventory, 'port')) {
    const router = routers.get(text(port['device_id']));
    if (router === undefined) continue;
    const mine = at(`router ${text(router['id'])}`, onRouter(router));
    for (const ip of objects(port['fixed_ips'])) mine.add(text(ip['subnet_id']));
  }
  for (const [id, router] of routers) {
    const outer = text(fields(router['external_gateway_info'])['network_id']);
    for (const subnet of onNetwork.get(outer) ?? []) at(`router ${id}`, onRouter(router)).add(subnet);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function onRouter(router: Row | undefined): string {
  const name = text(router?.['name']);
  return `on the same router${name === '' ? '' : ` ${name}`}`;
}

/** Subnets by the id of a subnet, network or port that stands in them. */
export function standsIn(
  inventory: Inventory,
  subnets: readonly SubnetPlace[],
): ReadonlyMap<string, readonly SubnetPlace[]> {
  const found = new Map<string, SubnetPlace[]>();
  const byId = new Map(subnets.map(subnet => [subnet.id, subnet]));
  const add = (key: string, subnet: SubnetPlace | undefined): void => {
    if (subnet === undefined || key === '') return;
    const known = found.get(key);
    if (known === undefined) found.set(key, [subnet]);
    else if (!known.includes(subnet)) known.push(subnet);
  };
  for (const subnet of subnets) {
    add(subnet.id, subnet);
    add(subnet.network, subnet);
  }
  for (const network of rowsOf(inventory, 'network'))
    for (const id of texts(network['subnets'])) add(text(network['id']), byId.get(id));
  for (const port of rowsOf(inventory, 'port')) {
    for (const ip of objects(port['fixed_ips'])) {
      const subnet = byId.get(text(ip['subnet_id']));
      add(text(port['id']), subnet);
      // A server's own row tells its addresses by the name of the network only.
      add(`device ${text(port['device_id'])}`, subnet);
    }
  }
  return found;
}
