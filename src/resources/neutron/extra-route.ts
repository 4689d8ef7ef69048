import {define, from, parts, resource, type Scope, type Typed} from '../../model/define.ts';
import {Ref, type Attr} from '../../model/value.ts';
import {byAddress, order} from '../../model/cidr.ts';
import {followed, followedOwner} from './free-address.ts';
import {routerInterface} from './router-interface.ts';
import {router, type Route} from './router.ts';
import {foreign, isOurs, joined} from './shared.ts';

/** Made of a router's `routes`. */
interface Row {
  readonly id: string;
  readonly router_id: string;
  readonly destination: string;
  readonly nexthop: string;
  /** Id of the route before it, '' for the first. */
  readonly previous: string;
}

/**
 * Taken by Heat; proof: heat `engine/resources/openstack/neutron/extraroute.py`. Its support status is UNSUPPORTED, but it
 * is in every Heat and works everywhere; ExtraRouteSet wants the extension extraroute-atomic, which OVN has since 2026.2.
 */
interface Properties {
  readonly router_id: Ref<'router'>;
  readonly destination: string;
  readonly nexthop: string | Attr;
}

function base(route: Route): string {
  return route.destination.split('/')[0] ?? '';
}

/** The route before it that is not left out. */
function previousOf(row: Row, scope: Scope): string {
  let {previous} = row;
  while (previous !== '' && scope.isCut(self, previous)) previous = scope.row(self, previous)?.previous ?? '';
  return previous;
}

const self: Typed<'extra_route', Row> = {kind: 'extra_route'};
const r = from<Row>();

export const extraRoute = define<Row, Properties>()({
  kind: 'extra_route',
  section: 'Routers',
  heat: 'OS::Neutron::ExtraRoute',
  parts: parts(router, (row): readonly Row[] => {
    const ids = new Map(
      (row.routes ?? []).map(route => [`${row.id}:${route.destination}:${route.nexthop}`, route] as const),
    );
    return [...ids]
      .sort(([a, x], [b, y]) => byAddress(base(x), base(y)) || order(a, b))
      .map(([id, {destination, nexthop}], index, all) => ({
        id,
        router_id: row.id,
        destination,
        nexthop,
        previous: all[index - 1]?.[0] ?? '',
      }));
  }),
  // The row's id is Heat's; proof: `resource_id_set` in `handle_create`.
  physicalId: row => row.id,
  where: (row, scope) => (isOurs(scope.row(router, row.router_id), scope) ? resource : foreign),
  label: (row, scope) => joined(scope.row(router, row.router_id)?.name, 'to', row.destination),
  under: row => new Ref(router.kind, row.router_id),
  // Each reads the router's routes, adds one and writes them all: side by side they lose each other. And the next hop
  // must be on a network that the router stands on.
  after: (row, scope) => {
    const previous = previousOf(row, scope);
    return previous === ''
      ? scope
          .by(routerInterface, 'router_id', row.router_id)
          .map(({id}) => id)
          .toSorted()
          .map(id => new Ref(routerInterface.kind, id))
      : [new Ref('extra_route', previous)];
  },
  properties: {
    router_id: r.ref(router, 'router_id'),
    destination: r.copy('destination'),
    nexthop: r.derive('nexthop', followed),
  },
  addresses: {follows: ['nexthop']},
  compares: {nexthop: (row, scope) => followedOwner(row.nexthop, scope)},
  ignores: {previous: 'read-only'},
  example: {
    row: {
      id: 'r1:10.9.0.0/16:10.0.0.9',
      router_id: 'r1',
      destination: '10.9.0.0/16',
      nexthop: '10.0.0.9',
      previous: '',
    },
    with: {
      router: [{id: 'r1', project_id: 'p1', name: 'edge', admin_state_up: true, external_gateway_info: null}],
    },
    emits: {
      router_id: {get_resource: 'router:r1'},
      destination: '10.9.0.0/16',
      nexthop: '10.0.0.9',
    },
  },
});
