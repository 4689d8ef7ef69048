/** Properties of the pure road, inventory to bundle, over random projects. */
import test from 'ava';
import fc from 'fast-check';
import {parse} from 'yaml';
import type {Bundle, Report} from '../src/model/bundle.ts';
import type {Inventory} from '../src/model/inventory.ts';
import {relate} from '../src/relate/index.ts';
import {render} from '../src/pipeline/index.ts';
import {project, shuffled, uuid} from './support/random-project.ts';
import {findPython, pyyaml} from './support/pyyaml.ts';

const RUNS = {numRuns: 150, seed: 20260401};

function textOf(bundle: Bundle, path: string): string {
  const file = bundle.find(candidate => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.text;
}

function files(bundle: Bundle): unknown {
  return bundle.filter(({path}) => path !== 'inventory.json');
}

function names(report: Report): Map<string, string> {
  return new Map(report.resources.map(resource => [`${resource.kind}:${resource.id}`, resource.name]));
}

interface Template {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly conditions?: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly condition?: string;
        readonly depends_on?: string | readonly string[];
        readonly properties?: unknown;
      }
    >
  >;
  readonly outputs?: unknown;
}

function templateOf(inventory: Inventory): {text: string; template: Template} {
  const text = textOf(render(inventory).bundle, 'template.yaml');
  return {text, template: parse(text, {version: '1.1'}) as Template};
}

function* calls(value: unknown): Generator<{readonly name: string; readonly argument: unknown}> {
  if (Array.isArray(value)) for (const item of value as unknown[]) yield* calls(item);
  else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined) yield {name: only[0], argument: only[1]};
    for (const [, item] of entries) yield* calls(item);
  }
}

test('the same rows in any order give the same bytes', t => {
  fc.assert(
    fc.property(project, fc.integer({min: 0, max: 1e6}), (inventory, seed) => {
      t.deepEqual(files(render(shuffled(inventory, seed)).bundle), files(render(inventory).bundle));
    }),
    RUNS,
  );
});

test('every get_resource, get_param and get_file resolves, and names do not clash', t => {
  fc.assert(
    fc.property(project, inventory => {
      const {bundle} = render(inventory);
      const template = parse(textOf(bundle, 'template.yaml'), {version: '1.1'}) as Template;
      const parameters = new Set(Object.keys(template.parameters ?? {}));
      const resources = new Set(Object.keys(template.resources));
      for (const name of parameters) t.false(resources.has(name), `${name} is both`);
      for (const {name, argument} of calls([
        Object.values(template.resources).map(resource => resource.properties),
        template.outputs,
      ])) {
        if (name === 'get_resource') t.true(resources.has(argument as string), String(argument));
        if (name === 'get_param') t.true(parameters.has(argument as string), String(argument));
        if (name === 'get_file')
          t.true(
            bundle.some(file => file.path === argument),
            String(argument),
          );
      }
      for (const resource of Object.values(template.resources)) {
        for (const target of [resource.depends_on ?? []].flat()) t.true(resources.has(target), target);
        if (resource.condition !== undefined)
          t.true(Object.hasOwn(template.conditions ?? {}, resource.condition));
      }
    }),
    RUNS,
  );
});

test('the resources of a template form no circle', t => {
  fc.assert(
    fc.property(project, inventory => {
      const {template} = templateOf(inventory);
      const targets = new Map(
        Object.entries(template.resources).map(([name, resource]) => [
          name,
          [
            ...[resource.depends_on ?? []].flat(),
            ...[...calls(resource.properties)]
              .filter(call => call.name === 'get_resource')
              .map(call => String(call.argument)),
          ],
        ]),
      );
      const done = new Set<string>();
      const visit = (name: string, path: readonly string[]): void => {
        if (path.includes(name)) throw new Error([...path, name].join(' -> '));
        if (done.has(name)) return;
        for (const target of targets.get(name) ?? []) visit(target, [...path, name]);
        done.add(name);
      };
      for (const name of targets.keys()) visit(name, []);
    }),
    RUNS,
  );
  t.pass();
});

test('no id of the source is in the template', t => {
  fc.assert(
    fc.property(project, inventory => {
      const {text} = templateOf(inventory);
      for (const rows of Object.values(inventory.rows))
        for (const row of rows) t.false(text.includes(String(row['id'])), String(row['id']));
      t.false(text.includes(uuid('image', 0)));
    }),
    RUNS,
  );
});

test('every field of every row is in the ledger', t => {
  fc.assert(
    fc.property(project, inventory => {
      const {graph} = relate(inventory);
      for (const node of graph.nodes.values()) {
        const fields = new Set(node.ledger.map(entry => entry.field));
        for (const field of Object.keys(node.row)) t.true(fields.has(field), `${node.key} ${field}`);
      }
    }),
    RUNS,
  );
});

test('a row that leaves takes only its own resources along: the names of the others stay', t => {
  fc.assert(
    fc.property(project, fc.nat(), (inventory, pick) => {
      const ports = (inventory.rows['port'] ?? []).filter(row => row['device_owner'] === '');
      const gone = ports[pick % Math.max(1, ports.length)];
      if (gone === undefined) return;
      const rows = {...inventory.rows, port: (inventory.rows['port'] ?? []).filter(row => row !== gone)};
      const before = names(render(inventory).report);
      const younger = new Set(
        (inventory.rows['port'] ?? [])
          .filter(row => row['name'] === gone['name'])
          .map(row => `port:${String(row['id'])}`),
      );
      for (const [key, name] of names(render({...inventory, rows}).report))
        if (!younger.has(key)) t.is(before.get(key), name);
    }),
    RUNS,
  );
  t.pass();
});

(findPython() === undefined ? test.skip : test)(
  'PyYAML reads the template and the environment as they were meant',
  t => {
    const bundles = fc.sample(project, {numRuns: 80, seed: 7}).map(inventory => render(inventory).bundle);
    const texts = bundles.flatMap(bundle => [
      textOf(bundle, 'template.yaml'),
      textOf(bundle, 'environment.yaml'),
    ]);
    const read = pyyaml(texts);
    for (const [index, text] of texts.entries()) {
      // The default schema is what the writer meant; PyYAML's is what Heat makes of it.
      t.deepEqual(read[index], {value: JSON.parse(JSON.stringify(parse(text))) as unknown}, text);
    }
  },
);
