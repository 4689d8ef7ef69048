/** A rules file -> the choice that a report keeps, and back to rules. */
import {
  faultsError,
  fileName,
  isEntries,
  isItems,
  locatedBy,
  plainOf,
  spotsOf,
  type Entry,
  type Located,
} from '../../model/located.ts';
import type {RulesChoice} from '../../model/shape.ts';
import {rootOf, understood} from './read.ts';
import type {Rules} from './types.ts';

/**
 * The choice that a rules file is.
 * @param file As the user called it, for errors; its last part is kept.
 * @throws RekindleError 'input': every fault with its line and column.
 */
export function readRules(file: string, tree: Located): RulesChoice {
  understood(file, tree);
  const {rules, parameters} = rootOf(tree);
  return {
    file: fileName(file, 'rules'),
    ...(parameters === undefined || !isEntries(parameters.data)
      ? {}
      : {parameters: {...(plainOf(parameters) as object), at: spotsOf(parameters)}}),
    rules: (isItems(rules.data) ? rules.data : []).map(rule =>
      Object.assign({at: spotsOf(rule)}, plainOf(rule) as object),
    ),
  };
}

/** @throws RekindleError 'input' for rules, kept in a report, that can't be understood. */
export function rulesOf(choice: RulesChoice): Rules {
  const {file, rules, parameters} = choice as Partial<RulesChoice>;
  const name = fileName(file, 'rules');
  return understood(name, treeOf(rules, parameters, name));
}

/** Places stand beside what they are of, since no rule and no parameter can be called `at`. */
function treeOf(rules: unknown, parameters: unknown, file: string): Located {
  const start = {line: 1, column: 1};
  try {
    const items = Array.isArray(rules) ? rules.map(withPlaces) : [];
    const entries = new Map<string, Entry>([['rules', {at: start, item: {at: start, data: items}}]]);
    if (parameters !== undefined) entries.set('parameters', {at: start, item: withPlaces(parameters)});
    return {at: start, data: entries};
  } catch (error) {
    if (error instanceof RangeError) throw faultsError(file, [{at: start, what: error.message}]);
    throw error;
  }
}

function withPlaces(value: unknown): Located {
  const {at, ...rest} = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return locatedBy(at, rest);
}
