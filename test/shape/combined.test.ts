/** Choices beside each other: whatever is chosen, a whole bundle comes out, and the same one again. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type {BundleFile, Report, ReportStep} from '../../src/model/bundle.ts';
import type {Shape} from '../../src/model/shape.ts';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {render, type Snapshot} from '../../src/pipeline/index.ts';
import {parseInventory} from '../../src/store/index.ts';
import {lintTemplate} from '../support/lint.ts';
import {samplesFolder} from '../support/replay/sample.ts';

const maybe = <T>(...values: readonly [T, ...T[]]) => fc.option(fc.constantFrom(...values), {nil: undefined});

const shapes: fc.Arbitrary<Shape> = fc
  .record({
    select: maybe('server | network | security_group', 'server:w*|server:h*'),
    exclude: maybe('floating_ip', 'keypair | volume'),
    ips: maybe('auto' as const),
    parameterize: maybe(['names', 'sizes', 'dns', 'metadata'], ['cidr', 'remotes', 'tags', 'description']),
    namePrefix: maybe(true as const),
    freeze: maybe(['flavors', 'images']),
    constrain: maybe('source' as const),
    outputs: maybe(['all'], ['none']),
    fold: maybe(true as const),
    layout: maybe('by-layer' as const, 'by-network' as const),
    maxResources: maybe(25, 60),
  })
  .map(chosen => Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)));

const structural = new Set(['id', 'unused', 'undeclared', 'empty', 'blank', 'unknown-key']);

function inSteps(steps: readonly ReportStep[]): readonly string[] {
  return steps
    .flatMap(({command, of = []}) => [...command, ...of])
    .flatMap(word => (typeof word === 'object' && 'joined' in word ? word.joined : [word]))
    .flatMap(part => (typeof part === 'object' && 'parameter' in part ? [part.parameter] : []));
}

function faultsOf(files: readonly BundleFile[], ids: readonly string[]): readonly string[] {
  const textOf = new Map(files.map(({path, text}) => [path, text]));
  return files
    .filter(({path}) => path.endsWith('template.yaml'))
    .flatMap(({path, text}) => {
      const dir = path.slice(0, -'template.yaml'.length);
      const report = JSON.parse(textOf.get(`${dir}report.json`) ?? '{"steps":[]}') as Report;
      return lintTemplate(text, {ids, inSteps: inSteps(report.steps)})
        .filter(({rule, what}) => structural.has(rule) && !what.includes('-blank-vol'))
        .map(({rule, where, what}) => `${path} ${where}: ${rule} ${what}`);
    });
}

function rendered(inventory: Inventory, shape: Shape): Snapshot | undefined {
  try {
    return render(inventory, {shape});
  } catch (error) {
    if (error instanceof RekindleError && error.code === 'usage') return undefined;
    throw error;
  }
}

for (const [name, numRuns] of [
  ['web', 40],
  ['services', 12],
  ['hard', 8],
] as const) {
  test(`${name}: any choices together`, async t => {
    const text = await readFile(join(samplesFolder, name, 'inventory.json'), 'utf8');
    const inventory = parseInventory(name, text);
    const ids = Object.values(inventory.rows).flatMap(rows => rows.map(({id}) => String(id)));
    fc.assert(
      fc.property(shapes, shape => {
        const choices =
          name === 'web'
            ? shape
            : {...shape, ...(shape.select === undefined ? {} : {select: 'server | network'})};
        const made = rendered(inventory, choices);
        // Nothing there that fits, or that may stand as a literal: said in a sentence.
        if (made === undefined) return;
        t.deepEqual(faultsOf(made.bundle, ids), [], JSON.stringify(choices));
        t.deepEqual(made.report.shape ?? {}, choices);
        // What the bundle keeps is enough to make it again.
        t.deepEqual(render(inventory, {shape: made.report.shape}).bundle, made.bundle);
      }),
      {numRuns, seed: 5},
    );
  });
}
