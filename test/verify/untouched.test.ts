/** Proof that nothing was touched: every field of the project's own rows, by id. */
import test from 'ava';
import {relate} from '../../src/relate/index.ts';
import {untouched} from '../../src/verify/index.ts';
import {rows, type Rows} from '../support/adoption.ts';
import {inventoryOf} from '../support/inventory.ts';

function reading(changes: Rows = {}, gaps: Parameters<typeof inventoryOf>[1] = {}) {
  const inventory = inventoryOf({...rows, ...changes}, gaps);
  return {inventory, graph: relate(inventory).graph};
}

test('an untouched project: all its rows and fields count', t => {
  const {rows: count, fields, touched, blind} = untouched(reading(), reading());
  t.is(count, 7);
  t.true(fields > 40);
  t.deepEqual([touched, blind], [[], []]);
});

/** A port and a group of that revision, the group's rule as well. */
function at(revision: number) {
  const port = {...rows.port[1], revision_number: revision, updated_at: `t${revision}`};
  const rule = {id: 'u1', protocol: 'tcp', revision_number: revision};
  const group = {id: 'g1', name: 'g', project_id: 'p1', security_group_rules: [rule]};
  return reading({port: [port], security_group: [group]});
}

test('time stamps and revisions say nothing, in parts of a row neither', t => {
  t.deepEqual(untouched(at(1), at(2)).touched, []);
});

test('a changed field, a row that went and one that came are each named', t => {
  const after = reading({
    subnet: [{...rows.subnet[0], name: 'other'}],
    router: [],
    network: [...rows.network, {id: 'n2', name: 'new', project_id: 'p1'}],
  });
  t.deepEqual(untouched(reading(), after).touched, [
    {kind: 'network', id: 'n2', field: '*', what: 'new'},
    {kind: 'router', id: 'r1', field: '*', what: 'gone'},
    {kind: 'subnet', id: 's1', field: 'name', what: 'changed'},
  ]);
});

test("what isn't the project's own, and the stacks themselves, are left out", t => {
  const after = reading({
    keypair: [...rows.keypair, {id: 'new', name: 'new', public_key: 'k', fingerprint: 'f'}],
    network: [...rows.network, {id: 'n9', name: 'public', project_id: 'p9', 'router:external': true}],
    stack: [{id: 'k1', stack_name: 'mine', stack_status: 'ADOPT_COMPLETE', project: 'p1'}],
  });
  t.deepEqual(untouched(reading(), after).touched, []);
});

test('what could not be read on either side is told', t => {
  const gap = {service: 'volume', kind: 'volume', reason: 'failed', detail: 'broken'} as const;
  const absent = {service: 'dns', kind: 'zone', reason: 'no-service', detail: 'none'} as const;
  t.deepEqual(untouched(reading(), reading({}, {gaps: [gap, absent]})).blind, [gap]);
});
