/**
 * What the user chose of how a template is made of the rows. JSON; report.json keeps it, so that a bundle can be made
 * again, compared and adopted as it is. What isn't there is left at its default.
 */
import type {StacksMode} from './define.ts';
import type {Plain} from './value.ts';

export interface Shape {
  /** What becomes of the things that Heat stacks of the source own. Default: as-resources. */
  readonly stacks?: StacksMode;
  /** Changes of properties. */
  readonly rules?: RulesChoice;
  /** Logical names. */
  readonly names?: NamesChoice;
}

/** What a rules file says, as it says it; `at` is line and column of each part, as `3:5`. */
export interface RulesChoice {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly parameters?: Readonly<Record<string, Plain>>;
  readonly rules: readonly {readonly [key: string]: Plain}[];
}

/** What a names file says. */
export interface NamesChoice {
  readonly file: string;
  readonly names: readonly ChosenName[];
}

export interface ChosenName {
  /** Logical name as it would be, or `kind:name`, or `kind:id`. */
  readonly old: string;
  readonly new: string;
  /** Where the two stand in the file. */
  readonly at: string;
  readonly newAt: string;
  /** What it turned out to be, and the name it would have; once a bundle is made. */
  readonly of?: string;
  readonly was?: string;
}
