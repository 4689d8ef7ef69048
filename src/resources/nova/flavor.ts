import {refer} from '../../model/define.ts';

/**
 * Known by name only: since microversion 2.47 a server's row holds its flavor's data and name, but no id.
 * Proof: nova `api/openstack/compute/views/servers.py`, `_get_flavor`.
 */
interface Row {
  readonly id: string;
}

export const flavor = refer<Row>()({
  kind: 'flavor',
  section: 'Flavors',
  outside: {constraint: 'nova.flavor', prefix: 'flavor'},
});
