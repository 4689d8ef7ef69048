import {refer} from '../../model/define.ts';

/** Answered by Heat; proof: heat `api/openstack/v1/views/stacks_view.py`. Read to say which stack owns what. */
interface Row {
  readonly id: string;
  readonly stack_name: string;
}

export const stack = refer<Row>()({
  kind: 'stack',
  section: 'Stacks',
  outside: {prefix: 'stack'},
  list: {service: 'orchestration', path: 'stacks', key: 'stacks'},
});
