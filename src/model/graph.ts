/** The graph: one node per thing of the project, its place in a template, its edges with their evidence, its ledger. */
import type {Gap, Row} from './inventory.ts';
import type {Given, Joined, Properties, Ref} from './value.ts';

/** What became of a field: see design.md, law 3. */
export type Fate = 'exact' | 'derived' | 'parameter' | 'step' | 'lost';

export interface LedgerEntry {
  readonly field: string;
  readonly fate: Fate;
  /** Why, for `lost` and `step`; for the others where it adds something. */
  readonly reason?: string;
}

/** What became of addresses in a field, where the user lets nets move or the target choose. */
export interface AddressNote {
  /** Field, or path into it. */
  readonly field: string;
  /** `left`: it stays as it is, and somebody should look at it. */
  readonly what: 'moved' | 'left';
  readonly reason: string;
}

/** A literal, the id of a thing by its kind and source id, a value given for the deployment, or a text of such. */
export type Word = string | Ref | Given | Joined;

/** One API call that a template can't say. */
export interface Step {
  readonly when: 'before' | 'after';
  /** Fields of the row it restores. */
  readonly fields: readonly string[];
  /** What it does, in one line. */
  readonly title: string;
  /** Words of the `openstack` command after the program's name. */
  readonly command: readonly Word[];
  /** A read-only command that prints ids: they are appended to `command`, which is left out where there are none. */
  readonly of?: readonly Word[];
}

/** Where a row stands in the template. */
export type Place =
  /** A resource of its own. */
  | {readonly as: 'resource'}
  /** Said inside another resource (a rule inside its group). */
  | {readonly as: 'part'; readonly of: Ref}
  /** The target has its own (the default security group); only things that hang on it are built. */
  | {readonly as: 'existing'}
  /** Not said by the template, restored by a step. */
  | {readonly as: 'step'}
  /** Not rebuilt: lost, announced with its reason. */
  | {readonly as: 'lost'; readonly reason: string}
  /** Doesn't belong: made by a service, another project's, another user's. Nothing to rebuild. */
  | {
      readonly as: 'skipped';
      readonly reason: string;
      /** The target has its own all the same. */
      readonly existing?: true;
    };

/** True for what is the target's own (the default security group), whether the template builds on it or not. */
export function isExisting(place: Place | undefined): boolean {
  return place?.as === 'existing' || (place?.as === 'skipped' && place.existing === true);
}

export interface Node {
  /** `kind:id`. */
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  /** The object's own name, '' if it has none. */
  readonly name: string;
  /** What a person would call it: its own name, or what it belongs to. */
  readonly label: string;
  readonly row: Row;
  readonly place: Place;
  readonly properties: Properties;
  /** Order that no property says. */
  readonly after: readonly Ref[];
  /** The node it is read with (a subnet under its network); keys. */
  readonly under: string | undefined;
  readonly ledger: readonly LedgerEntry[];
  readonly steps: readonly Step[];
  /** The node it is made together with, where that one is optional; key. */
  readonly along: string | undefined;
  /** Comments worth having beside the resource. */
  readonly notes: readonly string[];
  /** Name of the Heat stack that owns it in the source. */
  readonly stack: string | undefined;
  /** Absent where addresses are kept. */
  readonly addresses?: readonly AddressNote[];
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Property path that holds it, or `depends_on`. */
  readonly property: string;
}

/** Something referred to that is not part of the snapshot: a parameter of the template. */
export interface External {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  /** Name to give as default, or the id where nothing names it. */
  readonly name: string;
  /** False where several things of the source share that name: then the id is the value. */
  readonly unique: boolean;
  /** Parameter name prefix, as `external_network`. */
  readonly prefix: string;
  /** Heat's custom constraint, as `neutron.network`. */
  readonly constraint: string | undefined;
  /** It can't be expected in the target; the parameter is empty until somebody fills it. */
  readonly optional: boolean;
  /** What it is for takes no name. */
  readonly byId: boolean;
  readonly usedBy: readonly string[];
  /** Names that its parameter takes; default: any. */
  readonly allowed?: readonly string[];
}

export interface Graph {
  readonly project: {readonly id: string; readonly name: string};
  /** By key, sorted by kind (registry order), then age, then id. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: readonly Edge[];
  /** By key, sorted. */
  readonly externals: ReadonlyMap<string, External>;
  readonly gaps: readonly Gap[];
}
