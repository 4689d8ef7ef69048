/** What holds for any rows: told whole, said safely, read back as meant. */
import {isDeepStrictEqual} from 'node:util';
import fc from 'fast-check';
import {build} from '../../../src/emit/build.ts';
import {Kinds} from '../../../src/emit/kinds.ts';
import type {Bundle, Report} from '../../../src/model/bundle.ts';
import {RekindleError, type ErrorCode} from '../../../src/model/errors.ts';
import type {Graph} from '../../../src/model/graph.ts';
import type {Inventory} from '../../../src/model/inventory.ts';
import type {Shape} from '../../../src/model/shape.ts';
import {diff, render, type Snapshot} from '../../../src/pipeline/index.ts';
import {registry} from '../../../src/resources/index.ts';
import {inventoryText, parseInventory} from '../../../src/store/index.ts';
import {checkPaths} from '../../../src/store/paths.ts';
import {parsePyYaml} from '../../../src/model/pyyaml.ts';

export type Outcome = 'rendered' | `refused: ${ErrorCode}`;

/** Choices that don't depend on the rows. */
export const shapes: fc.Arbitrary<Shape | undefined> = fc.oneof(
  {weight: 6, arbitrary: fc.constant(undefined)},
  {
    weight: 6,
    arbitrary: fc.record<Shape>(
      {
        select: fc.constantFrom('server', 'network | port', 'name=*', '!server', 'network=x | port'),
        exclude: fc.constantFrom('keypair', 'volume', 'name=a*'),
        parameterize: fc.constantFrom(
          ['cidr', 'dns', 'names', 'sizes', 'metadata', 'description', 'remotes', 'tags'],
          ['names'],
          ['metadata'],
        ),
        freeze: fc.constantFrom(['flavors', 'images'], ['networks']),
        constrain: fc.constant('source' as const),
        outputs: fc.constantFrom(['all'], ['none']),
        namePrefix: fc.constant(true as const),
        fold: fc.constant(true as const),
        layout: fc.constantFrom('by-layer' as const, 'by-network' as const),
        ips: fc.constantFrom('auto' as const, {shift: ['10.0.0.0/8=11.0.0.0/8']}),
        stacks: fc.constantFrom('skip' as const, 'as-resources' as const, 'as-template' as const),
        maxResources: fc.constantFrom(2, 5),
      },
      {requiredKeys: []},
    ),
  },
);

export class Fault extends Error {}

function fault(what: string): never {
  throw new Fault(what);
}

/** @returns what was made, or the error that says why not. @throws Fault */
export function renderHostile(
  given: Inventory,
  shape: Shape | undefined,
): {
  readonly outcome: Outcome;
  readonly error?: RekindleError;
  readonly inventory?: Inventory;
  readonly taken?: Snapshot;
} {
  try {
    const inventory = parseInventory('inventory.json', inventoryText(given));
    const taken = render(inventory, {shape, lenient: true});
    return {outcome: 'rendered', inventory, taken};
  } catch (error) {
    if (!(error instanceof RekindleError)) throw error;
    checkError(error);
    return {outcome: `refused: ${error.code}`, error};
  }
}

/** Nobody's bug, and one sentence that a terminal can show. */
export function checkError(error: RekindleError): void {
  if (error.code === 'internal') throw error;
  for (const said of [error.message, error.hint ?? '']) {
    if (/\n/.test(said)) fault(`an error of several lines: ${JSON.stringify(said)}`);
    if (said.length > 2000) fault(`an error of ${said.length} characters: ${said.slice(0, 200)}`);
  }
}

/** Every row stands somewhere, and every field of it. */
export function checkTold(inventory: Inventory, {graph, report}: Snapshot): void {
  const specs = new Map(registry.map(spec => [spec.kind, spec]));
  for (const [kind, rows] of Object.entries(inventory.rows)) {
    const spec = specs.get(kind);
    // What is only referred to is told by the parameter that stands for it.
    if (spec !== undefined && spec.heat === undefined) continue;
    for (const row of rows) {
      const key = `${kind}:${String(row['id'])}`;
      const node = graph.nodes.get(`${key} (stray)`) ?? graph.nodes.get(key);
      if (node === undefined) fault(`the row ${kind} ${JSON.stringify(row['id'])} is nowhere`);
      const told = new Set(node.ledger.map(({field}) => field));
      if (told.has('*')) continue;
      const missing = Object.keys(row).filter(field => !told.has(field));
      if (missing.length > 0) fault(`${node.key}: nothing is said of ${JSON.stringify(missing)}`);
    }
  }
  for (const node of graph.nodes.values()) checkLedger(node.key, node.ledger);
  const counted = Object.values(report.counts.kinds).reduce((sum, {rows}) => sum + rows, 0);
  if (counted !== graph.nodes.size) fault(`${counted} rows are counted, of ${graph.nodes.size}`);
  for (const [kind, n] of Object.entries(report.counts.kinds)) {
    if (n.rows !== n.resources + n.parts + n.steps + n.lost + n.skipped)
      fault(`${kind}: the counts do not add up`);
    const rows = inventory.rows[kind]?.length;
    if (rows !== undefined && n.rows < rows) fault(`${kind}: ${n.rows} of ${rows} rows are counted`);
  }
  checkReport(graph, report);
}

function checkLedger(key: string, ledger: readonly {field: string; fate: string; reason?: string}[]): void {
  const seen = new Set<string>();
  for (const {field, fate, reason} of ledger) {
    if (seen.has(field)) fault(`${key}: ${JSON.stringify(field)} is told twice`);
    seen.add(field);
    if (fate === 'lost' && (reason ?? '') === '')
      fault(`${key}: ${JSON.stringify(field)} is lost without a reason`);
  }
}

function checkReport(graph: Graph, report: Report): void {
  const told = new Map<string, Set<string>>();
  for (const {kind, id, field} of [...report.losses, ...report.skipped]) {
    const key = `${kind}:${id}`;
    const fields = told.get(key);
    if (fields === undefined) told.set(key, new Set([field]));
    else fields.add(field);
  }
  for (const node of graph.nodes.values()) {
    const fields = told.get(node.key) ?? new Set();
    if (node.place.as === 'skipped' || node.place.as === 'lost') {
      if (!fields.has('*')) fault(`${node.key} is ${node.place.as}, and the report does not say so`);
      continue;
    }
    for (const {field, fate} of node.ledger)
      if (fate === 'lost' && !fields.has(field))
        fault(`${node.key}: the report does not say that ${field} is lost`);
    if (node.place.as === 'resource' && !report.resources.some(({kind, id}) => `${kind}:${id}` === node.key))
      fault(`${node.key} is a resource, and the report does not list it`);
  }
}

/** Characters that change how the text around them is shown, or end a line. */
const STEERING =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]|(?![\uD800-\uDBFF][\uDC00-\uDFFF])[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
// eslint-disable-next-line no-control-regex -- as above; in data only what a parser refuses or a terminal obeys counts
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/;

export function checkShown(where: string, text: string): void {
  const found = STEERING.exec(text);
  if (found !== null)
    fault(
      `${where} has ${JSON.stringify(found[0])}: ${JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20))}`,
    );
}

export function checkFiles(bundle: Bundle): void {
  checkPaths(bundle.map(({path}) => path));
  for (const {path, text} of bundle) {
    if (path.endsWith('.sh') || path.endsWith('.md')) checkShown(path, text);
    // A user's own file is as it was.
    else if (path.endsWith('.yaml') && !path.includes('files/')) {
      const found = CONTROLS.exec(text);
      if (found !== null) fault(`${path} has ${JSON.stringify(found[0])}`);
    }
    if (path.endsWith('report.md')) checkMarkdown(path, text);
    if (path.endsWith('.json')) JSON.parse(text);
  }
}

function checkMarkdown(path: string, text: string): void {
  for (const line of text.split('\n')) {
    // A command of a step.
    if (line.startsWith('      ')) continue;
    const plain = line.replaceAll(/\\[^]/g, '');
    if (/[<>]/.test(plain)) fault(`${path} has markup: ${line.slice(0, 200)}`);
    if (/\]\(|\]:|!\[/.test(plain)) fault(`${path} has a link: ${line.slice(0, 200)}`);
    if (/&(?!amp;)/.test(plain)) fault(`${path} has an entity: ${line.slice(0, 200)}`);
    if (line.startsWith('|')) {
      if (!/^\|(?: [\w:. -]* \| ?)+\|?$/.test(line)) fault(`${path} has a table of its own: ${line}`);
    } else if (plain.includes('|')) fault(`${path} has a table of its own: ${line}`);
    if (!/^(?:$|# What became|## [A-Z]|- |  \(\d+\) |\||\d+ resources|Asked for)/.test(line))
      fault(`${path} has a line of its own: ${JSON.stringify(line.slice(0, 200))}`);
    if (/https?:\/\/|www\./i.test(plain.replaceAll(/`[^`]*`/g, '')))
      fault(`${path} has an address that becomes a link: ${line.slice(0, 200)}`);
  }
}

/** The single template as it is meant, before it is text. */
export function meant({graph}: Snapshot, shape: Shape | undefined): unknown {
  const {template} = build(graph, new Kinds(registry), {shape});
  const {description, parameters, conditions, resources, outputs} = template;
  return JSON.parse(
    JSON.stringify({
      heat_template_version: '2018-08-31',
      description,
      parameters: Object.fromEntries(
        parameters.map(one => [
          one.name,
          {
            type: one.type,
            label: one.form?.label,
            description: one.description,
            default: one.default,
            hidden: one.hidden,
            constraints:
              one.constraint === undefined && (one.form?.constraints ?? []).length === 0
                ? undefined
                : [
                    ...(one.constraint === undefined ? [] : [{custom_constraint: one.constraint}]),
                    ...(one.form?.constraints ?? []),
                  ],
          },
        ]),
      ),
      conditions,
      resources: Object.fromEntries(
        resources.map(({name, type, condition, dependsOn, properties}) => [
          name,
          {
            type,
            condition,
            depends_on:
              dependsOn.length === 0 ? undefined : dependsOn.length === 1 ? dependsOn[0] : dependsOn,
            properties: Object.keys(properties).length === 0 ? undefined : properties,
          },
        ]),
      ),
      outputs,
    }),
  );
}

/** A template that was read, in the form that `meant` gives. */
export function asMeant(read: unknown): unknown {
  const {
    parameter_groups: _groups,
    parameters = {},
    conditions = {},
    resources,
    outputs = {},
    ...rest
  } = read as Record<string, unknown>;
  return {...rest, parameters, conditions, resources: resources ?? {}, outputs};
}

export function templateOf(bundle: Bundle): string {
  return bundle.find(({path}) => path === 'template.yaml')?.text ?? '';
}

export function checkTemplate(taken: Snapshot, shape: Shape | undefined): void {
  for (const {path, text} of taken.bundle) {
    if (path.includes('files/') || !path.endsWith('.yaml')) continue;
    parsePyYaml(text);
  }
  if (taken.report.layers !== undefined || shape?.fold === true) return;
  const read = asMeant(parsePyYaml(templateOf(taken.bundle)));
  if (!isDeepStrictEqual(plainOf(read), plainOf(meant(taken, shape)))) {
    const first = differenceOf(meant(taken, shape), read);
    fault(`the template reads back otherwise: ${first}`);
  }
}

function plainOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

export function differenceOf(a: unknown, b: unknown, at = ''): string {
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [x, y] = [(a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]];
      if (!isDeepStrictEqual(plainOf([x]), plainOf([y]))) return differenceOf(x, y, `${at}.${key}`);
    }
  }
  return `${at}: ${JSON.stringify(a)?.slice(0, 200)} / ${JSON.stringify(b)?.slice(0, 200)}`;
}

/** The project is the same as itself, and as itself under another project's id. */
export function checkSame(inventory: Inventory, shape: Shape | undefined): void {
  const {differences} = diff(inventory, inventory, {shape: shape ?? {}});
  if (differences.length > 0)
    fault(`not the same as itself: ${JSON.stringify(differences[0]).slice(0, 300)}`);
}

/** A name that looks like an option is one to the client, unless `--` stands before it. */
export function checkWords({steps}: Report, names: readonly string[]): void {
  const options = new Set(names.filter(name => name.startsWith('-')));
  for (const {command, of = []} of steps) {
    for (const words of [command, of]) {
      const end = words.indexOf('--');
      const free = end < 0 ? words : words.slice(0, end);
      const bad = free.find(word => typeof word === 'string' && options.has(word));
      if (bad !== undefined) fault(`a name is an option: openstack ${JSON.stringify(words)}`);
    }
  }
}
