/** What the page holds of a project: plain data, written into it as JSON and read back by its script. */
import type {LedgerEntry} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import type {Standing} from '../picture/scene-types.ts';

/** Where something is told in one of the page's texts. Lines count from 1, both ends are in. */
export interface PageLines {
  /** Index into `texts`. */
  readonly text: number;
  readonly from: number;
  readonly to: number;
}

/** How a thing differs from the other source, where two are compared. */
export type Change = 'same' | 'added' | 'removed' | 'changed';

/** A value of both sources in template terms; one of them is absent where only the other has it. */
export interface PageDifference {
  readonly property: string;
  readonly before?: string;
  readonly after?: string;
}

export interface PageThing {
  /** `kind:id`. */
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  /** The object's own name, '' if it has none. */
  readonly name: string;
  /** What a person would call it. */
  readonly label: string;
  readonly standing: Standing;
  /** As `Place.as`. */
  readonly place: string;
  /** Of what it is said inside, as a key. */
  readonly of?: string;
  /** Why it is lost or left out. */
  readonly reason?: string;
  /** Key of the thing that it is read with. */
  readonly under?: string;
  /** The Heat stack that owns it. */
  readonly stack?: string;
  /** As the API answered it; absent where the page would become too large. */
  readonly row?: Row;
  /** Keys of what has to exist for it, as the closure of a selection follows them. */
  readonly needs: readonly string[];
  /** Keys of what has to be there before it, though no property says so. */
  readonly after: readonly string[];
  /** What became of its fields: indices into `entries`. */
  readonly ledger: readonly number[];
  /** Its logical name in the template. */
  readonly resource?: string;
  readonly lines?: PageLines;
  /** Absent where nothing is compared. */
  readonly change?: Change;
  readonly differences?: readonly PageDifference[];
}

export interface PageData {
  readonly format: 'rekindle-page';
  readonly version: 1;
  readonly project: string;
  /** What is compared: what the sources are called. */
  readonly compared?: {readonly before: string; readonly after: string};
  /** In the graph's order. */
  readonly things: readonly PageThing[];
  /** Entries of all ledgers, each once. */
  readonly entries: readonly LedgerEntry[];
  /** Who refers to whom, by indices of `things`, with the property that does. */
  readonly edges: readonly (readonly [from: number, to: number, property: string])[];
  /** All kinds that a term of a selection can ask for. */
  readonly kinds: readonly string[];
  /** Templates, one for each layer; empty where the page would become too large. */
  readonly texts: readonly {readonly path: string; readonly text: string}[];
  /** What was left out of the page because of its size, in words. */
  readonly omitted?: string;
}
