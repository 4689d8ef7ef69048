/** Leases: time goes on, and Heat knows two kinds of reservation. */
import test from 'ava';
import {Ask} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {lease} from '../../../src/resources/blazar/lease.ts';
import {inventoryOf} from '../../support/inventory.ts';

function nodeOf(changes: object) {
  return relate(inventoryOf({lease: [{...lease.spec.example.row, ...changes}]})).graph.nodes.get('lease:l1');
}

test('lease: one that has begun needs a new start, and says so', t => {
  const node = nodeOf({status: 'ACTIVE'});
  t.true(node?.properties['start_date'] instanceof Ask);
  t.true(node?.ledger.some(({field, fate}) => field === 'start_date' && fate === 'lost'));
});

test('lease: one that is over is lost', t => {
  t.is(nodeOf({status: 'TERMINATED'})?.place.as, 'lost');
});

test('lease: reservations of floating IPs are beyond Heat', t => {
  const reservations = [{id: 'r', resource_type: 'virtual:floatingip', network_id: 'n', amount: 1}];
  t.deepEqual(nodeOf({reservations})?.place, {
    as: 'lost',
    reason: 'Heat knows no reservations of virtual:floatingip',
  });
});

test('lease: the warning an hour before the end is what Blazar does by itself', t => {
  const events = [{event_type: 'before_end_lease', time: '2026-12-27T17:00:00.000000'}];
  t.is(nodeOf({events})?.properties['before_end_date'], undefined);
});

test('lease: instances that may stand anywhere are kept apart, and it is said', t => {
  const reservations = [
    {resource_type: 'virtual:instance', amount: 1, vcpus: 1, memory_mb: 1, disk_gb: 0, affinity: null},
  ];
  t.true(nodeOf({reservations})?.ledger.some(({field}) => field === 'reservations.affinity'));
});
