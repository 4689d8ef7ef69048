/** The proof that groups come to what was there before: written out one by one, they are compared with it. Pure. */
import {RekindleError} from '../../model/errors.ts';
import {expand} from '../../model/expand.ts';
import {fields, isSameJson, texts} from '../../model/json.ts';
import type {Built} from '../build.ts';
import type {Json, Template, TemplateResource} from '../model.ts';
import {namesIn, redirected} from './values.ts';

type Forms = Pick<Built, 'template' | 'names'>;

/** @throws RekindleError 'internal' with the first difference. */
export function checkEqual(flat: Forms, folded: Forms): void {
  const difference = differenceOf(flat, folded);
  if (difference === undefined) return;
  throw new RekindleError('internal', `folded, the template would not be the same: ${difference}`, {
    hint: 'leave out --fold, and tell us',
  });
}

/**
 * What differs between the two, once the groups are written out: resources with types, conditions and properties, outputs,
 * and the order that the flat one asks for. Undefined where nothing does.
 */
export function differenceOf(flat: Forms, folded: Forms): string | undefined {
  const paths = new Map([...flat.names].map(([key, name]) => [name, folded.names.get(key) ?? name]));
  const {template, groups} = expand(hot(folded.template), Object.fromEntries(folded.template.files));
  const resources = fields(template['resources']);
  const left = new Set(Object.keys(resources));
  const renamed = (value: Json): Json =>
    redirected(value, (call, name, path) => {
      const now = paths.get(name) ?? name;
      return call === 'get_resource' ? {get_resource: now} : {get_attr: [now, ...path]};
    });
  for (const {name, type, condition, properties} of flat.template.resources) {
    const path = paths.get(name) ?? name;
    const now = fields(resources[path]);
    if (!left.delete(path)) return `${path} is missing`;
    if (now['type'] !== type || now['condition'] !== condition)
      return `${path} is another type, or condition`;
    if (!isSameJson(fields(now['properties']), renamed(properties))) return `properties of ${path}`;
  }
  const [more] = left;
  if (more !== undefined) return `${more} is new`;
  const outputs = Object.fromEntries(
    Object.entries(flat.template.outputs).map(([name, output]) => [
      name,
      {...output, value: renamed(output.value)},
    ]),
  );
  if (!isSameJson(fields(template['outputs']), outputs)) return 'outputs';
  const groupOf = new Map([...groups].flatMap(([name, {resources: made}]) => made.map(one => [one, name])));
  const waits = waitsOf(folded.template);
  for (const {name, dependsOn} of flat.template.resources) {
    const path = paths.get(name) ?? name;
    const home = groupOf.get(path) ?? path;
    for (const other of dependsOn.map(one => paths.get(one) ?? one)) {
      const there = groupOf.get(other) ?? other;
      const follows =
        home === there
          ? texts(fields(resources[path])['depends_on']).includes(other)
          : waits(home).has(there);
      if (!follows) return `${path} does not wait for ${other}`;
    }
  }
  return undefined;
}

/** As a parser reads what is written of it. */
function hot({resources, outputs}: Template): Readonly<Record<string, unknown>> {
  return {
    resources: Object.fromEntries(resources.map(resource => [resource.name, bodyOf(resource)])),
    outputs,
  };
}

/** All that a resource waits for, however far. */
function waitsOf({resources}: Template): (name: string) => ReadonlySet<string> {
  const next = new Map(
    resources.map(({name, properties, dependsOn}) => [name, [...namesIn(properties), ...dependsOn]]),
  );
  const known = new Map<string, ReadonlySet<string>>();
  return start => {
    const before = known.get(start);
    if (before !== undefined) return before;
    const reached = new Set<string>();
    const todo = [...(next.get(start) ?? [])];
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      todo.push(...(next.get(name) ?? []));
    }
    known.set(start, reached);
    return reached;
  };
}

function bodyOf({type, condition, dependsOn, properties}: TemplateResource): object {
  return {
    type,
    ...(condition === undefined ? {} : {condition}),
    ...(dependsOn.length === 0 ? {} : {depends_on: dependsOn}),
    properties,
  };
}
