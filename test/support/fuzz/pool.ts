/** Real rows of every kind, in small projects: the registry's examples, and pieces of the recorded samples. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {AnySpec} from '../../../src/model/define.ts';
import type {Row} from '../../../src/model/inventory.ts';
import {registry} from '../../../src/resources/index.ts';
import {parseInventory} from '../../../src/store/index.ts';
import {examplesOf} from '../examples.ts';

export type Rows = Readonly<Record<string, readonly Row[]>>;

/** A few rows that belong together. */
export interface Piece {
  /** The kind that it is there for. */
  readonly kind: string;
  readonly rows: Rows;
  readonly extensions: readonly string[];
}

const samples = join(import.meta.dirname, '../../../../samples');
/** Rows of a sample in one piece. */
const WINDOW = 12;

/** One for every example of every kind. Parts come in the row that they are part of. */
export const examples: readonly Piece[] = registry.flatMap(spec =>
  examplesOf(spec).map(({row, with: others = {}, extensions = []}) => {
    const rows: Rows = {...(others as Rows), ...withOwner(spec, row as Row, others as Rows)};
    const entries = Object.entries(rows).map(([kind, list]) => [kind, unique(list)] as const);
    return {kind: spec.kind, rows: Object.fromEntries(entries), extensions};
  }),
);

/** A part that is the whole row in another reading, or one of the rules that its owner lists. */
function withOwner({kind, parts}: AnySpec, row: Row, others: Rows): Rows {
  if (parts === undefined) return {[kind]: [row, ...(others[kind] ?? [])]};
  const owners = others[parts.of.kind];
  if (owners === undefined) return {[parts.of.kind]: [row]};
  const listing = owners.map(owner =>
    Array.isArray(owner['rules'])
      ? Object.assign({}, owner, {rules: [...(owner['rules'] as unknown[]), row]})
      : owner,
  );
  return {[parts.of.kind]: listing};
}

/** Rows of one kind, with those that they name and those that name them. */
export const recorded: readonly Piece[] = readdirSync(samples, {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .flatMap(({name}) => {
    const path = join(samples, name, 'inventory.json');
    const {rows, extensions, source} = parseInventory(path, readFileSync(path, 'utf8'));
    const all = Object.entries(rows).flatMap(([kind, list]) =>
      list.map(row => ({kind, row, id: String(row['id']), text: JSON.stringify(row)})),
    );
    return all
      .filter((_one, index) => index % 7 === 0)
      .map(({kind, row, id, text}): Piece => {
        const near = all.filter(
          other => other.row !== row && (text.includes(other.id) || other.text.includes(id)),
        );
        const found: Record<string, Row[]> = {[kind]: [row]};
        for (const other of near.slice(0, WINDOW)) (found[other.kind] ??= []).push(other.row);
        // The rows are of a project of their own.
        const ours = JSON.stringify(found)
          .replaceAll(source.project.id, 'p1')
          .replaceAll(source.user_id, 'u1');
        return {kind, rows: JSON.parse(ours) as Rows, extensions};
      });
  });

function unique(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map(row => [row['id'], row])).values()];
}
