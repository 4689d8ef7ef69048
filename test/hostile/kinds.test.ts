/** The hostile projects are made of rows of every kind. */
import test from 'ava';
import {registry} from '../../src/resources/index.ts';
import {relate} from '../../src/relate/index.ts';
import {inventoryFrom} from '../support/fuzz/mutate.ts';
import {examples, recorded} from '../support/fuzz/pool.ts';

test('every kind has a row among those that are mutated', t => {
  const seen = new Set<string>();
  for (const piece of [...examples, ...recorded]) {
    const inventory = inventoryFrom({pieces: [piece], edits: []});
    for (const [kind, rows] of Object.entries(inventory.rows)) if (rows.length > 0) seen.add(kind);
    for (const {kind, place} of relate(inventory).graph.nodes.values())
      if (place.as !== 'lost' || !place.reason.includes('a part of')) seen.add(kind);
  }
  t.deepEqual(
    registry.map(({kind}) => kind).filter(kind => !seen.has(kind)),
    [],
  );
});
