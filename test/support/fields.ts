/** Fields of rows that no resource type accounts for: what a newer release tells and we don't know. */
import type {Inventory} from '../../src/model/inventory.ts';
import {fieldsOf} from '../../src/relate/plan.ts';
import {relate} from '../../src/relate/index.ts';
import {registry} from '../../src/resources/index.ts';

export interface UnknownField {
  readonly kind: string;
  readonly field: string;
  /** Id of the first row that has it. */
  readonly id: string;
}

/**
 * Of every row that was read, whosever it is, and of rows inside rows. Kinds that are only referred to, as images,
 * are left out: nothing but their names is ever used of them.
 */
export function unknownFields(inventory: Inventory): readonly UnknownField[] {
  const specs = new Map(registry.map(spec => [spec.kind, spec]));
  const found = new Map<string, UnknownField>();
  for (const {kind, id, row} of relate(inventory).graph.nodes.values()) {
    const spec = specs.get(kind);
    if (spec?.heat === undefined) continue;
    const known = fieldsOf(spec);
    for (const field of Object.keys(row)) {
      if (field !== 'id' && !known.has(field) && !found.has(`${kind} ${field}`))
        found.set(`${kind} ${field}`, {kind, field, id});
    }
  }
  return [...found.keys()].sort().flatMap(key => found.get(key) ?? []);
}

/** Rows read, by kind: a test of fields that saw no row of a kind has tested nothing of it. */
export function rowsRead({rows}: Inventory): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(rows)
      .filter(([, list]) => list.length > 0)
      .map(([kind, list]) => [kind, list.length]),
  );
}
