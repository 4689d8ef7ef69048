import {define, from, lossy, lost, resource, skipped, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref, references, type StackTemplate, type Value} from '../../model/value.ts';
import {network} from '../neutron/network.ts';
import {routerInterface} from '../neutron/router-interface.ts';
import {subnet} from '../neutron/subnet.ts';
import type {StackParameter, StackRow} from './stack-row.ts';
import {parametersOf, templateOf} from './stack-template.ts';

/** Taken by Heat; proof: heat `engine/resources/openstack/heat/remote_stack.py`. */
interface Properties {
  readonly template: StackTemplate;
  readonly parameters?: Readonly<Record<string, StackParameter>>;
}

const r = from<StackRow>();

function where(row: StackRow, scope: Scope): Place {
  if (scope.stacks === 'as-resources')
    return skipped('what it owns is rebuilt one by one; --stacks as-template takes its own template');
  if (scope.stacks === 'skip') return skipped('left out with all that it owns: --stacks skip');
  if (row.stack_status?.startsWith('DELETE_') === true)
    return skipped(`${row.stack_status}: it was asked to go`);
  if (row.stack_status?.endsWith('_FAILED') === true)
    return skipped(`${row.stack_status}: its template may fail again, so what it owns is rebuilt one by one`);
  if (row.template === undefined)
    return lost('its template was not read: take the snapshot with --stacks as-template');
  return resource;
}

function networksOf(row: StackRow, scope: Scope): readonly string[] {
  const ids = [...references(parametersOf(row, scope) as Value)].map(({ref}) => ref);
  return ids.filter(({kind}) => kind === network.kind).map(({id}) => id);
}

function subnetsOf(id: string, scope: Scope): Ref[] {
  return scope.by(subnet, 'network_id', id).map(row => new Ref(subnet.kind, row.id));
}

function legsOf(id: string, scope: Scope): Ref[] {
  return scope.by(routerInterface, 'network_id', id).map(row => new Ref(routerInterface.kind, row.id));
}

export const stack = define<StackRow, Properties>()({
  kind: 'stack',
  section: 'Stacks',
  heat: 'OS::Heat::Stack',
  list: {
    service: 'orchestration',
    path: 'stacks',
    key: 'stacks',
    details: {
      template: 'stacks/{stack_name}/{id}/template',
      environment: 'stacks/{stack_name}/{id}/environment',
      files: 'stacks/{stack_name}/{id}/files',
    },
  },
  where,
  label: row => row.stack_name,
  // What it puts on a network of ours needs that network's subnets, and the way out of them.
  after: (row, scope) => networksOf(row, scope).flatMap(id => subnetsOf(id, scope).concat(legsOf(id, scope))),
  properties: {
    template: r.make(['template', 'files'], (row, scope) => templateOf(row as StackRow, scope)),
    parameters: r.make(['environment'], (row, scope) => parametersOf(row as StackRow, scope)),
  },
  // What is in them is compared as what they make.
  compares: {template: () => undefined, files: () => undefined, environment: () => undefined},
  ignores: {
    stack_name: lossy('Heat names a stack inside a stack by itself'),
    // The template's own.
    description: 'elsewhere',
    tags: lossy('Heat gives a stack inside a stack no tags'),
    stack_status: 'read-only',
    stack_status_reason: 'read-only',
    creation_time: 'read-only',
    updated_time: 'read-only',
    deletion_time: 'read-only',
    stack_owner: 'read-only',
    stack_user_project_id: 'read-only',
    parent: 'read-only',
    project: 'read-only',
    links: 'read-only',
  },
  example: {
    row: {
      id: 'k1',
      stack_name: 'workers',
      description: 'a group that grows',
      stack_status: 'CREATE_COMPLETE',
      creation_time: '2026-01-01T00:00:00Z',
      template: JSON.stringify({
        heat_template_version: '2018-08-31',
        parameters: {network: {type: 'string'}, size: {type: 'number', default: 2}},
        resources: {
          group: {
            type: 'OS::Heat::AutoScalingGroup',
            properties: {
              min_size: 1,
              max_size: 5,
              desired_capacity: {get_param: 'size'},
              resource: {
                type: 'file:///home/dana/worker.yaml',
                properties: {network: {get_param: 'network'}},
              },
            },
          },
        },
      }),
      environment: JSON.stringify({parameters: {network: 'n1', size: 3}}),
      files: JSON.stringify({'file:///home/dana/worker.yaml': 'heat_template_version: 2018-08-31\n'}),
    },
    with: {network: [{id: 'n1', project_id: 'p1', name: 'web'}]},
    stacks: 'as-template',
    emits: {
      template: {
        template: {
          heat_template_version: '2018-08-31',
          parameters: {network: {type: 'string'}, size: {type: 'number', default: 2}},
          resources: {
            group: {
              type: 'OS::Heat::AutoScalingGroup',
              properties: {
                min_size: 1,
                max_size: 5,
                desired_capacity: {get_param: 'size'},
                resource: {type: 'workers-worker-5a8893.yaml', properties: {network: {get_param: 'network'}}},
              },
            },
          },
        },
        files: {'workers-worker-5a8893.yaml': 'heat_template_version: 2018-08-31\n'},
      },
      parameters: {network: {get_resource: 'network:n1'}, size: 3},
    },
  },
});
