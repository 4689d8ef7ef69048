/** Inventory and choices -> Graph: what the user wants of the project, as the user wants it. Pure. */
import type {Inventory} from '../model/inventory.ts';
import type {Shape} from '../model/shape.ts';
import {relate, type Related} from '../relate/index.ts';
import {applyRules} from './rules/apply.ts';

export {readRules} from './rules/read.ts';

export interface Shaped extends Related {
  /** What of the choices came to nothing. */
  readonly warnings: readonly string[];
}

/**
 * The source's graph, cut and changed as its bundle is: whoever compares with a bundle has to look at this.
 * @throws RekindleError 'usage' or 'input' for a choice that doesn't fit these rows
 */
export function shape(inventory: Inventory, choices: Shape = {}): Shaped {
  const related = relate(inventory, {stacks: choices.stacks});
  const {rules} = choices;
  if (rules === undefined) return {...related, warnings: []};
  const ruled = applyRules(related, rules);
  return {...ruled.related, warnings: ruled.warnings};
}
