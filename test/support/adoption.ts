/** A bundle of a made-up project, and the same project read again. */
import type {Present} from '../../src/deploy/adopt/plan.ts';
import type {LoadedBundle} from '../../src/model/bundle.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {fields} from '../../src/model/json.ts';
import type {Shape} from '../../src/model/shape.ts';
import {render} from '../../src/pipeline/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {inventoryOf} from './inventory.ts';

export type Rows = Readonly<Record<string, readonly object[]>>;

const own = {project_id: 'p1', tenant_id: 'p1'};

/** A network with a server on it, whose key pair is the user's, and a volume that is attached by hand. */
export const rows = {
  network: [{id: 'n1', name: 'web', ...own}],
  subnet: [
    {
      id: 's1',
      name: 'web',
      network_id: 'n1',
      cidr: '10.0.0.0/24',
      ip_version: 4,
      gateway_ip: '10.0.0.1',
      subnetpool_id: null,
      ...own,
    },
  ],
  router: [{id: 'r1', name: 'edge', admin_state_up: true, external_gateway_info: null, ...own}],
  port: [
    {
      id: 'x0',
      name: '',
      network_id: 'n1',
      device_id: 'r1',
      device_owner: 'network:router_interface',
      fixed_ips: [{subnet_id: 's1', ip_address: '10.0.0.1'}],
      ...own,
    },
    {
      id: 'x1',
      name: 'web',
      network_id: 'n1',
      device_id: 'v1',
      device_owner: 'compute:nova',
      fixed_ips: [{subnet_id: 's1', ip_address: '10.0.0.5'}],
      ...own,
    },
  ],
  server: [
    {
      id: 'v1',
      name: 'web',
      status: 'ACTIVE',
      flavor: {original_name: 'm1.small'},
      image: {id: 'i1'},
      key_name: 'laptop',
      user_id: 'u1',
      tenant_id: 'p1',
      addresses: [],
    },
  ],
  keypair: [
    {id: 'laptop', name: 'laptop', public_key: 'ssh-ed25519 AAAA laptop', fingerprint: 'f', type: 'ssh'},
  ],
} as const satisfies Rows;

export interface Home extends LoadedBundle {
  readonly inventory: Inventory;
}

export function bundleFrom(from: Rows = rows, shape: Shape = {}): Home {
  const inventory = inventoryOf(from);
  const {report, bundle} = render(inventory, {shape, lenient: true});
  const texts = Object.fromEntries(bundle.map(({path, text}) => [path, text]));
  return {
    dir: 'out',
    template: fields(parsePyYaml(texts['template.yaml'] ?? '')),
    templateText: texts['template.yaml'] ?? '',
    parameters: Object.fromEntries(report.parameters.map(({name, value}) => [name, value])),
    files: texts,
    report,
    inventory,
  };
}

export function presentFrom(from: Rows = rows, shape: Shape = {}): Present {
  const {graph} = render(inventoryOf(from), {shape, lenient: true});
  return {...bundleFrom(from, shape), graph};
}

/** What `deploy` would choose where the user has the key pair. */
export const parameters = {create_keypair_laptop: false};
