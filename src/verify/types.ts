/** What the verify stage takes and gives. */
import type {ReportLoss, ReportResource, ReportStep} from '../model/bundle.ts';
import type {AnySpec, Scope} from '../model/define.ts';
import type {Graph} from '../model/graph.ts';
import type {Gap} from '../model/inventory.ts';

/** One of the two projects: its graph, and the look-ups that `compares` functions use. */
export interface Side {
  readonly graph: Graph;
  readonly scope: Scope;
}

/** What the bundle said would differ, and what it called things; a `Report` is one. */
export interface Announced {
  readonly losses: readonly Pick<ReportLoss, 'kind' | 'id' | 'field' | 'reason'>[];
  readonly steps: readonly Pick<ReportStep, 'kind' | 'id' | 'fields' | 'title'>[];
  readonly resources?: readonly Pick<ReportResource, 'kind' | 'id' | 'name'>[];
}

export interface CompareOptions {
  /** Pairs known beforehand, by key: source to clone. */
  readonly seeds?: ReadonlyMap<string, string> | undefined;
  readonly announced?: Announced | undefined;
  /** Source external's key to the id or name that the clone was deployed with. */
  readonly externals?: ReadonlyMap<string, string> | undefined;
  /** Keys of the clone's things that are meant to be the copy (a stack's); others are never `extra`. */
  readonly scope?: 'all' | ReadonlySet<string> | undefined;
  /** Keys of the source's things that the deployment was told not to make, with why. */
  readonly absent?: ReadonlyMap<string, string> | undefined;
  /** By key of the source's things: what stands before their names in the clone. */
  readonly prefixed?: ReadonlyMap<string, string> | undefined;
  /**
   * Both are one project at two times: what kept its id is the same thing, and what is new is never taken for a change of
   * what is gone, unless it says the same or has its name. Default: the projects have one id, and nothing else tells pairs.
   */
  readonly sameProject?: boolean | undefined;
  /** Types to compare by; the registry's if not given. */
  readonly specs?: readonly AnySpec[] | undefined;
}

/** A thing that a value refers to, as people know it. */
export class Named {
  readonly kind: string;
  readonly label: string;
  readonly id: string;
  constructor(kind: string, label: string, id: string) {
    this.kind = kind;
    this.label = label;
    this.id = id;
  }
}

/** A value fit to be shown: capped, secrets masked; undefined is nothing. */
export type Shown =
  undefined | string | number | boolean | Named | readonly Shown[] | {readonly [key: string]: Shown};

export interface Difference {
  readonly what: 'changed' | 'missing' | 'extra';
  readonly kind: string;
  /** Heat's type, where the kind has one. */
  readonly type?: string;
  readonly sourceId?: string;
  readonly cloneId?: string;
  readonly label: string;
  /** Logical name in the template. */
  readonly resource?: string;
  /** Path inside the row, `*` for the whole thing. */
  readonly field: string;
  /** Heat's property that is made of the field. */
  readonly property?: string;
  readonly source?: Shown;
  readonly clone?: Shown;
  /** For a whole thing: how many parts of it are missing (or extra) with it. */
  readonly parts?: number;
  readonly announced?: {readonly fate: 'lost' | 'step'; readonly reason: string};
}

/** What is left out matches everything; a rule says a kind or a name at least. */
export interface IgnoreRule {
  /** Kind of the thing, as `server`; `*` and `?` stand for what they do in a shell. */
  readonly kind?: string;
  /** Its own name, or its logical name in the template. */
  readonly name?: string;
  /** Path inside the row, or the template's property; without it the whole thing is ignored, also that it is there. */
  readonly field?: string;
  /** For whoever reads the file. */
  readonly why?: string;
  /** Where it stands in its file, from 1. */
  readonly line?: number;
}

/** A difference that a rule set aside. */
export interface IgnoredDifference extends Difference {
  readonly ignored: IgnoreRule;
}

/** Rows that one side could not read: what hangs on them is not proven. */
export interface Blind extends Gap {
  readonly side: 'source' | 'clone';
}

export interface Comparison {
  /** Nothing differs beyond what was announced or ignored. */
  readonly same: boolean;
  readonly counts: {
    /** Pairs of things. */
    readonly matched: number;
    readonly missing: number;
    readonly extra: number;
    /** Fields compared, over all pairs. */
    readonly fields: number;
    readonly equal: number;
    readonly announced: number;
    /** Those that count: neither announced nor ignored. */
    readonly unannounced: number;
    readonly ignored: number;
  };
  /** Sorted by kind (template order), label, id, field. */
  readonly differences: readonly Difference[];
  /** What rules set aside; in the same order. */
  readonly ignored: readonly IgnoredDifference[];
  /** Rules that matched nothing. */
  readonly unused: readonly IgnoreRule[];
  readonly blind: readonly Blind[];
  /** Source key to clone key. */
  readonly pairs: ReadonlyMap<string, string>;
}
