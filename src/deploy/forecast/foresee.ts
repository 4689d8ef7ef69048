/** Makes the forecast of an update: reads the stack, asks for what stays open, and compares. */
import type {Heat, PropertySchema, Stack} from '../../heat/index.ts';
import {fields, text} from '../../model/json.ts';
import {isPlainObject} from '../../model/value.ts';
import {listingFor} from '../check/kinds.ts';
import type {Target} from '../check/target.ts';
import {forecast} from './forecast.ts';
import {grouped} from './groups.ts';
import {type Reading, withAttributes} from './state.ts';
import type {Definition, Forecast, Knowledge} from './types.ts';

export async function foresee(
  heat: Heat,
  stack: Stack,
  reading: Reading,
  after: Definition,
  target: Target,
): Promise<Forecast> {
  const fresh = grouped(after).definition;
  const schemas = await schemasOf(heat, [grouped(reading.state).definition, fresh], target.signal);
  const names = namesOf(target);
  const known: Knowledge = {schemas, idOf: names.idOf};
  const compared = async (): Promise<Forecast> => {
    for (;;) {
      const made = forecast(reading.state, after, known);
      // Names were come across that may be ids of each other: they are looked up, and it is compared again.
      if (!(await names.learn())) return made;
    }
  };
  const first = await compared();
  const open = first.resources
    .filter(({id, causes}) => id !== '' && causes.some(({maybe}) => maybe))
    .map(({name}) => name);
  if (open.length === 0 && reading.state.stored.size === 0) return first;
  await reading.withStored(open);
  const read = [...new Set(attributesIn(fresh.template['resources']))];
  const state = await withAttributes(heat, stack, reading.state, read);
  for (;;) {
    const made = forecast(state, after, known);
    if (!(await names.learn())) return made;
  }
}

async function schemasOf(
  heat: Heat,
  definitions: readonly Definition[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ReadonlyMap<string, PropertySchema>>> {
  const types = new Set(
    definitions.flatMap(({template}) =>
      Object.values(fields(template['resources'])).map(resource => text(fields(resource)['type'])),
    ),
  );
  const found = await Promise.all(
    [...types].sort().map(async (type): Promise<[string, ReadonlyMap<string, PropertySchema>][]> => {
      // A template as a type is known to nobody but the stack.
      if (type === '' || /\.(yaml|template)$/.test(type)) return [];
      const answer = await heat.resourceType(type, signal);
      return 'refused' in answer ? [] : [[type, answer.properties]];
    }),
  );
  return new Map(found.flat());
}

/** Ids behind names, of the kinds that Heat's constraints name: looked up once somebody has asked. */
function namesOf(target: Target): Pick<Knowledge, 'idOf'> & {learn(): Promise<boolean>} {
  const ids = new Map<string, ReadonlyMap<string, string>>();
  const wanted = new Set<string>();
  return {
    idOf(constraint, name) {
      const known = ids.get(constraint);
      if (known === undefined) wanted.add(constraint);
      return known?.get(name);
    },
    /** True where something was learned. */
    async learn() {
      const asked = [...wanted];
      wanted.clear();
      for (const constraint of asked) {
        const listing = listingFor('', constraint);
        const things = listing === undefined ? [] : await target.list(listing);
        const byName = new Map<string, string>();
        for (const {id, name} of typeof things === 'string' ? [] : things) byName.set(name, id);
        ids.set(constraint, byName);
      }
      return asked.length > 0;
    },
  };
}

/** Names of resources whose attributes the template asks for. */
function* attributesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* attributesIn(item);
  if (!isPlainObject(value)) return;
  const {get_attr: of} = value;
  if (Object.keys(value).length === 1 && Array.isArray(of)) yield text(of[0]);
  for (const item of Object.values(value)) yield* attributesIn(item);
}
