/** One part of the hostile projects: ava tests over random cases with a fixed seed, and what came of them. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import type {Bundle, Report} from '../../../src/model/bundle.ts';
import type {Inventory} from '../../../src/model/inventory.ts';
import type {Shape} from '../../../src/model/shape.ts';
import {render} from '../../../src/pipeline/index.ts';
import {inventoryText, readBundle, readInventory, readLayers, writeBundle} from '../../../src/store/index.ts';
import {parsePyYaml} from '../../../src/model/pyyaml.ts';
import {bench} from '../../cli/support/world.ts';
import {pyyaml} from '../pyyaml.ts';
import * as check from './check.ts';
import {bait, inventoryFrom, planOf, type Plan} from './mutate.ts';
import {examples} from './pool.ts';
import {deployed, meantCalls, shellcheck, unparsable} from './shell.ts';

interface Part {
  readonly seed: number;
  /** Cases. */
  readonly runs: number;
  /** Of how many parts this is which: the kinds are shared out. */
  readonly part: number;
  readonly parts: number;
}

interface Kept {
  readonly bundle: Bundle;
  readonly report: Report;
  readonly meant: unknown;
}

/** Every so manyth case is kept for what takes a process of its own. */
const KEPT = 10;
const COMPARED = 4;
const CHECKED = 25;
const DEPLOYED = 30;
const PRINTED = 25;

export function fuzz({seed, runs, part, parts}: Part): void {
  const only = examples.filter((_, index) => index % parts === part);
  const cases = fc.tuple(planOf(only), check.shapes, fc.nat(1000));
  const kept: Kept[] = [];
  const scripts = new Set<string>();
  const outcomes = new Map<string, number>();

  test.serial(`${runs} hostile projects: told whole, said safely, read back as meant`, t => {
    t.timeout(600_000);
    let count = 0;
    fc.assert(
      fc.property(cases, ([plan, shape, luck]) => {
        const outcome = oneCase(plan, shape, luck);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        count += 1;
      }),
      {seed, numRuns: runs, includeErrorInReport: true},
    );
    t.is(count, runs);
    const counts = [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, n]) => `${n} ${what}`);
    t.log(counts.join(', '));
    t.true((outcomes.get('rendered') ?? 0) > runs / 2, 'most are rendered');
  });

  function oneCase(plan: Plan, shape: Shape | undefined, luck: number): check.Outcome {
    const {outcome, taken, inventory} = check.renderHostile(inventoryFrom(plan), shape);
    if (taken === undefined || inventory === undefined) return outcome;
    check.checkTold(inventory, taken);
    check.checkFiles(taken.bundle);
    check.checkTemplate(taken, shape);
    check.checkWords(taken.report, bait);
    if (luck % COMPARED === 0) check.checkSame(inventory, shape);
    for (const {path, text} of taken.bundle) if (path.endsWith('deploy.sh')) scripts.add(text);
    const single = taken.report.layers === undefined && shape?.fold !== true;
    if (luck % KEPT === 0 && single)
      kept.push({bundle: taken.bundle, report: taken.report, meant: check.meant(taken, shape)});
    return outcome;
  }

  test.serial('PyYAML reads the templates as they are meant, and the parameters as we do', t => {
    t.true(kept.length > 0);
    const templates = pyyaml(kept.map(({bundle}) => check.templateOf(bundle)));
    for (const [index, read] of templates.entries()) {
      if (!('value' in read)) throw new check.Fault(`PyYAML refuses a template: ${read.error}`);
      const [found, wanted] = [check.asMeant(read.value), kept[index]?.meant];
      if (!isDeepStrictEqual(found, wanted)) throw new check.Fault(check.differenceOf(wanted, found));
    }
    const texts = kept.flatMap(({bundle}) =>
      bundle.flatMap(({path, text}) => (/^(?:environment|secrets)\.yaml$/.test(path) ? [text] : [])),
    );
    for (const [index, read] of pyyaml(texts).entries())
      t.deepEqual(read, {value: JSON.parse(JSON.stringify(parsePyYaml(texts[index] ?? '')))});
  });

  test.serial('bash parses every deploy.sh, and shellcheck finds nothing', async t => {
    t.is(await unparsable([...scripts]), '');
    const step = Math.max(1, Math.floor(scripts.size / CHECKED));
    t.is(await shellcheck([...scripts].filter((_, index) => index % step === 0).slice(0, CHECKED)), '');
  });

  test.serial('deploy.sh calls the client with the words that are meant, and does nothing else', async t => {
    const withSteps = kept.filter(({report}) => report.steps.length > 0);
    const chosen = [...withSteps, ...kept.filter(({report}) => report.steps.length === 0)].slice(0, DEPLOYED);
    let calls = 0;
    for (const {bundle, report} of chosen) {
      const done = await deployed(bundle);
      t.deepEqual(done.strays, []);
      check.checkShown('deploy.sh', done.out);
      t.is(done.code, 0, done.out);
      const wanted = meantCalls(report);
      const made = new Set(done.calls.map(call => JSON.stringify(call)));
      for (const call of wanted) t.true(made.has(JSON.stringify(call)), JSON.stringify(call));
      calls += wanted.length;
    }
    t.log(`${chosen.length} scripts, ${calls} steps`);
  });

  test.serial('what the command line prints is harmless, and what it writes is read back', async t => {
    const {dir, run} = await bench(t);
    const source = join(dir, 'source.json');
    const sampled = fc.sample(cases, {seed: seed + 1, numRuns: PRINTED});
    for (const [index, [plan, shape]] of sampled.entries()) {
      await writeFile(source, inventoryText(inventoryFrom(plan)));
      const out = `out${index}`;
      const first = await run(['list', source]);
      check.checkShown('list', first.stdout + first.stderr);
      if (first.stderr.includes('nested deeper than')) continue;
      const commands = [
        ['list', source, '--long'],
        ['list', source, '--select', 'server', '--explain'],
        ['list', source, '--long', '-f', ['json', 'yaml', 'csv', 'value', 'markdown'][index % 5] ?? 'json'],
        ['render', source, out],
        ['list', out],
        ['render', out, out],
        ['diff', out, source, '--format', ['table', 'markdown', 'unified', 'json'][index % 4] ?? 'table'],
      ];
      for (const words of commands) {
        const {code, stdout, stderr} = await run(words);
        check.checkShown(words.join(' '), stdout + stderr);
        t.false(stderr.includes('internal error'), stderr);
        const empty = code === 2 && stderr.includes('nothing in the project is server');
        t.true(code === 0 || code === 3 || empty, `${words.join(' ')}: ${code} ${stderr}`);
      }
      const [inventory, bundle] = [await readInventory(source), await readBundle(join(dir, out))];
      const {bundle: wanted} = render(inventory);
      t.is(bundle.templateText, check.templateOf(wanted));
      t.is(inventoryText(await readInventory(join(dir, out))), inventoryText(inventory));
      await writtenInShape(inventory, shape);
    }
    await rm(source);
  });
}

async function writtenInShape(inventory: Inventory, shape: Shape | undefined): Promise<void> {
  const {taken} = check.renderHostile(inventory, shape);
  if (shape === undefined || taken === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  try {
    await writeBundle(join(folder, 'out'), taken.bundle);
    const layers = await readLayers(join(folder, 'out'));
    if (layers.length !== (taken.report.layers?.length ?? 1)) throw new check.Fault('a layer is missing');
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
