/** Inventory and choices -> Graph: what the user wants of the project, as the user wants it. Pure. */
import type {Inventory} from '../model/inventory.ts';
import type {Shape} from '../model/shape.ts';
import {relate, type Related} from '../relate/index.ts';
import {withChosen} from './auto.ts';
import {shifted} from './shift/index.ts';

/**
 * The source's graph, cut and changed as its bundle is: whoever compares with a bundle has to look at this.
 * @throws RekindleError 'usage' for a choice that doesn't fit these rows
 */
export function shape(inventory: Inventory, choices: Shape = {}): Related {
  const {ips, stacks} = choices;
  const moved = typeof ips === 'object' ? shifted(inventory, ips.shift) : undefined;
  const related = relate(moved?.inventory ?? inventory, {stacks, ips});
  if (ips === 'auto') return withChosen(related);
  return moved?.mark(related) ?? related;
}
