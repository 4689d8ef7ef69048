/** Properties of a bundle that replaces an earlier one of the same project: what did not change stays as it is. */
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Bundle, EarlierBundle, ParametersFile, Report} from '../src/model/bundle.ts';
import type {Inventory, Row} from '../src/model/inventory.ts';
import {relate} from '../src/relate/index.ts';
import {render} from '../src/pipeline/index.ts';
import {parametersFile} from '../src/store/parameters-file.ts';
import {parsePyYaml} from '../src/model/pyyaml.ts';
import {blocksOf} from './support/blocks.ts';
import {text} from './support/hostile.ts';
import {project, shuffled, uuid} from './support/random-project.ts';

const RUNS = {numRuns: 60, seed: 20261122};

interface Made {
  readonly bundle: Bundle;
  readonly report: Report;
}

function textOf({bundle}: Made, path: string): string {
  const file = bundle.find(candidate => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.text;
}

function read(yaml: string): ParametersFile {
  const {parameters} = parsePyYaml(yaml) as {parameters: Row};
  return parametersFile(yaml, parameters);
}

/** As it would be read back from its folder. @param edit Changes the text of environment.yaml. */
function earlierOf(made: Made, edit: (environment: string) => string = same => same): EarlierBundle {
  const files = made.bundle.filter(({path}) => path.startsWith('files/'));
  return {
    report: JSON.parse(textOf(made, 'report.json')) as Report,
    environment: read(edit(textOf(made, 'environment.yaml'))),
    secrets: read(textOf(made, 'secrets.yaml')),
    files: Object.fromEntries(files.map(file => [file.path, file.text])),
  };
}

function files({bundle}: Made): unknown {
  return bundle.filter(({path}) => path !== 'inventory.json');
}

function namesOf({report}: Made): ReadonlyMap<string, string> {
  return new Map([
    ...report.resources.map(({kind, id, name}) => [`${kind}:${id}`, name] as const),
    ...report.parameters.flatMap(({role, kind, source, name}) =>
      source === undefined ? [] : [[`${role} ${kind}:${source.id}`, name] as const],
    ),
  ]);
}

/** Keys of what refers to these, over any number of steps. */
function hangingOn(keys: readonly string[], ...inventories: readonly Inventory[]): ReadonlySet<string> {
  const found = new Set(keys);
  const edges = inventories.flatMap(inventory => relate(inventory).graph.edges);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const {from, to} of edges) if (found.has(to)) found.add(from);
  }
  return found;
}

interface Change {
  readonly inventory: Inventory;
  /** What changed, by key. */
  readonly keys: readonly string[];
}

type Rows = Readonly<Record<string, readonly Row[]>>;

function withRows(inventory: Inventory, rows: Rows): Inventory {
  return {...inventory, rows: {...inventory.rows, ...rows}};
}

function rowsOf({rows}: Inventory, kind: string): readonly Row[] {
  return rows[kind] ?? [];
}

const renamable = [
  'network',
  'subnet',
  'port',
  'router',
  'security_group',
  'server_group',
  'volume',
  'server',
];

function rename(inventory: Inventory, pick: number, name: string): Change | undefined {
  const all = renamable.flatMap(kind => rowsOf(inventory, kind).map(row => ({kind, row})));
  const chosen = all.filter(({row}) => row['name'] !== 'default')[pick % Math.max(1, all.length)];
  if (chosen === undefined || name === 'default') return undefined;
  const {kind, row} = chosen;
  const renamed = {...row, name};
  const rows = rowsOf(inventory, kind).map(one => (one === row ? renamed : one));
  return {inventory: withRows(inventory, {[kind]: rows}), keys: [`${kind}:${String(row['id'])}`]};
}

/** The row with a list that lacks what names that id. */
function without(row: Row, list: string, field: string | undefined, id: unknown): Row {
  const items = (row[list] as readonly unknown[]).filter(
    item => (field === undefined ? item : (item as Row)[field]) !== id,
  );
  return {...row, [list]: items};
}

/** A loose port, a floating IP, or a server with its ports goes. */
function remove(inventory: Inventory, pick: number): Change | undefined {
  const [ports, servers, floating] = ['port', 'server', 'floating_ip'].map(kind => rowsOf(inventory, kind));
  if (ports === undefined || servers === undefined || floating === undefined) return undefined;
  const loose = ports.filter(row => row['device_owner'] === '');
  const gone = [...servers, ...loose, ...floating][
    pick % Math.max(1, servers.length + loose.length + floating.length)
  ];
  if (gone === undefined) return undefined;
  const legs = ports.filter(row => row['device_id'] === gone['id']);
  const away = new Set([gone, ...legs]);
  const stays = (row: Row): boolean => !away.has(row) && !legs.some(leg => leg['id'] === row['port_id']);
  const rows = {
    port: ports.filter(stays),
    server: servers.filter(stays),
    floating_ip: floating.filter(stays),
    volume: rowsOf(inventory, 'volume').map(row => without(row, 'attachments', 'server_id', gone['id'])),
    server_group: rowsOf(inventory, 'server_group').map(row =>
      without(row, 'members', undefined, gone['id']),
    ),
  };
  const before = ['port', 'server', 'floating_ip'].flatMap(kind =>
    rowsOf(inventory, kind)
      .filter(row => !stays(row))
      .map(row => `${kind}:${String(row['id'])}`),
  );
  const detached = rowsOf(inventory, 'volume').filter(row =>
    (row['attachments'] as readonly Row[]).some(one => one['server_id'] === gone['id']),
  );
  return {
    inventory: withRows(inventory, rows),
    keys: [...before, ...detached.map(row => `volume:${String(row['id'])}`)],
  };
}

/** The copy of a thing comes, older than all or younger, with the same name. */
function add(inventory: Inventory, pick: number, old: boolean): Change | undefined {
  const kinds = ['network', 'volume', 'security_group', 'server_group'];
  const all = kinds.flatMap(kind => rowsOf(inventory, kind).map(row => ({kind, row})));
  const chosen = all.filter(({row}) => row['name'] !== 'default')[pick % Math.max(1, all.length)];
  if (chosen === undefined) return undefined;
  const {kind, row} = chosen;
  const id = old ? `00000000-0000-4000-8000-000000000000` : uuid(kind, 0xfffff);
  const empty = {
    network: {},
    volume: {attachments: [], status: 'available'},
    security_group: {security_group_rules: []},
    server_group: {members: []},
  }[kind];
  const fresh = {...row, id, ...empty};
  return {
    inventory: withRows(inventory, {[kind]: [...rowsOf(inventory, kind), fresh]}),
    keys: [`${kind}:${id}`],
  };
}

/** Names stay with their owners, and so do the lines of what has nothing to do with the change. */
function keeps(t: ExecutionContext, before: Inventory, {inventory, keys}: Change, deep: boolean): void {
  const first = render(before);
  const second = render(inventory, {earlier: earlierOf(first)});
  const changed = deep ? hangingOn(keys, before, inventory) : new Set(keys);
  const [old, fresh] = [namesOf(first), namesOf(second)];
  for (const [key, name] of fresh) if (old.has(key)) t.is(name, old.get(key) ?? '', key);
  t.is(new Set(fresh.values()).size, fresh.size);
  const [a, b] = [blocksOf(textOf(first, 'template.yaml')), blocksOf(textOf(second, 'template.yaml'))];
  for (const {kind, id, name} of second.report.resources)
    if (a.has(name) && !changed.has(`${kind}:${id}`)) t.is(b.get(name), a.get(name));
  const order = (made: Made, other: ReadonlyMap<string, string>): readonly string[] =>
    [...blocksOf(textOf(made, 'template.yaml')).keys()].filter(name => other.has(name));
  t.deepEqual(order(second, a), order(first, b));
}

test('an unchanged project gives the same bytes again, and again after an edit', t => {
  fc.assert(
    fc.property(project, inventory => {
      const first = render(inventory);
      t.deepEqual(files(render(inventory, {earlier: earlierOf(first)})), files(first));
      const edited = earlierOf(first, environment =>
        environment.replaceAll(/^( {2}\w+): .*$/gm, '$1: mine # why'),
      );
      const second = render(inventory, {earlier: edited});
      t.deepEqual(files(render(inventory, {earlier: earlierOf(second)})), files(second));
      for (const line of textOf(second, 'environment.yaml')
        .split('\n')
        .filter(one => /^ {2}\w/.test(one)))
        t.regex(line, /^ {2}\w+: mine # why$/);
      t.is(textOf(second, 'template.yaml'), textOf(first, 'template.yaml'));
    }),
    RUNS,
  );
});

test('what is renamed keeps its logical name, and nothing else changes a line', t => {
  fc.assert(
    fc.property(project, fc.nat(), text, (inventory, pick, name) => {
      const change = rename(inventory, pick, name);
      if (change !== undefined) keeps(t, inventory, change, false);
    }),
    RUNS,
  );
  t.pass();
});

test('what leaves takes no line along but those that hang on it', t => {
  fc.assert(
    fc.property(project, fc.nat(), (inventory, pick) => {
      const change = remove(inventory, pick);
      if (change !== undefined) keeps(t, inventory, change, true);
    }),
    RUNS,
  );
  t.pass();
});

test('a newcomer takes nobody’s name, however old it is', t => {
  fc.assert(
    fc.property(project, fc.nat(), fc.boolean(), (inventory, pick, old) => {
      const change = add(inventory, pick, old);
      if (change !== undefined) keeps(t, inventory, change, true);
    }),
    RUNS,
  );
  t.pass();
});

test('the same rows in any order and the same earlier bundle give the same bytes', t => {
  fc.assert(
    fc.property(project, fc.nat(), text, fc.integer({min: 0, max: 1e6}), (inventory, pick, name, seed) => {
      const change = rename(inventory, pick, name)?.inventory ?? inventory;
      const earlier = earlierOf(render(inventory));
      t.deepEqual(files(render(shuffled(change, seed), {earlier})), files(render(change, {earlier})));
    }),
    RUNS,
  );
});
