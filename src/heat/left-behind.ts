/** What a stack leaves behind when it is deleted: Heat never tells, its templates do. */
import {type Fields, fields, text} from '../model/json.ts';
import {isPlainObject} from '../model/value.ts';
import type {Heat} from './client.ts';
import type {StackRef, StackResource} from './rows.ts';

export interface LeftBehind {
  /** Logical name; inside a nested stack `outer.inner`. */
  readonly name: string;
  readonly type: string;
  /** Physical id. */
  readonly id: string;
  /** What of the template keeps it, as `deletion_policy: Retain`. */
  readonly why: string;
}

/**
 * Resources that the stack's deletion will not delete, nested stacks' too, sorted by name; undefined where nobody can know
 * it any more: a deletion that has begun empties the stack's template (heat `engine/service.py`, `delete_stack`).
 * Proof: heat `engine/rsrc_defn.py`: an `external_id` makes the policy `Retain`.
 */
export async function leftBehind(heat: Heat, stack: StackRef): Promise<readonly LeftBehind[] | undefined> {
  const [resources, root] = await Promise.all([heat.resources(stack), heat.show(stack)]);
  if (root?.status.startsWith('DELETE_') === true) return undefined;
  const left: LeftBehind[] = [];
  const visit = async (ref: StackRef, prefix: string): Promise<void> => {
    const own = resources.filter(resource => resource.stack.id === ref.id && resource.id !== '');
    if (own.length === 0) return;
    const [template, shown] = await Promise.all([heat.template(ref), heat.show(ref)]);
    const kept = keepersOf(template, shown?.parameters ?? {});
    for (const {ownName, type, id} of own) {
      const name = `${prefix}${ownName}`;
      const why = kept.get(ownName);
      if (why !== undefined) left.push({name, type, id, why});
      // A nested stack that is kept is kept as a whole.
      if (why !== undefined && !why.endsWith('Snapshot')) continue;
      const nested = nestedOf(resources, id);
      if (nested !== undefined && nested.id !== ref.id) await visit(nested, `${name}.`);
    }
  };
  await visit(stack, '');
  return left.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The stack behind a resource, if there is one: its physical id is the nested stack's. */
function nestedOf(resources: readonly StackResource[], id: string): StackRef | undefined {
  return resources.find(({stack}) => stack.id === id)?.stack;
}

/** Why a resource stays, by its logical name. In HOT, and in CloudFormation's terms. */
function keepersOf(template: Fields, parameters: Fields): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  const resources = fields(template['resources'] ?? template['Resources']);
  for (const [name, definition] of Object.entries(resources)) {
    const why = keeper(fields(definition), parameters);
    if (why !== undefined) kept.set(name, why);
  }
  return kept;
}

function keeper(resource: Fields, parameters: Fields): string | undefined {
  if (resource['external_id'] !== undefined && resource['external_id'] !== null) return 'external_id';
  const given = resource['deletion_policy'] ?? resource['DeletionPolicy'];
  const policy = resolved(given, parameters);
  if (given !== undefined && given !== null && policy === '')
    return 'deletion_policy: a function, which only Heat resolves; it may be left';
  if (/^retain$/i.test(policy)) return 'deletion_policy: Retain';
  // What is left is a backup of the resource, not the resource.
  return /^snapshot$/i.test(policy) ? 'deletion_policy: Snapshot' : undefined;
}

function resolved(policy: unknown, parameters: Fields): string {
  if (!isPlainObject(policy)) return text(policy);
  const name = text(policy['get_param'] ?? policy['Ref']);
  return name === '' ? '' : text(parameters[name]);
}
