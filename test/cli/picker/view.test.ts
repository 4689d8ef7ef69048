/** What the picker looks like, at any size. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {widthOf} from '../../../src/cli/format/width.ts';
import {Picker} from '../../../src/cli/picker/picker.ts';
import {frameOf, topFor, viewOf, type Look} from '../../../src/cli/picker/view.ts';
import {printable} from '../../../src/model/printable.ts';
import type {Inventory} from '../../../src/model/inventory.ts';
import {choices} from '../../../src/pipeline/index.ts';
import {text as anyText} from '../../support/hostile.ts';
import {inventoryOf, PROJECT} from '../../support/inventory.ts';
import {samplesFolder} from '../../support/replay/sample.ts';
import {keyOf, keysOf} from '../support/screen.ts';

const look: Look = {paint: (_, text) => text, unicode: true};
const picked = {selected: new Set<string>(), excluded: new Set<string>()};
const inventory = JSON.parse(readFileSync(join(samplesFolder, 'web', 'inventory.json'), 'utf8')) as Inventory;

function shown(picker: Picker, script: string, rows = 20, columns = 80): readonly string[] {
  for (const key of keysOf(script)) picker.press(keyOf(key), 10);
  const {page} = frameOf({rows, columns}, picker.picked.excluded.size > 0);
  return viewOf(picker, topFor(0, picker, page), {rows, columns}, look);
}

test('things with their marks, the reason of the one at the cursor, the expression, counts and keys', t => {
  const picker = new Picker({...choices(inventory), picked});
  const view = shown(picker, '/db<return>');
  t.is(view[0], 'shop: by kind, with "db"');
  const all = shown(picker, '/ server<return> <escape>', 60);
  t.is(all.length, 60);
  t.true(all.includes('>     [x] db  10.10.0.20'), all.join('\n'));
  t.true(all.includes('      [+] db  10.10.0.20'), 'its port');
  t.true(all.includes('  ▾ server  1 of 3 in'));
  t.deepEqual(all.slice(-4), [
    'server db is in: selected',
    '--select server:db',
    '1 selected, 20 of 35 in',
    'space select  x exclude  / search  tab networks  enter done  q leave  ? all keys',
  ]);
  t.is(
    shown(picker, '/db-data<return><end>').at(-4),
    'volume attachment db-data_db is in: volume on server db',
  );
  const cut = shown(picker, '/<ctrl-u>volume db-data<return><home><down>x').slice(-5);
  t.is(cut[0], "volume db-data is out: excluded; what refers to it takes the target's own");
  t.deepEqual(cut.slice(1, 4), [
    '--select server:db',
    '--exclude volume:db-data',
    '1 selected, 19 of 35 in, 1 excluded',
  ]);
});

test('while letters are typed the keys give way to them', t => {
  const picker = new Picker({...choices(inventory), picked});
  t.is(shown(picker, '/web-1').at(-1), '/web-1█  2 found; enter keeps it, esc ends it');
  t.is(shown(picker, 'x').at(-1), '/web-1x█  0 found; enter keeps it, esc ends it');
  t.true(shown(picker, '').includes('  nothing is found'));
});

test('the smaller the screen the less stands around the list, and the cursor is on it', t => {
  const picker = new Picker({...choices(inventory), picked});
  for (let rows = 1; rows <= 30; rows += 1) {
    const view = shown(picker, '<down>', rows, 40);
    t.is(view.length, rows);
    t.is(view.filter(line => line.startsWith('>')).length, 1, String(rows));
  }
});

test('the keys are told on a screen of their own', t => {
  const picker = new Picker({...choices(inventory), picked});
  const view = shown(picker, '?', 24);
  t.true(view.some(line => /^space +select the thing/.test(line)));
  t.true(view.some(line => /^\[\+\] +comes along/.test(line)));
  t.is(shown(new Picker({...choices(inventory), picked}), '?', 5).length, 5);
});

test('whatever things are called, no line is wider than the screen or holds more than a line', t => {
  const names = fc.array(anyText, {minLength: 1, maxLength: 5});
  const script = fc
    .array(
      fc.constantFrom(' ', 'x', 'a', '<down>', '<tab>', '<right>', '<left>', '/', 'w', '<return>', '<end>'),
      {
        maxLength: 12,
      },
    )
    .map(keys => keys.join(''));
  const size = fc.record({rows: fc.integer({min: 1, max: 30}), columns: fc.integer({min: 1, max: 120})});
  fc.assert(
    fc.property(names, script, size, fc.boolean(), (called, keys, {rows, columns}, unicode) => {
      const server = called.map((name, at) => ({
        id: `s${at}`,
        name,
        tenant_id: PROJECT.id,
        status: 'ACTIVE',
      }));
      const network = called.map((name, at) => ({id: `n${at}`, name, project_id: PROJECT.id}));
      const picker = new Picker({...choices(inventoryOf({server, network})), picked});
      for (const key of keysOf(keys)) picker.press(keyOf(key), 10);
      const view = viewOf(picker, 0, {rows, columns}, {...look, unicode});
      t.true(view.length <= rows);
      for (const line of view) {
        t.true(widthOf(line) <= columns, line);
        t.is(printable(line), line);
      }
    }),
    {numRuns: 200},
  );
});

test('a terminal without Unicode is shown none of ours', t => {
  const picker = new Picker({...choices(inventory), picked});
  for (const key of keysOf('/we')) picker.press(keyOf(key), 10);
  const view = viewOf(picker, 0, {rows: 30, columns: 30}, {...look, unicode: false});
  t.regex(view.join('\n'), /^[\n\u0020-\u007e]*$/);
  t.regex(view.join('\n'), /^ {2}v server/m);
});
