/** Whatever is selected of whatever project: the template stands by itself. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {parse} from 'yaml';
import {findCycle} from '../../src/model/cycles.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {escapeGlob} from '../../src/model/glob.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Shape} from '../../src/model/shape.ts';
import {render, type Snapshot} from '../../src/pipeline/index.ts';
import {relate} from '../../src/relate/index.ts';
import {shape} from '../../src/shape/index.ts';
import {compareGraphs} from '../../src/verify/index.ts';
import {project, shuffled} from '../support/random-project.ts';
import {samplesFolder} from '../support/replay/sample.ts';

function sample(name: string): Inventory {
  return JSON.parse(readFileSync(join(samplesFolder, name, 'inventory.json'), 'utf8')) as Inventory;
}

/** Selections of things that are there, by kind and by id. */
function choicesOf(inventory: Inventory): fc.Arbitrary<Shape> {
  const {graph} = relate(inventory);
  const nodes = [...graph.nodes.values()].filter(({place}) => place.as !== 'skipped');
  if (nodes.length === 0) return fc.constant({});
  const term = fc.constantFrom(...nodes).chain(({kind, id}) => {
    const quoted = escapeGlob(id).replaceAll('"', String.raw`\"`);
    return fc.constantFrom(kind, `(${kind} & id="${quoted}")`);
  });
  const some = fc.array(term, {minLength: 1, maxLength: 3}).map(terms => terms.join(' | '));
  return fc.oneof(
    some.map(select => ({select})),
    fc.record({select: some, exclude: some}),
    some.map(exclude => ({exclude})),
  );
}

/** Undefined where the choices leave nothing. */
function rendered(inventory: Inventory, choices: Shape): Snapshot | undefined {
  try {
    return render(inventory, {shape: choices});
  } catch (error) {
    if (error instanceof RekindleError && error.message.startsWith('The selection is empty'))
      return undefined;
    throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

interface Template {
  readonly parameters?: Fields;
  readonly conditions?: Fields;
  readonly outputs?: Fields;
  readonly resources?: Readonly<Record<string, {readonly depends_on?: string | readonly string[]}>>;
}

/** Every reference leads somewhere, every parameter is used, no id of the source is said. */
function checkWhole(
  t: ExecutionContext,
  {bundle, graph, report}: Snapshot,
  ids: readonly string[],
  about: string,
): void {
  const text = bundle[0]?.text ?? '';
  const {parameters = {}, resources = {}, conditions, outputs} = parse(text) as Template;
  const used = new Set<string>();
  const missing: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value as unknown[]) walk(item);
    else if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      for (const [key, item] of entries) {
        const first: unknown = Array.isArray(item) ? item[0] : item;
        const name = typeof first === 'string' ? first : '';
        // Heat's rule: among other keys it is data.
        if (entries.length > 1) walk(item);
        else if (key === 'get_resource' || key === 'get_attr') {
          if (!Object.hasOwn(resources, name)) missing.push(`${key} ${name}`);
        } else if (key === 'get_param' && !name.startsWith('OS::')) {
          used.add(name);
          if (!Object.hasOwn(parameters, name)) missing.push(`${key} ${name}`);
        } else walk(item);
      }
    }
  };
  walk([resources, conditions, outputs]);
  for (const {depends_on: names = []} of Object.values(resources))
    for (const name of [names].flat())
      if (!Object.hasOwn(resources, name)) missing.push(`depends_on ${name}`);
  for (const {command, of = []} of report.steps) {
    for (const word of [...command, ...of].flatMap(one =>
      typeof one === 'object' && 'joined' in one ? one.joined : [one],
    )) {
      if (typeof word !== 'object') continue;
      if ('parameter' in word) used.add(word.parameter);
      else if ('resource' in word && !Object.hasOwn(resources, word.resource))
        missing.push(`step ${word.resource}`);
    }
  }
  t.deepEqual(missing, [], about);
  t.deepEqual(
    Object.keys(parameters).filter(name => !used.has(name)),
    [],
    `${about}: unused parameters`,
  );
  t.is(findCycle(graph.nodes.keys(), graph.edges), undefined, about);
  t.deepEqual(
    ids.filter(id => text.includes(id)),
    [],
    `${about}: ids`,
  );
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Ids that the whole template doesn't say either: a name may be one. */
function idsOf(inventory: Inventory): readonly string[] {
  const text = render(inventory).bundle[0]?.text ?? '';
  const all = Object.values(inventory.rows).flatMap(rows => rows.map(({id}) => String(id)));
  return all.filter(id => uuid.test(id) && !text.includes(id));
}

for (const [name, numRuns] of [
  ['web', 60],
  ['services', 40],
  ['hard', 8],
] as const) {
  const inventory = sample(name);
  test(`${name}: any selection is a template that stands by itself`, t => {
    const ids = idsOf(inventory);
    fc.assert(
      fc.property(choicesOf(inventory), choices => {
        const made = rendered(inventory, choices);
        if (made !== undefined) checkWhole(t, made, ids, JSON.stringify(choices));
      }),
      {numRuns},
    );
  });

  test(`${name}: everything selected is the same as nothing said`, t => {
    const plain = render(inventory);
    const all = render(inventory, {shape: {select: '*'}});
    for (const [index, {path, text}] of plain.bundle.entries())
      if (!path.startsWith('report.')) t.is(all.bundle[index]?.text, text, path);
    t.deepEqual({...all.report, shape: undefined}, {...plain.report, shape: undefined});
  });
}

test('random projects: any selection is a template that stands by itself', t => {
  fc.assert(
    fc.property(
      project.chain(inventory => fc.tuple(fc.constant(inventory), choicesOf(inventory))),
      ([inventory, choices]) => {
        const made = rendered(inventory, choices);
        if (made !== undefined) checkWhole(t, made, [], JSON.stringify(choices));
      },
    ),
    {numRuns: 60},
  );
});

function inside(inventory: Inventory, choices: Shape): readonly string[] {
  return [...(shape(inventory, choices, {lenient: true}).selection?.inside.keys() ?? [])];
}

test('what two selections bring is what both of them bring together', t => {
  const inventory = sample('services');
  const one = choicesOf(inventory).map(({select = '*'}) => select);
  fc.assert(
    fc.property(one, one, (a, b) => {
      const both = inside(inventory, {select: `(${a}) | (${b})`});
      const each = new Set([...inside(inventory, {select: a}), ...inside(inventory, {select: b})]);
      t.deepEqual([...both].sort(), [...each].sort(), `${a} with ${b}`);
    }),
    {numRuns: 30},
  );
});

test('the same rows in any order give the same bytes and the same reasons', t => {
  const inventory = sample('web');
  const choices = {select: 'server:db | floating-ip', exclude: 'volume:db-data'};
  const made = render(inventory, {shape: choices});
  fc.assert(
    fc.property(fc.integer(), seed => {
      const again = render(shuffled(inventory, seed), {shape: choices});
      t.is(again.bundle[0]?.text, made.bundle[0]?.text);
      t.deepEqual(again.explained(), made.explained());
    }),
    {numRuns: 20},
  );
});

for (const [name, numRuns] of [
  ['web', 40],
  ['services', 25],
  ['hard', 5],
] as const) {
  test(`${name}: what a selection does not keep is announced`, t => {
    const inventory = sample(name);
    const whole = relate(inventory);
    fc.assert(
      fc.property(choicesOf(inventory), choices => {
        const made = rendered(inventory, choices);
        if (made === undefined) return;
        // A clone that has everything, of which the selection is what was built and the rest what was there.
        const source = shape(inventory, choices);
        const {differences} = compareGraphs(source, whole, {
          sameProject: true,
          announced: made.report,
          scope: new Set(source.selection?.inside.keys()),
          externals: new Map([...source.graph.externals.values()].map(({key, id}) => [key, id])),
        });
        // What is left out of something that is in would not be there.
        const isThere = ({what, kind, cloneId = ''}: (typeof differences)[number]): boolean =>
          what !== 'extra' || source.selection?.outside.has(`${kind}:${cloneId}`) !== true;
        t.deepEqual(
          differences.filter(one => one.announced === undefined && isThere(one)),
          [],
          JSON.stringify(choices),
        );
      }),
      {numRuns},
    );
  });
}
