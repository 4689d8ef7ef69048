/** Inventory and choices -> Graph: what the user wants of the project, as the user wants it. Pure. */
import type {Inventory} from '../model/inventory.ts';
import type {Shape} from '../model/shape.ts';
import {relate, type Related} from '../relate/index.ts';
import {constrain} from './constrain.ts';
import {prefixNames} from './name-prefix.ts';
import {parameterize} from './parameterize.ts';

export {checkParameterized} from './parameterize.ts';

/**
 * The source's graph, cut and changed as its bundle is: whoever compares with a bundle has to look at this.
 * @throws RekindleError 'usage' for a choice that doesn't fit these rows
 */
export function shape(inventory: Inventory, choices: Shape = {}): Related {
  const {graph, scope} = relate(inventory, {stacks: choices.stacks});
  // Values last: whatever changes them has done so.
  const steps = [parameterize, prefixNames, constrain];
  return {graph: steps.reduce((made, step) => step(made, choices), graph), scope};
}
