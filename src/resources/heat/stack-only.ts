import {define, lost, parts} from '../../model/define.ts';
import {notBuilt} from '../not-built.ts';
import {stackResource} from './stack-resource.ts';

/** A resource of a stack that is nowhere but in Heat: a group, a wait condition, a config. */
interface Row {
  readonly id: string;
  readonly resource_name: string;
  readonly resource_type: string;
  readonly stack_id: string;
}

function whyNot(type: string): string {
  return Object.hasOwn(notBuilt, type) ? (notBuilt[type]?.why ?? '') : '';
}

export const stackOnly = define<Row, object>()({
  kind: 'stack_only',
  section: 'Stacks',
  heat: null,
  parts: parts(stackResource, row => {
    const {resource_type: type, resource_name: name} = row;
    if (type === undefined || name === undefined || type === 'OS::Heat::Stack') return [];
    // Custom types and nested templates are said by what is in them.
    const only = Object.hasOwn(notBuilt, type) && notBuilt[type]?.as === 'impossible';
    return only ? [{id: row.id, resource_name: name, resource_type: type, stack_id: row.stack_id}] : [];
  }),
  where: row => lost(`${row.resource_type}: ${whyNot(row.resource_type)}`),
  label: row => row.resource_name,
  ownedBy: row => row.stack_id,
  properties: {},
  ignores: {resource_name: 'elsewhere', resource_type: 'elsewhere', stack_id: 'read-only'},
  example: {
    row: {
      id: 'web/k1/resources/group',
      resource_name: 'group',
      resource_type: 'OS::Heat::AutoScalingGroup',
      stack_id: 'k1',
    },
    place: 'lost',
    emits: {},
  },
});
