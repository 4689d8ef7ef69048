/** What each key of the picker does. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {Picker, type Pressed} from '../../../src/cli/picker/picker.ts';
import {choices} from '../../../src/pipeline/index.ts';
import type {Picked} from '../../../src/shape/index.ts';
import type {Inventory} from '../../../src/model/inventory.ts';
import {inventoryOf} from '../../support/inventory.ts';
import {samplesFolder} from '../../support/replay/sample.ts';
import {keyOf, keysOf} from '../support/screen.ts';

function sample(name: string): Inventory {
  return JSON.parse(readFileSync(join(samplesFolder, name, 'inventory.json'), 'utf8')) as Inventory;
}

const web = choices(sample('web'));
const none: Picked = {selected: new Set(), excluded: new Set()};

function pickerOf(picked = none): Picker {
  return new Picker({...web, picked});
}

function press(picker: Picker, script: string): Pressed {
  let last: Pressed = 'on';
  for (const key of keysOf(script)) last = picker.press(keyOf(key), 10);
  return last;
}

/** What the cursor is on. */
function here(picker: Picker): string {
  return picker.rows[picker.cursor]?.item.label ?? '';
}

/** Marks of the things of a kind, by name. */
function marks(picker: Picker, kind: string): Readonly<Record<string, string>> {
  const own = [...picker.graph.nodes.values()].filter(node => node.kind === kind);
  return Object.fromEntries(own.map(({label, key}) => [label, picker.markOf(key)]));
}

test('space selects, what it needs comes along, and again takes it back', t => {
  const picker = pickerOf();
  press(picker, '/db<return>');
  press(picker, '/ server<return> ');
  t.is(picker.query, 'db server');
  t.deepEqual(picker.written, {select: 'server:db'});
  t.deepEqual(marks(picker, 'server'), {'web-1': 'out', 'web-2': 'out', db: 'selected'});
  t.deepEqual(marks(picker, 'volume'), {'db-data': 'along', 'db-boot': 'along'});
  press(picker, ' ');
  t.deepEqual(picker.written, {});
  t.is(picker.selection.inside.size, 0);
});

test('x excludes, and what goes with it is marked; a thing is never both', t => {
  const picker = pickerOf();
  press(picker, '/network web<return> ');
  t.is(here(picker), 'web');
  t.deepEqual(marks(picker, 'subnet'), {web: 'along'});
  press(picker, 'x');
  t.deepEqual(picker.written, {exclude: 'network:web'});
  t.deepEqual(marks(picker, 'subnet'), {web: 'cut'}, 'with nothing selected, all else is in');
  t.deepEqual(marks(picker, 'server'), {'web-1': 'along', 'web-2': 'along', db: 'along'});
  press(picker, ' ');
  t.deepEqual(picker.written, {select: 'network:web'});
});

test('at a heading all below it are meant, in a search those that are found', t => {
  const picker = pickerOf();
  press(picker, '/server web<return>');
  const found = new Set(picker.rows.filter(row => row.found).map(({item}) => `${item.kind} ${item.label}`));
  t.true(found.has('server web-1') && found.has('server_group web'));
  const heading = picker.rows.findIndex(({item}) => item.key === undefined && item.label === 'server');
  press(picker, `<home>${'<down>'.repeat(heading)} `);
  t.deepEqual(picker.written, {select: 'server:web-1 | server:web-2'});
  press(picker, ' ');
  press(picker, '<escape><home> ');
  t.deepEqual(picker.written, {select: 'keypair:dana'});
});

test('a selects all that was found, or everything; u forgets it all', t => {
  const picker = pickerOf();
  press(picker, '/server web-<return>a');
  t.deepEqual(picker.written, {select: 'server:web-1 | server:web-2'});
  press(picker, 'a');
  t.deepEqual(picker.written, {});
  press(picker, '<escape>a');
  t.is(picker.picked.selected.size, 35);
  press(picker, 'u');
  t.is(picker.picked.selected.size, 0);
});

test('a search lists what has all its words, with what leads to it, and keeps the cursor on its thing', t => {
  const picker = pickerOf();
  press(picker, '<tab>/10.10.0.20');
  t.deepEqual(
    picker.rows.map(({item, found, open}) => [item.label, found, open]),
    [
      ['web', false, true],
      ['db', true, true],
      ['db', true, undefined],
    ],
  );
  t.is(picker.cursor, 1, 'not on what leads to it');
  press(picker, '<return>');
  t.false(picker.typing);
  t.is(here(picker), 'db');
  press(picker, '<tab>');
  t.is(picker.form, 'kind');
  t.is(here(picker), 'db', 'the same thing in the other tree');
  press(picker, '/<ctrl-u>nothing like it');
  t.deepEqual(picker.rows, []);
  press(picker, '<return> x<right><left><pagedown>');
  t.deepEqual(picker.written, {}, 'keys on an empty list do nothing');
  press(picker, '<escape>');
  t.true(picker.rows.length > 20);
});

test('a query is corrected letter by letter, whatever letters are', t => {
  const picker = pickerOf();
  press(picker, '/db😀<backspace>');
  t.is(picker.query, 'db');
  press(picker, '<backspace><backspace><backspace>');
  t.false(picker.typing);
  t.is(press(picker, '/q'), 'on', 'q is a letter here');
});

test('left folds and goes to what a thing stands under, right unfolds', t => {
  const picker = pickerOf();
  press(picker, '<down>');
  t.is(here(picker), 'dana');
  press(picker, '<left>');
  t.is(here(picker), 'keypair');
  const before = picker.rows.length;
  press(picker, '<left>');
  t.is(picker.rows.length, before - 1);
  t.is(press(picker, '<down>'), 'on');
  t.is(here(picker), 'server group');
  press(picker, '<up><right><right>');
  t.is(here(picker), 'dana');
  press(picker, '/dana<return><up><left>');
  t.regex(picker.message, /Esc ends the search/);
});

test('the cursor stays on the list', t => {
  const picker = pickerOf();
  press(picker, '<up><pageup>k');
  t.is(picker.cursor, 0);
  press(picker, '<pagedown>');
  t.is(picker.cursor, 9);
  press(picker, '<end><down><pagedown>j');
  t.is(picker.cursor, picker.rows.length - 1);
  press(picker, '<home>');
  t.is(picker.cursor, 0);
});

test('enter is done once there is something; q and Esc leave, Esc first ends a search', t => {
  const picker = pickerOf();
  t.is(press(picker, '<return>'), 'on');
  t.regex(picker.message, /nothing is selected yet/);
  t.is(press(picker, '/db<return><escape>'), 'on');
  t.is(press(picker, '<escape>'), 'left');
  t.is(press(picker, 'q'), 'left');
  t.is(press(picker, ' <return>'), 'done');
});

test('any key goes back from the help, and does nothing else', t => {
  const picker = pickerOf();
  press(picker, '?');
  t.true(picker.help);
  t.is(press(picker, 'q'), 'on');
  t.false(picker.help);
});

test('what is not rebuilt can not be selected, and a heading over nothing else neither', t => {
  const picker = pickerOf();
  press(picker, '<tab>');
  t.is(here(picker), 'public');
  press(picker, '<left> ');
  t.deepEqual(picker.written, {select: 'router:edge | router-interface:edge_web | port:web_port'});
  const outer = {id: 'out', name: 'public', project_id: 'admin', 'router:external': true};
  const empty = new Picker({...choices(inventoryOf({network: [outer]})), picked: none});
  press(empty, ' xa');
  t.deepEqual(empty.written, {});
  t.regex(empty.message, /nothing to select/);
});
