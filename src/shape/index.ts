/** Inventory and choices -> Graph: what the user wants of the project, as the user wants it. Pure. */
import type {Inventory} from '../model/inventory.ts';
import type {Shape} from '../model/shape.ts';
import {relate, type Related} from '../relate/index.ts';
import {withChosen} from './auto.ts';
import {constrain} from './constrain.ts';
import {prefixNames} from './name-prefix.ts';
import {parameterize} from './parameterize.ts';
import {applyRules} from './rules/apply.ts';
import {select, type Selection, type SelectOptions} from './select/index.ts';
import {shifted} from './shift/index.ts';

export {checkParameterized} from './parameterize.ts';
export {readRules} from './rules/choice.ts';
export {fieldNames} from './select/expression.ts';
export {isSelectable} from './select/closure.ts';
export {isField} from './select/parse.ts';
export {
  canonicalSelection,
  chooser,
  explain,
  expressionOf,
  kinds,
  neededBy,
  readSelections,
  selectionFileText,
  type Chooser,
  type Explained,
  type Picked,
  type Selection,
  type SelectOptions,
} from './select/index.ts';

export interface Shaped extends Related {
  /** What is in and what is out, with why; only where the user chose. */
  readonly selection?: Selection;
  /** What of the choices came to nothing. */
  readonly warnings: readonly string[];
}

/**
 * The source's graph, cut and changed as its bundle is: whoever compares with a bundle has to look at this.
 * @throws RekindleError 'usage' or 'input' for a choice that doesn't fit these rows
 */
export function shape(inventory: Inventory, choices: Shape = {}, options: SelectOptions = {}): Shaped {
  const {ips, stacks} = choices;
  const moved = typeof ips === 'object' ? shifted(inventory, ips.shift) : undefined;
  const rows = moved?.inventory ?? inventory;
  const whole = relate(rows, {stacks, ips});
  let related: Shaped = {...whole, warnings: []};
  if (choices.select !== undefined || choices.exclude !== undefined) {
    const selection = select(whole, choices, options);
    const {outside, cut, settled} = selection;
    related = {
      ...related,
      ...(outside.size === 0 ? whole : relate(rows, {stacks, ips, cut, settled})),
      selection,
    };
  }
  if (ips === 'auto') related = {...related, ...withChosen(related)};
  else if (moved !== undefined) related = {...related, ...moved.mark(related)};
  if (choices.rules !== undefined) {
    const ruled = applyRules(related, choices.rules);
    related = {...related, ...ruled.related, warnings: ruled.warnings};
  }
  // Values last: whatever changes them has done so.
  const steps = [parameterize, prefixNames, constrain];
  return {...related, graph: steps.reduce((made, step) => step(made, choices), related.graph)};
}
