/** Shares, where the examples can't show it. */
import test from 'ava';
import {discover} from '../../../src/discover/index.ts';
import {Ref} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {shareAccess} from '../../../src/resources/manila/share-access.ts';
import {share} from '../../../src/resources/manila/share.ts';
import {fakeSession} from '../../discover/fake.ts';
import {inventoryOf} from '../../support/inventory.ts';

const row = {
  id: 'sh',
  project_id: 'p1',
  name: null,
  description: null,
  status: 'available',
  size: 1,
  share_proto: 'NFS',
  share_type: 't',
  share_network_id: null,
  is_public: false,
  metadata: {},
  availability_zone: 'nova',
  snapshot_id: null,
};
const access = {id: 'r', share_id: 'sh', access_type: 'ip', access_to: '10.0.0.1', access_level: 'ro'};

test('share access: one call for each share, which its query names', async t => {
  const {session, asked} = fakeSession({
    replies: {
      'shared-file-system shares/detail': [row],
      'shared-file-system share-access-rules': [access],
    },
  });
  const {rows} = await discover(session, {specs: [share.spec, shareAccess.spec]});
  t.deepEqual(
    asked.filter(({path}) => path === 'share-access-rules').map(({options}) => options.query),
    [{share_id: 'sh'}],
  );
  t.is(rows['share_access']?.[0]?.['share_id'], 'sh');
});

test('share: the only zone there is says nothing, and a rule with metadata is made afterwards', t => {
  const tagged = {...access, id: 'm', metadata: {why: 'office'}};
  const {graph} = relate(inventoryOf({share: [row], share_access: [access, tagged]}));
  const node = graph.nodes.get('share:sh');
  t.deepEqual(node?.properties['access_rules'], [
    {access_type: 'ip', access_to: '10.0.0.1', access_level: 'ro'},
  ]);
  t.is(node?.ledger.find(({field}) => field === 'availability_zone')?.fate, 'exact');
  t.is(graph.nodes.get('share_access:r')?.place.as, 'part');
  t.is(graph.nodes.get('share_access:m')?.place.as, 'step');
});

function place(more: object): string | undefined {
  return relate(inventoryOf({share: [{...row, ...more}]})).graph.nodes.get('share:sh')?.place.as;
}

test('share: what is on its way out, in the bin or broken is not rebuilt', t => {
  t.is(place({status: 'deleting'}), 'skipped');
  t.is(place({is_soft_deleted: true}), 'skipped');
  t.is(place({project_id: 'p0', is_public: true}), 'skipped');
  t.is(place({status: 'error'}), 'lost');
  t.is(place({status: 'creating'}), 'lost');
  t.is(place({status: 'extending'}), 'resource');
});

test('share network: security services are told by their own rows', t => {
  const {graph} = relate(
    inventoryOf({
      share_network: [{id: 'sn', project_id: 'p1', name: null, share_network_subnets: []}],
      security_service: [
        {id: 'b', project_id: 'p1', type: 'ldap', password: null, share_networks: ['sn', 'x']},
        {id: 'c', project_id: 'p1', type: 'ldap', password: null, share_networks: []},
      ],
    }),
  );
  t.deepEqual(graph.nodes.get('share_network:sn')?.properties, {
    security_services: [new Ref('security_service', 'b')],
  });
});
