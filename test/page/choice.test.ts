/** A selection made in the page is the one that the command line makes. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {RekindleError} from '../../src/model/errors.ts';
import {escapeGlob} from '../../src/model/glob.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {
  canPick,
  chosenBy,
  optionsOf,
  rewritten,
  withNeeds,
  type Choosing,
} from '../../src/page/state/choice.ts';
import type {PageData} from '../../src/page/data.ts';
import {projectOf, type Project} from '../../src/page/state/project.ts';
import {page} from '../../src/pipeline/index.ts';
import {relate, type Related} from '../../src/relate/index.ts';
import {select, type Selection} from '../../src/shape/select/index.ts';
import {project as randomProject} from '../support/random-project.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

function inventoryOf(sample: string): Inventory {
  return JSON.parse(readFileSync(join(samplesFolder, sample, 'inventory.json'), 'utf8')) as Inventory;
}

/** As the page reads it. */
function paged(inventory: Inventory): Project {
  const [, json = ''] = /<script type="application\/json" id="data">([^<]*)</.exec(page(inventory)) ?? [];
  return projectOf(JSON.parse(json) as PageData);
}

interface Words {
  readonly select?: string;
  readonly exclude?: string;
}

/** What the command line makes of it, or the words that it refuses with. */
function commanded(related: Related, words: Words): Selection | string {
  try {
    return select(related, words);
  } catch (error) {
    if (error instanceof RekindleError) return `${error.message}\n${error.hint ?? ''}`;
    throw error;
  }
}

function inPage({selection, error}: Choosing): Selection | string | undefined {
  return error === undefined ? selection : `${error.message}\n${error.hint ?? ''}`;
}

/** A line for each thing, with the reason. */
function lines(selection: Selection | string | undefined): ReadonlySet<string> {
  if (typeof selection !== 'object') return new Set([selection ?? 'nothing']);
  const {inside, outside, settled} = selection;
  return new Set([
    ...[...inside].map(([key, why]) => `${key} in: ${why}`),
    ...[...outside].map(([key, why]) => `${key} out: ${why}`),
    ...[...settled.keys()].map(key => `${key} settled`),
  ]);
}

/** What only one of them says. */
function apart(seen: Selection | string | undefined, meant: Selection | string): readonly string[] {
  const [one, other] = [lines(seen), lines(meant)];
  return [
    ...[...one].filter(line => !other.has(line)).map(line => `page: ${line}`),
    ...[...other].filter(line => !one.has(line)).map(line => `command: ${line}`),
  ];
}

const fixed: readonly Words[] = [
  {select: '*'},
  {select: 'server'},
  {select: 'server:*-1'},
  {select: 'network'},
  {select: 'router', exclude: 'network'},
  {exclude: 'server'},
  {exclude: 'security-group'},
  {exclude: 'volume | floating-ip'},
  {select: 'server', exclude: 'port'},
  {select: 'status=active & !server'},
  {select: 'load-balancer'},
  {select: 'stack'},
  {select: 'tag=*'},
  {select: 'zone=nova'},
  {select: 'metadata=*'},
  {select: 'floating-ip', exclude: 'router'},
  {select: 'server:'},
  {select: 'sever'},
  {select: 'server:no-such-thing'},
  {exclude: '*'},
  {exclude: 'server &'},
];

for (const sample of await sampleNames()) {
  test(`${sample}: the page's closure, its reasons and its errors are those of --select`, t => {
    const inventory = inventoryOf(sample);
    const related = relate(inventory);
    const project = paged(inventory);
    const kinds = [...new Set([...related.graph.nodes.values()].map(({kind}) => kind))];
    const networks = [...related.graph.nodes.values()]
      .filter(({kind, name}) => kind === 'network' && name !== '')
      .slice(0, 8)
      .map(({name}) => `network="${escapeGlob(name).replaceAll('"', String.raw`\"`)}"`);
    const words: readonly Words[] = [
      ...fixed,
      ...kinds.flatMap(kind => [{select: kind}, {exclude: kind}]),
      ...networks.map(select => ({select})),
    ];
    for (const {select = '', exclude = ''} of words) {
      const given = {...(select === '' ? {} : {select}), ...(exclude === '' ? {} : {exclude})};
      const seen = inPage(chosenBy(project, {select, exclude}));
      t.deepEqual(apart(seen, commanded(related, given)), [], JSON.stringify(given));
    }
  });
}

test('so it is for any thing of any project', t => {
  fc.assert(
    fc.property(randomProject, fc.nat(), fc.nat(), (inventory, one, other) => {
      const related = relate(inventory);
      const project = paged(inventory);
      const nodes = [...related.graph.nodes.values()];
      if (nodes.length === 0) return;
      const term = (index: number): string => {
        const {kind = 'server', id = ''} = nodes[index % nodes.length] ?? {};
        return `(${kind} & id="${escapeGlob(id).replaceAll('"', String.raw`\"`)}")`;
      };
      for (const words of [
        {select: term(one), exclude: ''},
        {select: '', exclude: term(one)},
        {select: term(one), exclude: term(other)},
      ]) {
        const given = Object.fromEntries(Object.entries(words).filter(([, text]) => text !== '')) as Words;
        t.deepEqual(apart(inPage(chosenBy(project, words)), commanded(related, given)), []);
      }
    }),
    {numRuns: 25},
  );
});

test('what is picked is written as the shortest expression; what somebody wrote stays', t => {
  const project = paged(inventoryOf('web'));
  const keyOf = (kind: string, name: string): string =>
    [...project.nodes.values()].find(node => node.kind === kind && node.name === name)?.key ?? '';
  const [web1, web2, db] = ['web-1', 'web-2', 'db'].map(name => keyOf('server', name)) as [
    string,
    string,
    string,
  ];
  const picked = (select: string) => chosenBy(project, {select, exclude: ''}).picked;
  t.is(rewritten(project, '', new Set(), {add: [web1]}), 'server:web-1');
  t.is(rewritten(project, 'server:web-1', new Set([web1]), {add: [db]}), 'server:web-1 | server:db');
  t.is(rewritten(project, 'server:web-*', picked('server:web-*'), {add: [db]}), 'server:web-* | server:db');
  t.is(rewritten(project, 'server:web-*', picked('server:web-*'), {add: [web2]}), 'server:web-*');
  t.is(rewritten(project, 'server:web-*', picked('server:web-*'), {remove: [web1]}), 'server:web-2');
  t.is(rewritten(project, 'server:db', new Set([db]), {remove: [db]}), '');
});

test('with everything it needs: each of those is picked, and nothing more', t => {
  const project = paged(inventoryOf('web'));
  const key = [...project.nodes.keys()].find(one => one.startsWith('server:')) ?? '';
  const needed = withNeeds(project, key);
  const text = rewritten(project, '', new Set(), {add: needed});
  const {picked, selection} = chosenBy(project, {select: text, exclude: ''});
  t.true(needed.length > 3);
  t.deepEqual([...picked].sort(), needed.filter(one => canPick(project, one)).sort());
  // A router that is picked brings more than one that is merely needed.
  for (const one of needed) t.true(selection?.inside.has(one), one);
});

test('the words to copy are words of a shell', t => {
  t.is(optionsOf({select: 'server:web-1', exclude: ''}), '--select server:web-1');
  t.is(
    optionsOf({select: ` server:"it's" | tag=a `, exclude: '$(id)'}),
    `--select 'server:"it'\\''s" | tag=a' --exclude '$(id)'`,
  );
  t.is(optionsOf({select: '', exclude: ''}), '');
});

test('without rows nothing is said of what comes along', t => {
  const {data} = paged(inventoryOf('web'));
  const bare = {...data, things: data.things.map(({row: _row, ...thing}) => thing)};
  const {picked, selection, error} = chosenBy(projectOf(bare), {select: 'server:web-*', exclude: ''});
  t.is(picked.size, 2);
  t.is(selection, undefined);
  t.is(error, undefined);
});
