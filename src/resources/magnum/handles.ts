/** Clusters as far as their template looks at them: their own file imports it. */
import type {Typed} from '../../model/define.ts';

export const cluster: Typed<'cluster', {readonly id: string; readonly cluster_template_id: string}> = {
  kind: 'cluster',
};
