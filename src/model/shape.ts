/**
 * What the user chose of how a template is made of the rows. JSON; report.json keeps it, so that a bundle can be made
 * again, compared and adopted as it is. What isn't there is left at its default.
 */
import type {StacksMode} from './define.ts';

export interface Shape {
  /** What becomes of the things that Heat stacks of the source own. Default: as-resources. */
  readonly stacks?: StacksMode;
  /** Servers that are the same but for their values become groups. Default: each stands for itself. */
  readonly fold?: true;
}
