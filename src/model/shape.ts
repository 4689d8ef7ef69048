/**
 * What the user chose of how a template is made of the rows. JSON; report.json keeps it, so that a bundle can be made
 * again, compared and adopted as it is. What isn't there is left at its default.
 */
import type {StacksMode} from './define.ts';

/** How a bundle is cut into stacks. */
export const layouts = ['single', 'by-layer', 'by-network'] as const;
export type Layout = (typeof layouts)[number];

export interface Shape {
  /** What becomes of the things that Heat stacks of the source own. Default: as-resources. */
  readonly stacks?: StacksMode;
  /** One stack, or one for each layer or group of networks. Default: single, as long as Heat's limits allow it. */
  readonly layout?: Layout;
  /** Resources that the target's Heat takes in a stack, nested ones included. Default: 1000. */
  readonly maxResources?: number;
  /** Characters of a template that the target's Heat takes. Default: 524288. */
  readonly maxTemplateSize?: number;
}
