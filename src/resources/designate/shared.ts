/** What zones and recordsets have in common. */
import {skipped, type Typed} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';

/** Fields that both have; proof: designate `objects/adapters/api_v2/zone.py` and `recordset.py`. */
export interface Common {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: string;
  readonly action: string;
  readonly version?: number;
  readonly created_at?: string;
  readonly updated_at?: string | null;
  readonly links?: object;
}

/** Nobody sets them, nobody compares them. */
export const serverMade = {
  project_id: 'read-only',
  // A failed or unfinished push to the name servers changes nothing of what is wanted.
  status: 'read-only',
  action: 'read-only',
  version: 'read-only',
  created_at: 'read-only',
  updated_at: 'read-only',
  links: 'read-only',
} as const;

export function gone({status, action}: Pick<Common, 'status' | 'action'>): Place | undefined {
  return action === 'DELETE' || status === 'DELETED' ? skipped('it was asked to go') : undefined;
}

/** The zone kind as far as names and recordsets look at it; its own file imports theirs. */
export const zones: Typed<
  'zone',
  {readonly id: string; readonly project_id: string; readonly name: string; readonly type: string}
> = {kind: 'zone'};

/** Likewise of floating IPs' names. */
export const floatingIpNames: Typed<
  'floating_ip_name',
  {readonly id: string; readonly address: string; readonly ptrdname: string | null}
> = {kind: 'floating_ip_name'};
