/** Barbican lists its containers of every type together; Heat has a type for each. */
import {parts, refer, type Parts} from '../../model/define.ts';
import type {Consumer} from './consumers.ts';
import {idIn} from './ids.ts';

/** Answered by Barbican; proof: barbican `model/models.py`, `Container._do_extra_dict_fields` and `api/controllers/hrefs.py`. */
export interface ContainerRow {
  readonly id: string;
  readonly name: string | null;
  readonly type: string;
  readonly secret_refs: readonly Held[];
  readonly container_ref: string;
  readonly status: string;
  readonly consumers?: readonly Consumer[];
  readonly creator_id?: string | null;
  readonly created?: string;
  readonly updated?: string;
}

export interface Held {
  readonly name: string | null;
  readonly secret_ref: string;
}

/** What stands for a container that another project has. */
export const secretContainer = refer<ContainerRow>()({
  kind: 'secret_container',
  section: 'Keys and certificates',
  outside: {constraint: 'barbican.container', prefix: 'secret_container'},
  list: {
    service: 'key-manager',
    path: 'containers',
    key: 'containers',
    idOf: element => idIn(element['container_ref']),
  },
  unordered: ['secret_refs'],
});

export function containersWhere(test: (type: string) => boolean): Parts<ContainerRow> {
  return parts(secretContainer, (row: ContainerRow) => (test(row.type) ? [row] : []));
}
