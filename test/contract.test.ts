/** What every resource type promises, checked over the registry. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {
  FileText,
  Ask,
  Attr,
  Given,
  Joined,
  OwnProject,
  Ref,
  StackTemplate,
  isPlainObject,
  references,
  type Value,
} from '../src/model/value.ts';
import {registry} from '../src/resources/index.ts';
import {heatSchemas} from '../src/resources/heat-schemas.ts';
import {examplesOf, relateExample} from './support/examples.ts';

const built = registry.filter(({heat}) => typeof heat === 'string' && Object.hasOwn(heatSchemas, heat));
/** Kinds that the recorded Heat has no type for, or none that works: API calls beside the stack build them. */
const stepped = registry.filter(
  ({heat}) => heat === null || (heat !== undefined && !Object.hasOwn(heatSchemas, heat)),
);
const kinds = new Set(registry.map(spec => spec.kind));

function readable(value: Value, isResource: (key: string) => boolean): unknown {
  if (value instanceof Attr) {
    const key = `${value.kind}:${value.id}`;
    return isResource(key) ? {get_attr: [key, ...value.path]} : value.otherwise;
  }
  if (value instanceof Given) return {given: value.value};
  if (value instanceof Joined) return {join: value.parts.map(part => readable(part, isResource))};
  if (value instanceof OwnProject) return {get_param: value.parameter};
  if (value instanceof Ref) {
    const key = `${value.kind}:${value.id}`;
    return isResource(key) ? {get_resource: key} : {get_param: key};
  }
  if (value instanceof StackTemplate)
    return {template: value.template, files: Object.fromEntries(value.files)};
  if (value instanceof FileText) return {get_file: value.text};
  if (value instanceof Ask) return {ask: value.prefix};
  if (Array.isArray(value)) return value.map(item => readable(item as Value, isResource));
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item, isResource)]));
  }
  return value;
}

for (const spec of built) {
  for (const [index, example] of examplesOf(spec).entries()) {
    test(`${spec.kind}: example ${index + 1} gives the resource it promises`, t => {
      const {graph} = relateExample(spec, example);
      const id = (example.row as {id: string}).id;
      const node = graph.nodes.get(`${spec.kind}:${id}`);
      t.is(node?.place.as, example.place ?? 'resource');
      const isResource = (key: string) => graph.nodes.get(key)?.place.as === 'resource';
      t.deepEqual(readable(node?.properties as Value, isResource), example.emits);
    });

    test(`${spec.kind}: every field of example ${index + 1} is accounted for, none as unknown`, t => {
      const {graph} = relateExample(spec, example);
      const node = graph.nodes.get(`${spec.kind}:${(example.row as {id: string}).id}`);
      for (const field of Object.keys(example.row)) {
        const entry = node?.ledger.find(candidate => candidate.field === field);
        t.truthy(entry, `${field} is missing from the ledger`);
        t.notRegex(entry?.reason ?? '', /unknown field/);
      }
    });

    test(`${spec.kind}: the references of example ${index + 1} lead to registered kinds`, t => {
      const {graph} = relateExample(spec, example);
      const node = graph.nodes.get(`${spec.kind}:${(example.row as {id: string}).id}`);
      for (const {ref} of references(node?.properties)) t.true(kinds.has(ref.kind), ref.kind);
      t.pass();
    });
  }

  test(`${spec.kind}: some example fills every property`, t => {
    const filled = new Set(examplesOf(spec).flatMap(example => Object.keys(example.emits)));
    t.deepEqual(
      Object.keys(spec.properties).filter(property => !filled.has(property)),
      [],
    );
  });

  test(`${spec.kind}: Heat knows its type and every property`, t => {
    const onlySteps = examplesOf(spec).every(example => example.place === 'step');
    const schema = heatSchemas[spec.heat ?? ''];
    if (onlySteps) t.deepEqual(spec.properties, {});
    else t.truthy(schema, spec.heat ?? spec.kind);
    for (const property of Object.keys(spec.properties))
      t.true(Object.hasOwn(schema ?? {}, property), property);
  });

  test(`${spec.kind}: a reference to its own kind names that kind`, t => {
    for (const source of Object.values(spec.properties))
      if (source.self !== undefined) t.is(source.self, spec.kind);
    t.pass();
  });

  test(`${spec.kind}: a field is read by a property or ignored, not both`, t => {
    const read = new Set(Object.values(spec.properties).flatMap(source => source.reads));
    t.deepEqual(
      Object.keys(spec.ignores).filter(field => read.has(field)),
      [],
    );
  });
}

for (const spec of stepped) {
  test(`${spec.kind}: its rows are steps, or lost as a whole, with every field accounted for`, t => {
    for (const example of examplesOf(spec)) {
      const {graph} = relateExample(spec, example);
      const node = graph.nodes.get(`${spec.kind}:${(example.row as {id: string}).id}`);
      if (example.place === 'lost') {
        t.is(node?.place.as, 'lost');
        continue;
      }
      t.is(node?.place.as, 'step');
      t.true((node?.steps.length ?? 0) > 0);
      t.deepEqual(spec.properties, {});
      t.deepEqual(
        node?.ledger.filter(({fate}) => fate === 'lost'),
        [],
      );
    }
  });
}

test('every kind is registered once', t => {
  t.is(kinds.size, registry.length);
});

test('every kind that comes from a list says which, or which rows it is part of', t => {
  for (const spec of [...built, ...stepped])
    t.true((spec.list === undefined) !== (spec.parts === undefined), spec.kind);
});

test('the folder of resource types is the registry', async t => {
  const root = join(import.meta.dirname, '../../src/resources');
  const found: string[] = [];
  for (const folder of await readdir(root, {withFileTypes: true})) {
    if (!folder.isDirectory()) continue;
    for (const file of await readdir(join(root, folder.name))) {
      if (!file.endsWith('.ts')) continue;
      const text = await readFile(join(root, folder.name, file), 'utf8');
      for (const [, kind] of text.matchAll(
        /(?:define<[^(]*>\(\)|refer<[^(]*>\(\))\(\{\s*kind: '([a-z0-9_]+)'/g,
      ))
        found.push(kind ?? '');
    }
  }
  t.deepEqual(found.sort(), [...kinds].sort());
});
