/** Things that only a stack knows of: a group that grows, its policy, a handle; and hand-made things around them. */
import type {Api, Row} from '../api.ts';
import {attach, network, subnet, volume} from '../make.ts';
import type {Site} from '../site.ts';

const worker = `# One of the group.
heat_template_version: '2018-08-31'
parameters:
  network: {type: string}
  name: {type: string}
resources:
  port:
    type: OS::Neutron::Port
    properties:
      network: {get_param: network}
      name: {list_join: ['-', [{get_param: name}, port]]}
`;

export async function buildStacks(site: Site): Promise<Record<string, Row>> {
  const {api, outside, suffix} = site;
  const net = await network(api, {name: 'around-stacks'});
  await subnet(api, net, '10.97.0.0/24');
  const name = `grown${suffix}`;
  const template = {
    heat_template_version: '2018-08-31',
    description: 'A group and what hangs on it',
    parameters: {
      network: {type: 'string', constraints: [{custom_constraint: 'neutron.network'}]},
      image: {type: 'string'},
      flavor: {type: 'string', default: outside.tiny},
      size: {type: 'number', default: 1},
      password: {type: 'string', hidden: true},
      tags: {type: 'comma_delimited_list', default: 'a,b'},
    },
    resources: {
      group: {
        type: 'OS::Heat::AutoScalingGroup',
        properties: {
          min_size: 1,
          max_size: 4,
          desired_capacity: {get_param: 'size'},
          resource: {
            type: 'file:///nowhere/worker.yaml',
            properties: {network: {get_param: 'network'}, name: 'worker'},
          },
        },
      },
      grow: {
        type: 'OS::Heat::ScalingPolicy',
        properties: {
          adjustment_type: 'change_in_capacity',
          auto_scaling_group_id: {get_resource: 'group'},
          scaling_adjustment: 1,
        },
      },
      handle: {type: 'OS::Heat::WaitConditionHandle'},
      config: {
        type: 'OS::Heat::SoftwareConfig',
        properties: {config: {str_replace: {template: 'pw=$pw', params: {$pw: {get_param: 'password'}}}}},
      },
      many: {
        type: 'OS::Heat::ResourceGroup',
        properties: {
          count: 2,
          resource_def: {type: 'OS::Neutron::Net', properties: {name: 'one-of-%index%'}},
        },
      },
      port: {type: 'OS::Neutron::Port', properties: {network: {get_param: 'network'}, name: 'of-the-stack'}},
      server: {
        type: 'OS::Nova::Server',
        properties: {
          name: 'of-the-stack',
          flavor: {get_param: 'flavor'},
          image: {get_param: 'image'},
          networks: [{port: {get_resource: 'port'}}],
        },
      },
      // Nova makes this one's port.
      plain: {
        type: 'OS::Nova::Server',
        properties: {
          name: 'plain',
          flavor: {get_param: 'flavor'},
          image: {get_param: 'image'},
          networks: [{network: {get_param: 'network'}}],
        },
      },
    },
    outputs: {size: {value: {get_attr: ['group', 'current_size']}}},
  };
  const body = {
    stack_name: name,
    template,
    files: {'file:///nowhere/worker.yaml': worker},
    environment: {parameters: {network: net.id, image: outside.image, size: 2, password: 'hush'}},
    disable_rollback: true,
    timeout_mins: 10,
  };
  const made = (await api.call('POST', 'orchestration', '/stacks', body)) as {readonly stack: Row};
  const path = `/stacks/${encodeURIComponent(name)}/${made.stack.id}`;
  const stack = await api.waitFor('orchestration', path, 'stack', 'CREATE_COMPLETE', 600);
  // By hand, onto what the stack made.
  const servers = await api.list('compute', '/servers/detail?name=of-the-stack', 'servers');
  const [server] = servers;
  if (server === undefined) throw new Error('the stack made no server');
  const extra = await volume(api, {name: 'by-hand'});
  await attach(api, server, extra);
  return {stack, net, extra};
}

/** Stacks go before everything else anyway. */
export const stacks = {build: buildStacks, wipe: (_api: Api): Promise<void> => Promise.resolve()};
