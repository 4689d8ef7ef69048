import {refer} from '../../model/define.ts';
import type {Row as AnyRow} from '../../model/inventory.ts';
import {isPlainObject} from '../../model/value.ts';

/** Answered by Heat; proof: heat `api/openstack/v1/resources.py`, `format_resource`. */
interface Row {
  readonly id: string;
  readonly stack_id: string;
  readonly physical_resource_id: string;
  readonly resource_name?: string;
  readonly resource_type?: string;
  /** Name of the resource whose nested stack it is in. */
  readonly parent_resource?: string;
}

/**
 * Rows have no id: two stacks may hold one physical id, nested stacks repeat names, and what isn't made yet has
 * neither. The path of a resource is its own.
 */
function idOf(row: AnyRow): unknown {
  const links: readonly unknown[] = Array.isArray(row['links']) ? row['links'] : [];
  const href = links.filter(isPlainObject).find(link => link['rel'] === 'self')?.['href'];
  const path = typeof href === 'string' ? /\/stacks\/(.+)$/.exec(href)?.[1] : undefined;
  return path ?? row['physical_resource_id'];
}

export const stackResource = refer<Row>()({
  kind: 'stack_resource',
  section: 'Stacks',
  outside: {prefix: 'stack_resource'},
  list: {
    service: 'orchestration',
    path: 'stacks/{stack_name}/{id}/resources',
    key: 'resources',
    query: {nested_depth: '5'},
    idOf,
    parent: {kind: 'stack', field: 'stack_id'},
  },
});
