/** Whatever stands in a template, the rules look at it without falling over. */
import test from 'ava';
import fc from 'fast-check';
import {checkRules} from '../../../src/deploy/check/rules/index.ts';
import {viewOf} from '../../../src/deploy/check/view.ts';

const types = (
  'Neutron::Net Neutron::Subnet Neutron::Port Neutron::Router Neutron::RouterInterface Neutron::FloatingIP ' +
  'Neutron::SecurityGroup Neutron::SecurityGroupRule Neutron::Trunk Neutron::ExtraRoute Neutron::SubnetPool ' +
  'Neutron::VPNService Neutron::IPsecSiteConnection Nova::Server Nova::KeyPair Cinder::Volume ' +
  'Cinder::VolumeAttachment Octavia::LoadBalancer Octavia::Listener Octavia::Pool Octavia::PoolMember ' +
  'Octavia::HealthMonitor Designate::Zone Designate::RecordSet Swift::Container Manila::Share'
).split(' ');
const names = (
  'network subnet router port cidr gateway_ip allocation_pools fixed_ips rules networks sub_ports name type zone ' +
  'records pool protocol protocol_port vip_address vip_subnet metadata tags value_specs mac_address port_id ' +
  'floating_network public_key size image block_device_mapping_v2 nexthop router_id security_groups prefixes ip_address'
).split(' ');

const value = fc.letrec(tie => ({
  any: fc.oneof(
    {depthSize: 'small'},
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      80,
      '',
      '10.0.0.0/24',
      '10.0.0.1',
      'fd00::/64',
      '::',
      '__proto__',
      '\u0000',
    ),
    fc.string(),
    fc.constantFrom('a', 'b', 'c').map(name => ({get_resource: name})),
    fc.record({get_attr: tie('any')}),
    fc.record({list_join: tie('any')}),
    fc.array(tie('any'), {maxLength: 3}),
    fc.dictionary(fc.constantFrom(...names, 'start', 'end', 'subnet', 'port'), tie('any'), {maxKeys: 3}),
  ),
})).any;

const resource = fc.record({
  type: fc.constantFrom(...types).map(name => `OS::${name}`),
  properties: fc.dictionary(fc.constantFrom(...names), value, {maxKeys: 8}),
});

test('no property value makes a rule fail', t => {
  fc.assert(
    fc.property(fc.record({a: resource, b: resource, c: resource}), resources => {
      const findings = checkRules(viewOf({resources}, {}), {lists: {}, project: 'p', isAdmin: false});
      for (const {what, hint} of findings) if (what.includes('\n') || hint === '') throw new Error(what);
    }),
    {numRuns: 1000},
  );
  t.pass();
});
