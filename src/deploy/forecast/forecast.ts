/**
 * What an update will do to each resource: Heat's own comparison (heat `engine/resource.py`, `_needs_update` and
 * `update_template_diff_properties`), made before it. Heat's preview of an update does not tell: it takes whatever refers
 * to another resource for replaced.
 */
import {grouped} from './groups.ts';
import {Judge} from './judge.ts';
import {isMade} from './made.ts';
import {resourcesOf} from './resources.ts';
import {stackChanges} from './stack-changes.ts';
import type {Definition, Forecast, Forecasted, Knowledge, StackState} from './types.ts';

export function forecast(before: StackState, after: Definition, known: Knowledge): Forecast {
  const [old, fresh] = [grouped(before), grouped(after)];
  const was = resourcesOf(old.definition, before.own, known, before.stored);
  const now = resourcesOf(fresh.definition, before.own, known);
  const judge = new Judge({before, was, now, fresh, known});
  const staying = [...now].flatMap(([name, {holds}]): Forecasted[] => {
    const fate = judge.fateOf(name);
    // One that its condition leaves out, before and now, is nobody's business.
    return fate === undefined || (holds === false && fate.fate !== 'deleted') ? [] : [fate];
  });
  const going = [...before.resources].flatMap(([name, there]): Forecasted[] => {
    if (now.has(name) || !isMade(there)) return [];
    const group = old.members.get(name);
    // Heat alone can tell what is in it now.
    if (group !== undefined && now.has(group) && !fresh.groups.has(group)) return [];
    const {type, id} = there;
    return [{name, type, id, fate: 'deleted', sure: true, causes: [], ...judge.lossOf(name)}];
  });
  return {resources: [...staying, ...going], stack: stackChanges(before, after)};
}

/** Whether Heat has nothing to do. */
export function isNothing({resources, stack}: Forecast): boolean {
  return stack.length === 0 && resources.every(({fate}) => fate === 'unchanged');
}
