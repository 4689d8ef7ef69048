/** Looks into values of a template: calls, and the resources that they name. */
import {isPlainObject} from '../../model/value.ts';
import {looksLikeFunction} from '../../model/functions.ts';
import type {Json} from '../model.ts';

type JsonMap = {readonly [key: string]: Json};

export function isMap(value: Json | undefined): value is JsonMap {
  return isPlainObject(value);
}

/** The name of the function that the value calls; literal data never looks so in a template. */
export function callOf(value: Json | undefined): string | undefined {
  return isMap(value) && looksLikeFunction(value) ? Object.keys(value)[0] : undefined;
}

/** Logical names that a value refers to. */
export function* namesIn(value: Json): Generator<string> {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) yield* namesIn(item);
  if (!isMap(value)) return;
  const call = callOf(value);
  const argument = call === undefined ? undefined : value[call];
  if (call === 'get_resource' && typeof argument === 'string') yield argument;
  else if (call === 'get_attr' && Array.isArray(argument)) {
    const [name, ...path] = argument as readonly Json[];
    if (typeof name === 'string') yield name;
    yield* namesIn(path);
  } else for (const item of Object.values(value)) yield* namesIn(item);
}

/** Names of parameters that a value looks up. */
export function* parametersIn(value: Json): Generator<string> {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) yield* parametersIn(item);
  if (!isMap(value)) return;
  const argument = callOf(value) === 'get_param' ? value['get_param'] : undefined;
  const name = Array.isArray(argument) ? (argument as readonly Json[])[0] : argument;
  if (typeof name === 'string') yield name;
  else for (const item of Object.values(value)) yield* parametersIn(item);
}

/** The value with its references replaced. @param replace Gets function and path; undefined leaves the reference. */
export function redirected(
  value: Json,
  replace: (call: 'get_resource' | 'get_attr', name: string, path: readonly Json[]) => Json | undefined,
): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(item => redirected(item, replace));
  if (!isMap(value)) return value;
  const call = callOf(value);
  if (call === 'get_resource') {
    const name = value[call];
    return (typeof name === 'string' ? replace(call, name, []) : undefined) ?? value;
  }
  if (call === 'get_attr' && Array.isArray(value[call])) {
    const [name, ...path] = value[call] as readonly Json[];
    return (typeof name === 'string' ? replace(call, name, path) : undefined) ?? value;
  }
  const result = Object.create(null) as Record<string, Json>;
  for (const [key, item] of Object.entries(value)) result[key] = redirected(item, replace);
  return result;
}
