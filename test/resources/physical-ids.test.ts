/** What Heat calls a thing, where it isn't the id of the row; proof: `resource_id_set` of each type. */
import test from 'ava';
import {registry} from '../../src/resources/index.ts';

const url = 'http://key-manager.example/v1';

const expected: Readonly<Record<string, readonly string[]>> = {
  'OS::Barbican::CertificateContainer': [`${url}/containers/4c53d6a5-048c-4d27-9115-f56ddccb16e7`],
  'OS::Barbican::GenericContainer': [`${url}/containers/4c53d6a5-048c-4d27-9115-f56ddccb16e7`],
  'OS::Barbican::RSAContainer': [`${url}/containers/4c53d6a5-048c-4d27-9115-f56ddccb16e7`],
  'OS::Barbican::Secret': [
    'http://key-manager.example/v1/secrets/fd37a0ce-3409-4706-aa9a-2bd4cb7ccf35',
    'http://key-manager.example/v1/secrets/e0c4b956-a802-4681-acf3-fe8abb080070',
  ],
  'OS::Cinder::VolumeAttachment': ['v1'],
  'OS::Mistral::CronTrigger': [],
  'OS::Mistral::Workflow': [],
  'OS::Neutron::ExtraRoute': ['r1:10.9.0.0/16:10.0.0.9'],
  'OS::Neutron::RouterInterface': ['r1:subnet_id=s1', 'r1:port_id=x1'],
};

for (const {heat, physicalId, example, moreExamples = []} of registry) {
  if (typeof heat !== 'string' || physicalId === undefined) continue;
  test(`${heat}: Heat's own id`, t => {
    const rows = [example, ...moreExamples].map(({row}) => row as {readonly name?: string});
    const ids = rows.map(row => physicalId(row as never));
    const known = expected[heat];
    t.truthy(known, 'a type with an id of its own is listed here, with its proof');
    t.deepEqual(ids, known?.length === 0 ? rows.map(({name}) => name) : known);
  });
}

test('every type that is listed here has an id of its own', t => {
  const own = registry.filter(({physicalId}) => physicalId !== undefined).map(({heat}) => heat);
  t.deepEqual(Object.keys(expected), own.map(String).sort());
});
