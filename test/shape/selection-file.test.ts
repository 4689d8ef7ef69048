/** Selections as a file that people edit. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {printable} from '../../src/model/printable.ts';
import {relate, type Related} from '../../src/relate/index.ts';
import {
  chooser,
  isSelectable,
  readSelections,
  selectionFileText,
  type Picked,
} from '../../src/shape/index.ts';
import {inventoryOf, PROJECT} from '../support/inventory.ts';
import {project} from '../support/random-project.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

function sample(name: string): Inventory {
  return JSON.parse(readFileSync(join(samplesFolder, name, 'inventory.json'), 'utf8')) as Inventory;
}

function fileOf({graph, scope}: Related, picked: Picked): string {
  const {name} = graph.project;
  return selectionFileText({project: name, nodes: graph.nodes, chooser: chooser({graph, scope}), picked});
}

const none: Picked = {selected: new Set(), excluded: new Set()};

/** What is picked in the file is read back from it, whatever things are called. */
function comesBack(t: ExecutionContext, related: Related, picked: Picked): void {
  const text = fileOf(related, picked);
  for (const line of text.split('\n')) t.is(printable(line), line);
  if (picked.selected.size + picked.excluded.size === 0) {
    t.throws(() => readSelections('x', text), {message: /selects nothing/});
    return;
  }
  t.deepEqual(chooser(related).picked(readSelections('x', text), {lenient: true}), picked);
}

function pickedOf({graph}: Related): fc.Arbitrary<Picked> {
  const keys = [...graph.nodes.values()].filter(isSelectable).map(({key}) => key);
  return fc.tuple(fc.subarray(keys), fc.subarray(keys)).map(([selected, excluded]) => ({
    selected: new Set(selected.filter(key => !excluded.includes(key))),
    excluded: new Set(excluded),
  }));
}

for (const name of await sampleNames())
  test(`${name}: what is picked in the file is read from it`, t => {
    const related = relate(sample(name));
    fc.assert(
      fc.property(pickedOf(related), picked => comesBack(t, related, picked)),
      {numRuns: 8},
    );
    comesBack(t, related, none);
  });

test('so it is of random projects', t => {
  fc.assert(
    fc.property(
      project.chain(inventory => {
        const related = relate(inventory);
        return pickedOf(related).map(picked => ({related, picked}));
      }),
      ({related, picked}) => comesBack(t, related, picked),
    ),
    {numRuns: 40},
  );
});

test('a line taken out of its comment selects that thing, with what stands behind it', t => {
  const related = relate(sample('web'));
  const text = fileOf(related, none);
  t.regex(text, /^# --- server \(3\) ---\n#server:web-1 {2}# with .*port, .*keypair/m);
  t.deepEqual(
    readSelections('x', text.replace('#server:db', 'server:db').replace('#keypair', ' exclude keypair')),
    {
      select: 'server:db',
      exclude: 'keypair:dana',
    },
  );
});

test('of a project where everything needs everything the file says that it does not say all', t => {
  const {graph, scope} = relate(sample('web'));
  const file = (most?: number): string =>
    selectionFileText({
      project: 'x',
      nodes: graph.nodes,
      chooser: chooser({graph, scope}),
      picked: none,
      most,
    });
  t.notRegex(file(), /too large/);
  t.regex(file(), /^#server:db {2}# with/m);
  t.regex(file(10), /^# This project is too large to say it/m);
  t.regex(file(10), /^#server:db$/m);
});

test('a thing that shares its name stands by its id, with the name behind it', t => {
  const server = ['a', 'b'].map(id => ({id, name: 'twin \u{1b}', tenant_id: PROJECT.id, status: 'ACTIVE'}));
  t.regex(fileOf(relate(inventoryOf({server})), none), /^#server & id=a {2}# twin \\u\{1b\}$/m);
});

test('lines are any selections, joined by or; comments begin a line or follow a blank', t => {
  const text = `\u{feff}# first\r
server:web-* & tag=prod  # a comment\r
\t
 network:"a #1" | network:b#2
exclude volume:'x # y' # "
EXCLUDE  zone=az1
`;
  t.deepEqual(readSelections('x', text), {
    select: 'server:web-* & tag=prod | network:"a #1" | network:b#2',
    exclude: 'volume:"x # y" | zone=az1',
  });
  t.deepEqual(readSelections('x', 'exclude server'), {exclude: 'server'});
});

test('every fault is told with its place', t => {
  const error = t.throws(
    () => readSelections('my.txt', 'server:db\n  sever:x\nexclude server &\nweb=server\n'),
    {
      instanceOf: RekindleError,
    },
  );
  t.is(error?.code, 'input');
  t.is(
    error?.message,
    [
      'my.txt:2:3: expected a kind, found "sever"; did you mean server?',
      'my.txt:3:17: expected a kind, a field, "not" or "(", found the end',
      'my.txt:4:1: expected a field before "=", found "web"; the fields are id, name, tag, metadata, network, zone, status',
    ].join('\n'),
  );
  const empty = t.throws(() => readSelections('my.txt', '# server\n\n'), {instanceOf: RekindleError});
  t.is(empty?.message, 'my.txt selects nothing: every line of it is empty or a comment');
});
