/** What all Octavia types have in common. */
import {isRebuilt, lost, resource, skipped, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import type {Ref} from '../../model/value.ts';
import {foreign, isOurs} from '../neutron/shared.ts';

/** Fields that every Octavia row has, or may have; proof: octavia `api/v2/types/`. */
export interface Common {
  readonly id: string;
  readonly project_id: string;
  readonly tenant_id?: string;
  readonly provisioning_status: string;
  readonly operating_status?: string;
  readonly admin_state_up: boolean;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

export interface IdOnly {
  readonly id: string;
}

/** Nobody sets them, nobody compares them. */
export const serverMade = {
  project_id: 'read-only',
  tenant_id: 'read-only',
  provisioning_status: 'read-only',
  operating_status: 'read-only',
  created_at: 'read-only',
  updated_at: 'read-only',
} as const;

/** What a thing stands on: how it is called, and where it stands itself. */
export interface Base {
  readonly what: string;
  readonly place: Place | undefined;
}

/** Proof: octavia `common/constants.py`, provisioning statuses. One that is being changed is there all the same. */
export function placeOn(
  row: Pick<Common, 'project_id' | 'provisioning_status'>,
  scope: Scope,
  base?: Base,
): Place {
  if (!isOurs(row, scope)) return foreign;
  switch (row.provisioning_status) {
    case 'DELETED':
    case 'PENDING_DELETE':
      return skipped(`${row.provisioning_status}: it was asked to go`);
    case 'ERROR':
      return lost('ERROR: the service could not set it up, or it broke');
    default:
  }
  if (base === undefined || isRebuilt(base.place)) return resource;
  return base.place?.as === 'skipped' ? base.place : lost(`its ${base.what} is not rebuilt by the template`);
}

/** Sets what Heat has no property for. Octavia refuses a second change before the first is done. */
export function setAfterwards(
  scope: Scope,
  {words, fields}: Words,
  {what, of}: {readonly what: keyof typeof VERBS; /** Parents first. */ readonly of: readonly Ref[]},
): void {
  if (words.length === 0) return;
  scope.step({
    when: 'after',
    fields,
    title: `${what}: ${fields.join(', ')}`,
    command: ['loadbalancer', ...VERBS[what], 'set', '--wait', ...words, ...of],
  });
}

const VERBS = {
  'load balancer': [],
  listener: ['listener'],
  pool: ['pool'],
  member: ['member'],
  'health monitor': ['healthmonitor'],
  'L7 policy': ['l7policy'],
  'L7 rule': ['l7rule'],
} as const;

/** Words of a command, with the fields they restore. */
export class Words {
  readonly fields: string[] = [];
  readonly words: (string | Ref)[] = [];

  /** @param words Nothing where there is nothing to restore. One that starts with a dash must be joined by `=`. */
  add(field: string, ...words: readonly (string | Ref)[]): this {
    if (words.length > 0) {
      this.fields.push(field);
      this.words.push(...words);
    }
    return this;
  }

  /** One option for each text. */
  each(field: string, option: string, texts: readonly string[] | null | undefined): this {
    return this.add(field, ...(texts ?? []).toSorted().map(text => `${option}=${text}`));
  }

  /** One option, unless the value is what the server picks by itself. */
  unless(field: string, option: string, value: string | number | null | undefined, usual?: unknown): this {
    return value === null || value === undefined || value === '' || value === usual
      ? this
      : this.add(field, `${option}=${value}`);
  }
}
