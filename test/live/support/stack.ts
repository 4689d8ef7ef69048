/** A small stack in the same project: what it owns must not be taken for hand-made. */
import type {Row} from './api.ts';
import type {Site} from './site.ts';

export async function buildStack(site: Site): Promise<Record<string, Row>> {
  const {api, outside, suffix} = site;
  const name = `owned${suffix}`;
  const template = {
    heat_template_version: '2018-08-31',
    resources: {
      net: {type: 'OS::Neutron::Net', properties: {name: 'owned-net'}},
      subnet: {
        type: 'OS::Neutron::Subnet',
        properties: {name: 'owned-net', network: {get_resource: 'net'}, cidr: '10.95.0.0/24'},
      },
      group: {
        type: 'OS::Neutron::SecurityGroup',
        properties: {name: 'owned-group', rules: [{protocol: 'tcp', port_range_min: 80, port_range_max: 80}]},
      },
      port: {
        type: 'OS::Neutron::Port',
        properties: {network: {get_resource: 'net'}, security_groups: [{get_resource: 'group'}]},
        depends_on: 'subnet',
      },
      volume: {type: 'OS::Cinder::Volume', properties: {name: 'owned-volume', size: 1}},
      server: {
        type: 'OS::Nova::Server',
        properties: {
          name: 'owned-server',
          flavor: outside.tiny,
          image: outside.image,
          networks: [{port: {get_resource: 'port'}}],
        },
      },
      // A stack inside the stack: its resources belong to the outer one as well.
      inner: {
        type: 'OS::Heat::ResourceGroup',
        properties: {count: 1, resource_def: {type: 'OS::Neutron::Net', properties: {name: 'owned-inner'}}},
      },
    },
  };
  const body = {stack_name: name, template, disable_rollback: true, timeout_mins: 10};
  const made = (await api.call('POST', 'orchestration', '/stacks', body)) as {readonly stack: Row};
  const path = `/stacks/${encodeURIComponent(name)}/${made.stack.id}`;
  const stack = await api.waitFor('orchestration', path, 'stack', 'CREATE_COMPLETE', 600);
  return {stack};
}
