/** What Heat takes of a stack by default; no API of it tells what an operator has set. Proof: heat `common/config.py`, `common/wsgi.py`. */

/** `max_resources_per_stack`: of a root stack with all that is nested in it. */
export const MOST_RESOURCES = 1000;

/** `max_template_size`: characters of the template as Python prints it (heat `api/openstack/v1/stacks.py`). */
export const LARGEST_TEMPLATE = 524_288;

/** `max_json_body_size`: bytes of a request, with the files that the template reads. */
export const LARGEST_BODY = 1_048_576;

/** What Heat measures, nearly: the value as Python prints it. */
export function printedLength(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return String(value).length;
  let length = 0;
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) length += printedLength(item) + 2;
  else
    for (const key of Object.keys(value))
      length += key.length + 4 + printedLength((value as Readonly<Record<string, unknown>>)[key]) + 2;
  return length || 2;
}
