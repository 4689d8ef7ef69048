/** A rules file, understood: what matches, and what is done to it. */
import type {Spot} from '../../model/located.ts';
import type {Pattern, Replacement as Replaced} from '../../model/pattern.ts';
import type {PropertyPath} from '../../model/property-path.ts';
import type {Plain} from '../../model/value.ts';
import type {Test} from './tests.ts';

export interface FieldTest {
  readonly at: Spot;
  /** As it is written. */
  readonly text: string;
  readonly path: PropertyPath;
  readonly test: Test;
}

/** One text for another, or each match of an expression. */
export type Replacement =
  {readonly text: string; readonly by: string} | {readonly pattern: Pattern; readonly by: Replaced};

interface Common {
  /** Of the path. */
  readonly at: Spot;
  /** The path, as it is written. */
  readonly text: string;
  readonly path: PropertyPath;
}

export interface SetOperation extends Common {
  readonly does: 'set';
  readonly value: Said;
}

export interface ReplaceOperation extends Common {
  readonly does: 'replace';
  readonly replacements: readonly Replacement[];
}

export interface ParameterOperation extends Common {
  readonly does: 'parameter';
  /** Name of the parameter. */
  readonly parameter: string;
}

export interface DropOperation extends Common {
  readonly does: 'drop';
}

export type Operation = SetOperation | ReplaceOperation | ParameterOperation | DropOperation;

/** A value as a rule gives it: JSON with references in it. */
export type Said =
  string | number | boolean | SaidResource | SaidParameter | readonly Said[] | ReadonlyMap<string, Said>;

/** `{resource: 'kind:name'}`. */
export class SaidResource {
  readonly at: Spot;
  readonly kind: string;
  /** Name or id. */
  readonly name: string;
  constructor(at: Spot, kind: string, name: string) {
    this.at = at;
    this.kind = kind;
    this.name = name;
  }
}

/** `{parameter: name}`. */
export class SaidParameter {
  readonly at: Spot;
  readonly name: string;
  constructor(at: Spot, name: string) {
    this.at = at;
    this.name = name;
  }
}

export interface Rule {
  readonly at: Spot;
  readonly kinds: readonly string[];
  readonly name: Test | undefined;
  readonly fields: readonly FieldTest[];
  readonly operations: readonly Operation[];
}

/** What is said of a parameter, wherever it is said. */
export interface Definition {
  readonly at: Spot;
  readonly label?: string;
  readonly description?: string;
  readonly default?: Plain;
  readonly constraints?: readonly {readonly [key: string]: Plain}[];
}

export interface Rules {
  readonly rules: readonly Rule[];
  /** By name of the parameter. */
  readonly definitions: ReadonlyMap<string, Definition>;
}
