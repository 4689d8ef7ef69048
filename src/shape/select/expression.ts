/** A selection as a tree: which things of a project somebody means. */

/** Fields that a term can ask for, in the order they are listed to people. */
export const fieldNames = ['id', 'name', 'tag', 'metadata', 'network', 'zone', 'status'] as const;
export type FieldName = (typeof fieldNames)[number];

/** Things of a kind, by name: `server:web-*`. */
export interface KindTerm {
  readonly is: 'kind';
  /** As the registry has it, or a word for several of its kinds; `*` for any. */
  readonly kind: string;
  /** Pattern (`escapedGlob`); absent for all of the kind. */
  readonly name?: string;
  /** Column of its first character, from 1. */
  readonly at: number;
}

/** Things of any kind by what their rows say: `tag=prod`, `metadata.role!=web`. */
export interface FieldTerm {
  readonly is: 'field';
  readonly field: FieldName;
  /** Of metadata: the key whose value is meant; absent where the key itself is. */
  readonly key?: string;
  /** Pattern. */
  readonly value: string;
  /** `!=` */
  readonly unlike: boolean;
  readonly at: number;
}

export type Term = KindTerm | FieldTerm;

export type Expression =
  | Term
  | {readonly is: 'not'; readonly of: Expression}
  | {readonly is: 'and' | 'or'; readonly of: readonly Expression[]};

/** The terms in it, as they are written. */
export function* termsOf(expression: Expression): Generator<Term> {
  if (expression.is === 'kind' || expression.is === 'field') yield expression;
  else if (expression.is === 'not') yield* termsOf(expression.of);
  else for (const part of expression.of) yield* termsOf(part);
}
