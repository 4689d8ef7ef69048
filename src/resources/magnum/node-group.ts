import {refer} from '../../model/define.ts';

/**
 * Answered by Magnum since 1.9; proof: magnum `api/controllers/v1/nodegroup.py`, `NodeGroup.convert`: a list tells these
 * and no more. Heat has no type for them; the cluster's own numbers hold the sums of all of them.
 */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly cluster_id: string;
  readonly role: string;
  readonly is_default: boolean;
  readonly node_count: number;
  readonly flavor_id?: string | null;
  readonly image_id?: string | null;
  readonly stack_id?: string | null;
}

export const nodeGroup = refer<Row>()({
  kind: 'node_group',
  section: 'Clusters',
  outside: {prefix: 'node_group'},
  list: {
    service: 'container-infrastructure-management',
    path: 'clusters/{uuid}/nodegroups',
    key: 'nodegroups',
    idField: 'uuid',
    parent: {kind: 'cluster', field: 'cluster_id'},
  },
});
