/** What Heat is sent: nothing that is adopted can go with its stack. */
import test from 'ava';
import {adoptData, type Adopted, isRetained, retained} from '../../../src/deploy/adopt/data.ts';
import {externalTemplate} from '../../../src/deploy/adopt/external.ts';
import {fields} from '../../../src/model/json.ts';
import {bundleFrom} from '../../support/adoption.ts';

function adopted(name: string, type: string, physicalId: string): Adopted {
  return {name, type, kind: '', id: physicalId, label: '', physicalId, data: {}};
}

const template = {
  heat_template_version: '2018-08-31',
  description: 'x',
  resources: {
    zone: {type: 'OS::Designate::Zone', properties: {name: 'a.'}, deletion_policy: 'Delete'},
    record: {
      type: 'OS::Designate::RecordSet',
      depends_on: 'zone',
      metadata: {a: 1},
      properties: {zone: {get_resource: 'zone'}, type: 'A'},
    },
    other: {type: 'OS::Designate::RecordSet', properties: {zone: {get_param: 'z'}}},
    rule: {
      type: 'OS::Neutron::QoSBandwidthLimitRule',
      properties: {policy: {if: ['c', {get_resource: 'absent'}, {get_param: 'p'}]}},
    },
  },
};

test('every resource is retained in what is sent, whatever it said before; the bundle stays as it is', t => {
  const bundle = bundleFrom();
  const before = JSON.stringify(bundle.template);
  const sent = retained(bundle.template);
  t.true(isRetained(sent));
  t.is(JSON.stringify(bundle.template), before);
  t.false(isRetained(bundle.template));
  t.is(fields(fields(retained(template)['resources'])['zone'])['deletion_policy'], 'Retain');
  t.false(isRetained({resources: {a: {deletion_policy: 'Retain'}, b: {deletion_policy: 'Delete'}}}));
});

test('adopt data: id, data and metadata of what is adopted, and of nothing else', t => {
  const data = adoptData({template}, {z: 'zone-id'}, [
    {...adopted('record', 'OS::Designate::RecordSet', 'r1'), data: {external_ports: '[]'}},
  ]);
  t.deepEqual(data.resources, {
    record: {resource_id: 'r1', resource_data: {external_ports: '[]'}, metadata: {a: 1}},
  });
  t.deepEqual(data.environment, {parameters: {z: 'zone-id'}});
  t.true(isRetained(data.template));
});

test('a template of external ids names no parameter, order or property but the one Heat looks it up by', t => {
  const made = externalTemplate(
    {template},
    [
      adopted('zone', 'OS::Designate::Zone', 'z1'),
      adopted('record', 'OS::Designate::RecordSet', 'r1'),
      adopted('other', 'OS::Designate::RecordSet', 'r2'),
      adopted('rule', 'OS::Neutron::QoSBandwidthLimitRule', 'q1'),
    ],
    {z: 'z9', p: 'p9'},
  );
  const kept = {deletion_policy: 'Retain'};
  t.deepEqual(made, {
    heat_template_version: '2018-08-31',
    description: 'x',
    resources: {
      zone: {type: 'OS::Designate::Zone', external_id: 'z1', ...kept},
      record: {type: 'OS::Designate::RecordSet', external_id: 'r1', ...kept, properties: {zone: 'z1'}},
      other: {type: 'OS::Designate::RecordSet', external_id: 'r2', ...kept, properties: {zone: 'z9'}},
      rule: {
        type: 'OS::Neutron::QoSBandwidthLimitRule',
        external_id: 'q1',
        ...kept,
        properties: {policy: 'p9'},
      },
    },
  });
});
