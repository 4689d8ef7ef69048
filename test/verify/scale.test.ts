/** The work grows with the project and no faster, counted in steps. */
import test from 'ava';
import type {Row} from '../../src/model/inventory.ts';
import {matchThings} from '../../src/verify/match.ts';
import {outsideOf} from '../../src/verify/outside.ts';
import {viewOf} from '../../src/verify/view.ts';
import {brief, cloned, compared, related, specs, type Rows} from './world.ts';
import {build} from './worlds.ts';

const bySpec = new Map(specs.map(spec => [spec.kind, spec]));

/** `twins` servers of each kind with their ports and volumes: about ten things per twin, all without a name. */
function project(twins: number): Rows {
  return build({
    networks: ['web', ''],
    groups: [{name: '', rules: [{port: 22, remote: 3}]}],
    servers: [
      {
        name: '',
        nics: [
          [0, 0],
          [1, 0],
        ],
        volumes: 2,
      },
      {
        name: '',
        nics: [
          [0, 0],
          [0, 0],
        ],
        volumes: 1,
      },
      {name: '', nics: [], volumes: 0},
    ],
    spare: [],
    twins,
  });
}

/** Each thing with a name and an address of its own. */
function named(rows: Rows): Rows {
  return Object.fromEntries(
    Object.entries(rows).map(([kind, list]) => [
      kind,
      list.map((row, index) =>
        Object.assign(
          {...row},
          'name' in row && kind !== 'keypair' && kind !== 'flavor' ? {name: `${kind} ${index}`} : {},
        ),
      ),
    ]),
  );
}

function everyOf(rows: Rows, kind: string, field: string, value: unknown): Rows {
  return {...rows, [kind]: (rows[kind] ?? []).map((row): Row => Object.assign({...row}, {[field]: value}))};
}

function work(rows: Rows, clone: Rows): {readonly work: number; readonly things: number} {
  const [source, other] = [viewOf(related(rows), bySpec), viewOf(related(clone, 'p2'), bySpec)];
  const matching = matchThings(source, other, {outside: outsideOf(source, other, new Map())});
  return {work: matching.work, things: source.things.size};
}

const shapes: Readonly<Record<string, (twins: number) => readonly [Rows, Rows]>> = {
  'nameless twins': twins => [project(twins), cloned(project(twins))],
  'names and addresses of their own': twins => [named(project(twins)), cloned(named(project(twins)))],
  'every server damaged': twins => [
    named(project(twins)),
    cloned(everyOf(everyOf(named(project(twins)), 'server', 'name', 'x'), 'port', 'fixed_ips', [])),
  ],
  'an empty clone': twins => [project(twins), {}],
};

for (const [shape, make] of Object.entries(shapes)) {
  test(`ten times the things, ten times the steps: ${shape}`, t => {
    const [small, large] = [work(...make(100)), work(...make(1000))];
    t.true(large.things > 9000);
    const growth = large.work / large.things / (small.work / small.things);
    t.true(growth < 1.2, `${small.work} steps for ${small.things}, ${large.work} for ${large.things}`);
    t.true(large.work / large.things < 1500, `${large.work / large.things} steps each`);
  });
}

test('ten thousand nameless things with one damaged among them', t => {
  const rows = project(1000);
  const ports = (rows['port'] ?? []).with(1234, {...rows['port']?.[1234], groups: []});
  t.deepEqual(brief(compared(rows, cloned({...rows, port: ports}))), ['port groups']);
});
