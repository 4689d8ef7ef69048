/** What no template says of a server and a call after it does, in the order in which the calls work. */
import type {Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';

export const HOSTNAME = 'OS-EXT-SRV-ATTR:hostname';

export interface State {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null;
  readonly [HOSTNAME]?: string | null;
  readonly status: string;
  readonly locked?: boolean;
  readonly locked_reason?: string | null;
}

/** Resting states that a command of the same name leads to from ACTIVE; proof: nova `api/openstack/common.py`. */
const RESTING: Readonly<Record<string, string>> = {
  SHUTOFF: 'stop',
  PAUSED: 'pause',
  SUSPENDED: 'suspend',
  SHELVED: 'shelve',
  SHELVED_OFFLOADED: 'shelve',
};

export function afterwards(row: State, scope: Scope): void {
  const ref = new Ref('server', row.id);
  const step = (field: string, title: string, ...command: readonly string[]): void =>
    scope.step({when: 'after', fields: [field], title, command: [...command, ref]});

  const hostname = ownHostname(row);
  if (hostname !== undefined) {
    // Proof: nova `api/validation/parameter_types.py`, `hostname`.
    if (/^[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]$/.test(hostname)) {
      const words = ['--os-compute-api-version', '2.90', 'server', 'set', `--hostname=${hostname}`];
      step(HOSTNAME, 'Host name of the server', ...words);
    } else scope.lose(HOSTNAME, 'no Heat property, and not a name that Nova lets anyone set');
  }
  const description = ownDescription(row);
  if (description !== undefined) {
    const words = ['--os-compute-api-version', '2.19', 'server', 'set', `--description=${description}`];
    step('description', 'Description of the server', ...words);
  }
  const verb = Object.hasOwn(RESTING, row.status) ? RESTING[row.status] : undefined;
  if (verb !== undefined) step('status', `The server was ${row.status}: ${verb} it`, 'server', verb);
  else if (row.status !== 'ACTIVE')
    scope.lose('status', `it was ${row.status} when it was read; it comes back ACTIVE`);
  // Last: a locked server refuses the rest.
  if (row.locked === true) {
    const reason = row.locked_reason ?? '';
    if (reason === '') step('locked', 'Lock the server', 'server', 'lock');
    else {
      scope.step({
        when: 'after',
        fields: ['locked', 'locked_reason'],
        title: 'Lock the server',
        command: ['--os-compute-api-version', '2.73', 'server', 'lock', `--reason=${reason}`, ref],
      });
    }
  }
}

/** Before 2.19 Nova sets it to the name, as for everything made with the openstack client's default version. */
export function ownDescription(row: Pick<State, 'name' | 'description'>): string | undefined {
  const {description} = row;
  return typeof description === 'string' && description !== '' && description !== row.name
    ? description
    : undefined;
}

export function ownHostname(row: Pick<State, 'id' | 'name' | typeof HOSTNAME>): string | undefined {
  const hostname = row[HOSTNAME];
  if (typeof hostname !== 'string' || hostname === '') return undefined;
  return hostname === defaultHostname(row.name, row.id) ? undefined : hostname;
}

/** Proof: nova `utils.py`, `sanitize_hostname`, and `compute/api.py`, `_populate_instance_names`. */
export function defaultHostname(name: string, id: string): string {
  const clean = name
    .replaceAll(/[\u0100-\u{10ffff}]/gu, '')
    .slice(0, 63)
    .replaceAll(/[ _.]/g, '-')
    .replaceAll(/[^\p{L}\p{N}-]+/gu, '')
    .toLowerCase()
    .replaceAll(/^[.-]+|[.-]+$/g, '');
  return clean === '' ? `Server-${id}` : clean;
}
