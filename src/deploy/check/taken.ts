/** Names that the target has already, where Heat would say so too late or, worse, take over what is there. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, word} from '../../model/json.ts';
import {type Finding, problem, quoted} from './finding.ts';
import {listingFor} from './kinds.ts';
import type {Target} from './target.ts';
import {textOf, type CheckedResource} from './template.ts';

export async function checkTaken(
  parameters: readonly ReportParameter[],
  resources: readonly CheckedResource[],
  values: Fields,
  target: Target,
): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    givenNames(parameters, values, target),
    containers(resources, values, target),
  ]);
  return findings.flat();
}

/** Kinds of which a cloud has each name once; containers are looked at below. */
const once: ReadonlySet<string> = new Set(['zone', 'queue', 'workflow']);

/** A DNS zone: its name can be there once. */
async function givenNames(
  parameters: readonly ReportParameter[],
  values: Fields,
  target: Target,
): Promise<readonly Finding[]> {
  const findings = parameters.map(async ({name, role, kind, sets}): Promise<readonly Finding[]> => {
    // The first to use the value need not be the thing whose name it is.
    const named = (sets?.filter(({field}) => field === 'name').map(user => user.kind) ?? [kind]).filter(one =>
      once.has(one),
    );
    const listing = named.map(one => listingFor(one, undefined)).find(found => found !== undefined);
    if (role !== 'given' || listing === undefined) return [];
    const things = await target.list(listing);
    const wanted = word(values[name]);
    if (typeof things === 'string' || !things.some(thing => thing.name === wanted)) return [];
    return [
      problem(
        `parameter ${name}`,
        `the target has a ${listing.noun} ${quoted(wanted)} already`,
        `give another name: -P ${name}=NAME`,
      ),
    ];
  });
  return (await Promise.all(findings)).flat();
}

/** Heat takes an existing container for its own, and deletes it with the stack. */
async function containers(
  resources: readonly CheckedResource[],
  values: Fields,
  target: Target,
): Promise<readonly Finding[]> {
  const wanted = resources.filter(({type}) => type === 'OS::Swift::Container');
  const listing = listingFor('container', undefined);
  if (wanted.length === 0 || listing === undefined) return [];
  const things = await target.list(listing);
  if (typeof things === 'string') return [];
  const there = new Set(things.map(({name}) => name));
  return wanted.flatMap(({name, properties}) => {
    const container = textOf(properties['name'], values) ?? '';
    if (!there.has(container)) return [];
    return [
      problem(
        `resource ${name}`,
        `the target has a container ${quoted(container)} already: Heat would take it over, and delete it with the stack`,
        'delete it or move it away, or change the name in template.yaml',
      ),
    ];
  });
}
