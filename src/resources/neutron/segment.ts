import {define, from, lost, resource, skipped, type Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {order} from '../../model/cidr.ts';
import {network} from './network.ts';
import {foreign, isOurs, serverMade} from './shared.ts';

/** Answered by Neutron to admins; proof: neutron-lib `api/definitions/segment.py`. No project: the network's. */
interface Row {
  readonly id: string;
  readonly network_id: string;
  readonly name: string | null;
  /** null where the network's creation made the segment. */
  readonly description: string | null;
  readonly network_type: string;
  readonly physical_network: string | null;
  readonly segmentation_id: number | null;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly revision_number?: number;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/segment.py`. */
interface Properties {
  readonly network: Ref<'network'>;
  readonly name?: string;
  readonly description?: string;
  readonly network_type: string;
  readonly physical_network?: string;
  readonly segmentation_id?: number;
}

/** Made with its network: one always is, and nobody describes it. */
function isBorn(row: Row, scope: Scope): boolean {
  if (row.description === null) return true;
  const others = scope.by(segment, 'network_id', row.network_id);
  if (others.some(other => other.description === null)) return false;
  const [first] = others.toSorted(
    (a, b) => order(a.created_at ?? '', b.created_at ?? '') || order(a.id, b.id),
  );
  return first?.id === row.id;
}

/** A tunnel's number is the cloud's choice. */
function chosenNumber({
  network_type: type,
  segmentation_id: number,
}: Pick<Row, 'network_type' | 'segmentation_id'>): number | undefined {
  return type === 'vlan' && number !== null ? number : undefined;
}

const r = from<Row>();

export const segment = define<Row, Properties>()({
  kind: 'segment',
  section: 'Networks',
  heat: 'OS::Neutron::Segment',
  list: {
    service: 'network',
    path: 'segments',
    key: 'segments',
    extension: 'segment',
    // An admin is answered with everybody's.
    keep: (row, rows) => (rows['network'] ?? []).some(({id}) => id === row['network_id']),
  },
  where: (row, scope) => {
    if (!isOurs(scope.row(network, row.network_id), scope)) return foreign;
    if (!isBorn(row, scope)) return resource;
    return row.name || row.description
      ? lost('the first segment comes with its network: openstack network segment set --name --description')
      : skipped('made with its network');
  },
  label: (row, scope) => scope.row(network, row.network_id)?.name ?? '',
  under: row => new Ref(network.kind, row.network_id),
  // Heat refuses the whole template to others; proof: heat `policies/resource_types.py`.
  optional: {
    why: 'Only an admin may create a segment, and its physical network and number must be free in the target',
    create: false,
  },
  properties: {
    network: r.ref(network, 'network_id'),
    name: r.some('name'),
    description: r.some('description'),
    network_type: r.copy('network_type'),
    physical_network: r.some('physical_network'),
    segmentation_id: r.make(['segmentation_id', 'network_type'], chosenNumber),
  },
  compares: {segmentation_id: chosenNumber},
  ignores: {
    created_at: serverMade.created_at,
    updated_at: serverMade.updated_at,
    revision_number: serverMade.revision_number,
  },
  example: {
    row: {
      id: 'm1',
      network_id: 'n1',
      name: 'rack-2',
      description: 'the second rack',
      network_type: 'vlan',
      physical_network: 'physnet2',
      segmentation_id: 2002,
    },
    with: {
      network: [{id: 'n1', project_id: 'p1', name: 'web'}],
      segment: [
        {
          id: 'm0',
          network_id: 'n1',
          name: null,
          description: null,
          network_type: 'geneve',
          physical_network: null,
          segmentation_id: 7,
        },
      ],
    },
    emits: {
      network: {get_resource: 'network:n1'},
      name: 'rack-2',
      description: 'the second rack',
      network_type: 'vlan',
      physical_network: 'physnet2',
      segmentation_id: 2002,
    },
  },
});
