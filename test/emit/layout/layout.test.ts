/** Several stacks say together what the one template says, in an order that can be deployed, within the limits. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {render, type Snapshot} from '../../../src/pipeline/index.ts';
import type {Report} from '../../../src/model/bundle.ts';
import type {Inventory} from '../../../src/model/inventory.ts';
import {printedLength} from '../../../src/model/limits.ts';
import {layouts, type Shape} from '../../../src/model/shape.ts';
import {parseInventory} from '../../../src/store/index.ts';
import {Expansion, plain, readFiles, templateAt, textAt} from '../../support/layers.ts';
import {largeInventory} from '../../support/large-inventory.ts';
import {project} from '../../support/random-project.ts';
import {sampleNames, samplesFolder} from '../../support/replay/sample.ts';

const shapes: fc.Arbitrary<Shape> = fc.record(
  {layout: fc.constantFrom(...layouts), maxResources: fc.integer({min: 1, max: 12})},
  {requiredKeys: ['layout']},
);

async function sample(name: string): Promise<Inventory> {
  return parseInventory(name, await readFile(join(samplesFolder, name, 'inventory.json'), 'utf8'));
}

function holds(t: ExecutionContext, inventory: Inventory, shape: Shape): Snapshot {
  const rendered = render(inventory, {shape});
  const {bundle, report} = rendered;
  const {stacks} = shape;
  const single = render(inventory, {
    shape: {...(stacks === undefined ? {} : {stacks}), maxResources: 1e6, maxTemplateSize: 1e8},
  });
  const one = templateAt(single.bundle);
  if (report.layers === undefined) {
    t.is(textAt(bundle, 'template.yaml'), textAt(single.bundle, 'template.yaml'));
    return rendered;
  }
  const {layers} = report;
  const expansion = new Expansion(bundle, layers);
  const made = new Map<string, string>();
  const outputs: Record<string, Record<string, unknown>> = {};
  const wanted = plain(readFiles(single.bundle, one.resources)) as typeof one.resources;
  const steps: unknown[] = [];
  const needed = new Map<string, ReadonlySet<string>>();
  for (const [index, {name, dir, feeds, needs = []}] of layers.entries()) {
    t.is(dir, name);
    const template = expansion.templateOf(name);
    const earlier = new Set(layers.slice(0, index).map(layer => layer.name));
    const own = JSON.parse(textAt(bundle, `${dir}/report.json`)) as Report;
    t.deepEqual(own.resources.map(resource => resource.name).sort(), Object.keys(template.resources).sort());
    // Stacks that need nothing of each other are built at the same time.
    const before = new Set(needs.flatMap(other => [other, ...(needed.get(other) ?? [])]));
    needed.set(name, before);
    for (const other of before) t.true(earlier.has(other), `${name} needs ${other}`);
    for (const {layer} of Object.values(feeds)) t.true(needs.includes(layer), `${name} is fed by ${layer}`);
    t.deepEqual(
      Object.keys(template.parameters).sort(),
      [...own.parameters.map(parameter => parameter.name), ...Object.keys(feeds)].sort(),
    );
    const values = plain(expansion.value(name, template.resources)) as typeof one.resources;
    for (const [logical, resource] of Object.entries(values)) {
      t.false(made.has(logical), `${logical} is in one layer`);
      made.set(logical, name);
      const {depends_on: order, ...said} = resource;
      const {depends_on: whole, ...same} = wanted[logical] ?? {type: 'none'};
      if (!isDeepStrictEqual(said, same)) t.deepEqual(said, same, logical);
      const listed = [whole ?? []].flat() as string[];
      t.deepEqual(
        [order ?? []].flat(),
        listed.filter(other => other in template.resources),
      );
      // What is not in this stack stands already.
      for (const other of listed)
        t.true(
          other in template.resources || before.has(made.get(other) ?? ''),
          `${other} before ${logical}`,
        );
    }
    const told = new Set(
      layers
        .flatMap(layer => Object.values(layer.feeds))
        .flatMap(feed => (feed.layer === name ? [feed.output] : [])),
    );
    for (const [output, {value}] of Object.entries(template.outputs))
      if (!told.has(output)) Object.assign((outputs[output] ??= {}), plain(expansion.value(name, value)));
    for (const [parameter, declared] of Object.entries(template.parameters))
      if (feeds[parameter] === undefined) t.deepEqual(declared, one.parameters[parameter]);
    for (const [condition, value] of Object.entries(template.conditions))
      t.deepEqual(expansion.value(name, value), one.conditions[condition]);
    steps.push(...own.steps.map(step => expansion.step(name, step)));
    const limit = shape.maxResources ?? 1000;
    t.true(Object.keys(template.resources).length <= limit, `${name} is within ${limit}`);
    const size = shape.maxTemplateSize ?? 524_288;
    t.true(printedLength(template) <= size && textAt(bundle, `${dir}/template.yaml`).length <= size);
  }
  t.deepEqual([...made.keys()].sort(), Object.keys(one.resources).sort());
  t.deepEqual(
    outputs,
    plain(
      Object.fromEntries(Object.entries(one.outputs).map(([key, {value}]) => [key, value])),
    ) as typeof outputs,
  );
  t.deepEqual(
    steps.map(step => JSON.stringify(step)).sort(),
    single.report.steps.map(step => JSON.stringify(step)).sort(),
  );
  const {layers: _, shape: _shape, ...rest} = report;
  const {shape: _other, ...same} = single.report;
  t.deepEqual({...rest, resources: rest.resources.map(({layer: _layer, ...resource}) => resource)}, same);
  return rendered;
}

// The sample `admin` is the project of `hard` with a few fields more.
for (const name of (await sampleNames()).filter(one => one !== 'admin')) {
  for (const shape of [
    {layout: 'by-layer'},
    {layout: 'by-network'},
    {maxResources: 20},
    {layout: 'by-layer', maxResources: 7},
    {layout: 'by-network', maxResources: 3},
    {maxTemplateSize: 12_000},
    {maxResources: 1},
  ] as const satisfies readonly Shape[]) {
    test(`${name}: ${JSON.stringify(shape)} says together what one template says`, async t => {
      const {report} = holds(t, await sample(name), shape);
      if (report.counts.resources > 30) t.not(report.layers, undefined);
    });
  }
}

test('any project, any layout, any limit: together they are the one template', t => {
  fc.assert(
    fc.property(project, shapes, (inventory, shape) => {
      holds(t, inventory, shape);
    }),
    {numRuns: 60},
  );
});

test('made again over itself nothing moves', t => {
  fc.assert(
    fc.property(project, shapes, (inventory, shape) => {
      const first = render(inventory, {shape});
      const again = render(inventory, {
        shape,
        earlier: {
          report: first.report,
          environment: undefined,
          secrets: undefined,
          files: {},
          ...(first.report.layers === undefined
            ? {}
            : {
                layers: new Map(
                  first.report.layers.map(({name, dir}) => [
                    name,
                    {
                      report: JSON.parse(textAt(first.bundle, `${dir}/report.json`)) as Report,
                      environment: undefined,
                      secrets: undefined,
                    },
                  ]),
                ),
              }),
        },
      });
      t.deepEqual(again.bundle, first.bundle);
    }),
    {numRuns: 40},
  );
});

test('who is there stays in its stack when others come and go', async t => {
  const inventory = await sample('hard');
  for (const shape of [{maxResources: 40}, {layout: 'by-layer'}, {layout: 'by-network'}] as const) {
    const first = render(inventory, {shape});
    const layerOf = new Map(first.report.resources.map(({kind, id, layer}) => [`${kind}:${id}`, layer]));
    // Servers that leave take their ports along.
    const servers = inventory.rows['server'] ?? [];
    const gone = new Set(servers.slice(0, 3).map(({id}) => id));
    const fewer: Inventory = {
      ...inventory,
      rows: {
        ...inventory.rows,
        server: servers.filter(({id}) => !gone.has(id)),
        volume: [
          ...(inventory.rows['volume'] ?? []),
          {
            ...inventory.rows['volume']?.[0],
            id: '00000000-0000-4000-8000-00000000000f',
            name: 'new',
            attachments: [],
          },
        ],
      },
    };
    const second = render(fewer, {
      shape,
      earlier: {
        report: first.report,
        environment: undefined,
        secrets: undefined,
        files: {},
        layers: new Map(),
      },
    });
    const moved = second.report.resources.filter(({kind, id, layer}) => {
      const was = layerOf.get(`${kind}:${id}`);
      return was !== undefined && was !== layer;
    });
    t.deepEqual(
      moved.map(({name}) => name),
      [],
      JSON.stringify(shape),
    );
    t.not(second.report.resources.find(({label}) => label === 'new')?.layer, undefined);
  }
});

test('one stack of many that hands on too much is taken apart, and the others stay as full as they were', t => {
  const {report} = holds(t, largeInventory(60), {maxResources: 16, maxTemplateSize: 9000});
  // All with more room for what they hand on would be 39.
  t.true((report.layers ?? []).length <= 30, String(report.layers?.length));
});

test('one resource that is more than Heat takes is said so', async t => {
  const inventory = await sample('web');
  const error = t.throws(() => render(inventory, {shape: {maxTemplateSize: 1000}}), {
    message: /more than Heat takes|can't be cut/,
  });
  t.regex(String((error as {hint?: string}).hint), /--max-template-size/);
});
