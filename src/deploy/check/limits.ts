/** Heat's limits, and Nova's on user data: the defaults, since no API tells what the operator set. */
import type {LoadedBundle} from '../../model/bundle.ts';
import type {StackBody} from '../../heat/index.ts';
import {expand} from '../../model/expand.ts';
import {fields, text} from '../../model/json.ts';
import {LARGEST_BODY, LARGEST_TEMPLATE, MOST_RESOURCES, printedLength} from '../../model/limits.ts';
import {type Finding, problem, warning} from './finding.ts';
import {type CheckedResource, valueOf} from './template.ts';

/** Nova takes 65535 characters of base64. */
const LARGEST_USER_DATA = 49_149;

export function checkLimits(
  bundle: LoadedBundle,
  body: StackBody,
  resources: readonly CheckedResource[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const {template: written, groups} = expand(bundle.template, bundle.files);
  // A group counts, each of its members does as a stack, and so does all that is in them.
  const nested = [...groups.values()].reduce((sum, {indices}) => sum + 1 + indices.length, 0);
  const count = Object.keys(fields(written['resources'])).length + nested;
  const over = (what: string, limit: number, unit: string): void => {
    findings.push(
      warning(
        'template',
        `${what}; Heat takes ${limit} ${unit} by default`,
        'a new snapshot or render cuts it into stacks that fit, unless --max-resources or --max-template-size says otherwise',
      ),
    );
  };
  if (count > MOST_RESOURCES) over(`has ${count} resources`, MOST_RESOURCES, 'a stack');
  const size = printedLength(bundle.template);
  if (size > LARGEST_TEMPLATE) over(`is ${size} characters long`, LARGEST_TEMPLATE, 'characters');
  const bytes = Buffer.byteLength(JSON.stringify(body));
  if (bytes > LARGEST_BODY) over(`makes a request of ${bytes} bytes with its files`, LARGEST_BODY, 'bytes');

  for (const {name, type, properties} of resources) {
    if (type !== 'OS::Nova::Server') continue;
    const length = userDataLength(properties['user_data'], body);
    if (length <= LARGEST_USER_DATA) continue;
    findings.push(
      problem(
        `resource ${name}`,
        `its user data has ${length} bytes; Nova takes ${LARGEST_USER_DATA} (64 KiB in base64), ` +
          'and a stack that tries can only be deleted by the operator',
        'shorten it, or let it fetch the rest from somewhere',
      ),
    );
  }
  return findings;
}

function userDataLength(value: unknown, body: StackBody): number {
  const known = valueOf(value, body.environment.parameters);
  if (typeof known === 'string') return Buffer.byteLength(known);
  const file = text(fields(value)['get_file']);
  return Buffer.byteLength(body.files[file] ?? '');
}

/**
 * What to do where Heat's own limit was hit, which shows by the refusal alone.
 * Proof: heat `common/exception.py` StackResourceLimitExceeded, `common/template_format.py`, `common/wsgi.py`.
 */
export function limitHint(refusal: string, count: number): string | undefined {
  if (/Maximum resources per stack exceeded/i.test(refusal))
    return `it has ${count}, and this Heat takes less in a stack with all that is nested in it; ${cut('--max-resources N')}`;
  const size = /Template size \(\d+ bytes\) exceeds maximum allowed size \((\d+) bytes\)/.exec(refusal)?.[1];
  if (size !== undefined) return cut(`--max-template-size ${size}`);
  const body = /JSON body size \(\d+ bytes\) exceeds maximum allowed size \((\d+) bytes\)/.exec(refusal)?.[1];
  return body === undefined
    ? undefined
    : `template and files are one request; ${cut(`--max-template-size ${Math.floor(Number(body) / 2)}`)}`;
}

function cut(option: string): string {
  return `make more stacks of it: rekindle render BUNDLE BUNDLE ${option}`;
}
