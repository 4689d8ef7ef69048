/** Heat's adopt data: a template in which nothing is ever deleted, and the id of each thing. Pure. */
import type {LoadedBundle} from '../../model/bundle.ts';
import {type Fields, fields, text} from '../../model/json.ts';

export interface Adopted {
  /** Logical name in the template. */
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  /** Id of the row. */
  readonly id: string;
  readonly label: string;
  /** What Heat calls the thing. */
  readonly physicalId: string;
  /** What Heat would have written down while making it. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The template as it is sent: nothing in it is ever deleted with its stack. A failed adoption, a deleted stack and a
 * resource that leaves the template all end in Heat letting go of it.
 */
export function retained(template: Fields): Fields {
  const resources = Object.entries(fields(template['resources'])).map(
    ([name, resource]): [string, Fields] => [name, {...fields(resource), deletion_policy: 'Retain'}],
  );
  return {...template, resources: Object.fromEntries(resources)};
}

/** True where nothing of the template is deleted with its stack. */
export function isRetained(template: Fields): boolean {
  return Object.values(fields(template['resources'])).every(
    resource => text(fields(resource)['deletion_policy']).toLowerCase() === 'retain',
  );
}

/**
 * What `adopt_stack_data` is, before it becomes text. Heat reads the template, the parameters, and of each resource these
 * three; proof: heat `engine/resource.py`, `handle_adopt`, and `engine/service.py`.
 */
export interface AdoptData {
  readonly template: Fields;
  readonly environment: {readonly parameters: Fields};
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly resource_id: string;
        readonly resource_data: Readonly<Record<string, string>>;
        readonly metadata: Fields;
      }
    >
  >;
}

export function adoptData(
  {template}: Pick<LoadedBundle, 'template'>,
  parameters: Fields,
  adopted: readonly Adopted[],
): AdoptData {
  const resources = fields(template['resources']);
  return {
    template: retained(template),
    environment: {parameters},
    resources: Object.fromEntries(
      adopted.map(({name, physicalId, data}) => [
        name,
        {
          resource_id: physicalId,
          resource_data: data,
          metadata: fields(fields(resources[name])['metadata']),
        },
      ]),
    ),
  };
}
