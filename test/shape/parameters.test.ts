/** Properties of what is chosen about parameters, over the samples: whatever is chosen, the template means the same. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {scopeOf, settled} from '../../src/deploy/forecast/values.ts';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Shape} from '../../src/model/shape.ts';
import {isPlainObject} from '../../src/model/value.ts';
import {render} from '../../src/pipeline/index.ts';
import {valueClasses} from '../../src/shape/value-classes.ts';
import {parametersFile} from '../../src/store/parameters-file.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {samplesFolder} from '../support/replay/sample.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Made {
  readonly text: string;
  readonly template: Fields;
  readonly environment: Fields;
  readonly files: Readonly<Record<string, string>>;
  readonly report: ReturnType<typeof render>['report'];
}

const inventories = new Map<string, Inventory>();

function inventoryOf(sample: string): Inventory {
  const known = inventories.get(sample);
  if (known !== undefined) return known;
  const read = JSON.parse(readFileSync(join(samplesFolder, sample, 'inventory.json'), 'utf8')) as Inventory;
  inventories.set(sample, read);
  return read;
}

function made(sample: string, shape: Shape): Made {
  const {bundle, report} = render(inventoryOf(sample), {shape});
  const files = Object.fromEntries(bundle.map(({path, text}) => [path, text]));
  const text = files['template.yaml'] ?? '';
  const {parameters} = parsePyYaml(files['environment.yaml'] ?? '') as {parameters: Fields | null};
  return {text, template: parsePyYaml(text) as Fields, environment: parameters ?? {}, files, report};
}

/** Properties by logical name, with every look-up and join worked out. */
function meaning({template, environment, files}: Made): unknown {
  const scope = scopeOf(template, environment, files, {'OS::project_id': 'p'});
  const resources = template['resources'] as Readonly<Record<string, Fields>>;
  return Object.fromEntries(
    Object.entries(resources).map(([name, {properties, type}]) => [name, [type, settled(properties, scope)]]),
  );
}

function* lookedUp(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* lookedUp(item);
  if (!isPlainObject(value)) return;
  const {get_param: name} = value;
  // Beside other keys it is data.
  if (typeof name === 'string' && Object.keys(value).length === 1) yield name;
  for (const item of Object.values(value)) yield* lookedUp(item);
}

function usedIn({template, report}: Made): ReadonlySet<string> {
  const inSteps = report.steps
    .flatMap(({command, of = []}) => [...command, ...of])
    .flatMap(word => (typeof word === 'object' && 'joined' in word ? word.joined : [word]))
    .flatMap(part => (typeof part === 'object' && 'parameter' in part ? [part.parameter] : []));
  return new Set([
    ...lookedUp([template['resources'], template['conditions'], template['outputs']]),
    ...inSteps,
  ]);
}

const samples = ['web', 'web', 'services', 'admin', 'gaps'];
const choices: fc.Arbitrary<Shape> = fc.record(
  {
    parameterize: fc.subarray([...valueClasses], {minLength: 1}),
    freeze: fc.subarray(['flavors', 'networks', 'volume_types', 'keypairs'], {minLength: 1}),
    constrain: fc.constant('source' as const),
    outputs: fc.subarray(['servers', 'routers', 'subnets', 'ports', 'volumes', 'zones'], {minLength: 1}),
    namePrefix: fc.constant(true as const),
  },
  {requiredKeys: []},
);

test('whatever is chosen, the template means the same with the values of its environment', t => {
  const plain = new Map(samples.map(sample => [sample, meaning(made(sample, {}))]));
  fc.assert(
    fc.property(fc.constantFrom(...samples), choices, (sample, shape) => {
      let bundle: Made;
      try {
        bundle = made(sample, shape);
      } catch (error) {
        // What only the source's id names.
        if (error instanceof RekindleError && shape.freeze !== undefined) return fc.pre(false);
        throw error;
      }
      t.deepEqual(meaning(bundle), plain.get(sample), `${sample} ${JSON.stringify(shape)}`);
      const declared = Object.keys(bundle.template['parameters'] ?? {});
      const used = usedIn(bundle);
      t.deepEqual(
        declared.filter(name => !used.has(name)),
        [],
        'every parameter is used',
      );
      t.deepEqual(
        [...used].filter(name => !name.startsWith('OS::') && !declared.includes(name)),
        [],
        'every one that is looked up is declared',
      );
    }),
    {numRuns: 24, seed: 20261122},
  );
});

test('made again over itself, every name and every value stays', t => {
  for (const sample of ['web', 'hard', 'gaps']) {
    const shape: Shape = {parameterize: [...valueClasses], namePrefix: true, freeze: ['flavors']};
    const {bundle, report} = render(inventoryOf(sample), {shape});
    const text = (path: string): string => bundle.find(file => file.path === path)?.text ?? '';
    const file = (path: string) =>
      parametersFile(text(path), (parsePyYaml(text(path)) as {parameters: Fields | null}).parameters ?? {});
    const files = bundle.filter(({path}) => path.startsWith('files/'));
    const again = render(inventoryOf(sample), {
      shape,
      earlier: {
        report,
        environment: file('environment.yaml'),
        secrets: file('secrets.yaml'),
        files: Object.fromEntries(files.map(one => [one.path, one.text])),
      },
    });
    t.deepEqual(again.bundle, bundle, sample);
  }
});

test('no id of the source comes into the template by a choice', t => {
  for (const sample of new Set(samples)) {
    const ids = Object.values(inventoryOf(sample).rows)
      .flat()
      .flatMap(({id}) => (typeof id === 'string' && /^[\da-f]{8}-/.test(id) ? [id] : []));
    const plain = made(sample, {}).text;
    const {text} = made(sample, {parameterize: [...valueClasses], namePrefix: true, constrain: 'source'});
    t.deepEqual(
      ids.filter(id => text.includes(id) && !plain.includes(id)),
      [],
      sample,
    );
  }
});

function count(shape: Shape) {
  return made('web', shape).report.counts.fields;
}

test('fields that became parameters are counted as such, frozen ones as they are', t => {
  const plain = count({});
  const sizes = count({parameterize: ['sizes']});
  t.is(sizes.parameter, plain.parameter + 2);
  t.is(sizes.exact, plain.exact - 2);
  const frozen = count({freeze: ['flavors']});
  t.is(frozen.parameter, plain.parameter - 3);
  t.is(frozen.exact, plain.exact + 3);
});
