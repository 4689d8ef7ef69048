import {refer} from '../../model/define.ts';

/** A project that something of ours is shared with. Only its id is known: members see no names of others. */
interface Row {
  readonly id: string;
}

export const targetProject = refer<Row>()({
  kind: 'target_project',
  section: 'Sharing',
  outside: {prefix: 'target_project'},
});
