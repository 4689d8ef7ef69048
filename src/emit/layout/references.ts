/** What a value of a template refers to by HOT's functions. */
import type {Json} from '../model.ts';

export interface Reference {
  readonly to: 'resource' | 'parameter' | 'condition' | 'file';
  readonly name: string;
}

/** The name and the argument of a function; data never looks like one (`functions.ts`). */
export function callOf(value: Json): readonly [string, Json] | undefined {
  if (!isMap(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  if (name === undefined || keys.length > 1) return undefined;
  const argument = value[name];
  return argument === undefined ? undefined : [name, argument];
}

export function isMap(value: Json): value is {readonly [key: string]: Json} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const simple: Readonly<Record<string, Reference['to']>> = {
  get_resource: 'resource',
  get_attr: 'resource',
  get_param: 'parameter',
  get_file: 'file',
};

/** In the order they stand there; Heat's own parameters (`OS::…`) are none. */
export function referencesIn(value: Json): readonly Reference[] {
  const found: Reference[] = [];
  collect(value, found);
  return found;
}

/** No generator: every value of a template comes along here, several times. */
function collect(value: Json, found: Reference[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) collect(item, found);
    return;
  }
  if (!isMap(value)) return;
  const [name = '', argument = null] = callOf(value) ?? [];
  const [first, ...rest] = Array.isArray(argument) ? (argument as readonly Json[]) : [argument];
  const to = Object.hasOwn(simple, name) ? simple[name] : undefined;
  if (to !== undefined && typeof first === 'string') {
    if (!first.startsWith('OS::')) found.push({to, name: first});
    collect(rest, found);
  } else if (name === 'if' && typeof first === 'string') {
    found.push({to: 'condition', name: first});
    collect(rest, found);
  } else for (const key of Object.keys(value)) collect(value[key] ?? null, found);
}

/** Other conditions and parameters that a condition is made of. */
export function* referencesInCondition(value: Json): Generator<Reference> {
  if (typeof value === 'string') {
    yield {to: 'condition', name: value};
    return;
  }
  const [name = '', argument = null] = callOf(value) ?? [];
  const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [argument];
  if (name === 'and' || name === 'or' || name === 'not')
    for (const part of parts) yield* referencesInCondition(part);
  else yield* referencesIn(value);
}
