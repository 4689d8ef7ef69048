/** What a bundle takes over from the one that it replaces: names, edits of the parameters, files. */
import test from 'ava';
import type {EarlierBundle, Report} from '../../src/model/bundle.ts';
import type {AnySpec} from '../../src/model/define.ts';
import type {Row} from '../../src/model/inventory.ts';
import {Ask, FileText, Ref} from '../../src/model/value.ts';
import {emit} from '../../src/emit/index.ts';
import {inKeptOrder, KeptNames, owner} from '../../src/emit/kept.ts';
import {Names} from '../../src/emit/names.ts';
import {relate} from '../../src/relate/index.ts';
import {parametersFile} from '../../src/store/parameters-file.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {inventoryOf} from '../support/inventory.ts';

const example = {row: {}, emits: {}};
const specs: readonly AnySpec[] = [
  {kind: 'image', section: 'Images', ignores: {}, example, properties: {}, outside: {prefix: 'image'}},
  {
    kind: 'host',
    section: 'Hosts',
    heat: 'OS::Test::Host',
    ignores: {created: 'read-only'},
    example,
    properties: {
      name: {reads: ['name'], make: (row: Row) => row['name']},
      image: {reads: ['image'], make: (row: Row) => new Ref('image', String(row['image']))},
      script: {
        reads: ['script'],
        make: (row: Row) =>
          typeof row['script'] === 'string'
            ? new FileText(`${String(row['name'])}.sh`, row['script'])
            : undefined,
      },
      license: {
        reads: ['licensed'],
        make: (row: Row) => (row['licensed'] === true ? new Ask('license_of', 'The license') : undefined),
      },
    },
  },
] as readonly AnySpec[];

type Rows = Readonly<Record<string, readonly Row[]>>;

const images = [
  {id: 'i1', name: 'debian'},
  {id: 'i2', name: 'alpine'},
];
const web = {id: 'h1', name: 'web', image: 'i1', script: '#!/bin/sh\n', created: '2026-01-01'};
const db = {id: 'h2', name: 'db', image: 'i2', script: '#!/bin/sh\n', created: '2026-01-02'};

interface Made {
  readonly report: Report;
  readonly file: (path: string) => string;
}

function make(rows: Rows, earlier?: EarlierBundle): Made {
  const {bundle, report} = emit(relate(inventoryOf({image: images, ...rows}), {specs}).graph, {
    specs,
    earlier,
  });
  return {report, file: path => bundle.find(one => one.path === path)?.text ?? ''};
}

/** @param environment Its text, as edited. */
function after(
  made: Made,
  environment = made.file('environment.yaml'),
  more: Partial<EarlierBundle> = {},
): EarlierBundle {
  const {parameters} = parsePyYaml(environment) as {parameters: Row};
  return {
    report: made.report,
    environment: parametersFile(environment, parameters),
    secrets: undefined,
    files: {},
    ...more,
  };
}

const first = make({host: [web, db]});

test('names: what was renamed keeps its name; the name of what is gone is free again', t => {
  const renamed = make({host: [{...web, name: 'www'}, db]}, after(first));
  t.deepEqual(
    renamed.report.resources.map(({name, label}) => [name, label]),
    [
      ['host_web', 'www'],
      ['host_db', 'db'],
    ],
  );
  const fresh = {...web, id: 'h3'};
  const clash = make({host: [{...web, name: 'www'}, fresh]}, after(renamed));
  t.regex(clash.report.resources.find(({id}) => id === 'h3')?.name ?? '', /^host_web_[0-9a-f]{6}$/);
  const free = make({host: [fresh, db]}, after(renamed));
  t.is(free.report.resources.find(({id}) => id === 'h3')?.name, 'host_web');
});

test('names: a parameter follows its thing, and stands where it stood', t => {
  const before = first.report.parameters.map(({name}) => name);
  t.deepEqual(before, ['image_alpine', 'image_debian']);
  const renamed = inventoryOf({image: [{id: 'i1', name: 'Aaa'}, images[1] as Row], host: [web, db]});
  const {report} = emit(relate(renamed, {specs}).graph, {specs, earlier: after(first)});
  t.deepEqual(
    report.parameters.map(({name, value}) => [name, value]),
    [
      ['image_alpine', 'alpine'],
      ['image_debian', 'Aaa'],
    ],
  );
});

test('names: one that report.json should not hold, or holds twice, is not taken', t => {
  const bad = (name: string) => ({
    ...first.report,
    resources: first.report.resources.map(one => ({...one, name})),
  });
  for (const name of ['', '../x', 'a b', '$(id)', 'x'.repeat(300), 'a\n'])
    t.deepEqual(
      make({host: [web, db]}, {...after(first), report: bad(name)}).report.resources.map(one => one.name),
      ['host_web', 'host_db'],
    );
  t.deepEqual(
    make({host: [web, db]}, {...after(first), report: bad('mine')}).report.resources.map(one => one.name),
    ['mine', 'host_db'],
  );
});

test('names: those that are told apart by a hash alone find their own again', t => {
  const whose = owner.anyOf('ask', 'host');
  const names = new Names();
  const [a, b] = [names.take('ask', 'x', 'a', whose), names.take('ask', 'x', 'b', whose)];
  const parameters = [a, b].map(name => ({name, role: 'ask', kind: 'host', value: ''}) as const);
  const again = new Names(new KeptNames({resources: [], parameters}, () => true));
  t.is(again.take('ask', 'x', 'b', whose), b);
  t.is(again.take('ask', 'x', 'a', whose), a);
});

test('a value that somebody wrote stays, beside the source’s', t => {
  const edited = first.file('environment.yaml').replace('image_debian: debian', 'image_debian: hardened');
  const second = make({host: [web, db]}, after(first, edited));
  t.is(
    second.file('environment.yaml'),
    edited.replace('  image_debian:', '  # "debian" in the source\n  image_debian:'),
  );
  t.is(second.file('template.yaml'), first.file('template.yaml'));
  t.is(second.report.parameters.find(({name}) => name === 'image_debian')?.value, 'debian');
  // The source takes it over: nothing to remark any more.
  const third = emit(
    relate(inventoryOf({image: [{id: 'i1', name: 'hardened'}, images[1] as Row], host: [web, db]}), {specs})
      .graph,
    {specs, earlier: after(second)},
  );
  t.is(third.bundle.find(({path}) => path === 'environment.yaml')?.text, edited);
});

test('what nobody edited follows the source', t => {
  const moved = inventoryOf({image: [{id: 'i1', name: 'trixie'}, images[1] as Row], host: [web, db]});
  const {bundle} = emit(relate(moved, {specs}).graph, {specs, earlier: after(first)});
  t.regex(bundle.find(({path}) => path === 'environment.yaml')?.text ?? '', /^ {2}image_debian: trixie$/m);
});

test('comments stay where they stand; ours are written once', t => {
  const text = [
    "# The source's values. Where the target calls a thing by another name, change it here.",
    '# Ask the storage team first.',
    'parameters:',
    '  # Images',
    '  # the small one',
    '  image_alpine: alpine # never edge',
    '  # "debian" in the source',
    '  image_debian: hardened # since May',
    '# checked by hand',
    '',
  ].join('\n');
  const second = make({host: [web, db]}, after(first, text));
  const third = make({host: [web, db]}, after(second));
  t.is(third.file('environment.yaml'), second.file('environment.yaml'));
  const lines = second
    .file('environment.yaml')
    .split('\n')
    .filter(line => line !== '');
  t.deepEqual(
    lines,
    text.split('\n').filter(line => line !== ''),
  );
});

test('a line taken out stays out, a newcomer comes in', t => {
  const text = first.file('environment.yaml').replace(/^ {2}image_debian.*\n/m, '');
  const rows = {
    image: [...images, {id: 'i3', name: 'fedora'}],
    host: [web, db, {...web, id: 'h3', image: 'i3'}],
  };
  const second = make(rows, after(first, text)).file('environment.yaml');
  t.notRegex(second, /image_debian/);
  t.regex(second, /^ {2}image_fedora: fedora$/m);
});

test('what the template has no place for is kept as a comment, once', t => {
  const text = `${first.file('environment.yaml')}  extra: {a: 1}\n`.replace(
    'image_alpine: alpine',
    'image_alpine: edge',
  );
  const second = make({host: [web]}, after(first, text));
  const third = make({host: [web]}, after(second));
  for (const made of [second, third])
    t.true(
      made
        .file('environment.yaml')
        .endsWith('# No parameters of this template:\n# extra: {"a":1}\n# image_alpine: "edge"\n'),
      made.file('environment.yaml'),
    );
  t.deepEqual(parsePyYaml(third.file('environment.yaml')), {parameters: {image_debian: 'debian'}});
});

test('a value that was asked for is asked for no more', t => {
  const rows = {host: [{...web, licensed: true}]};
  const asked = make(rows);
  const name = asked.report.parameters.find(({role}) => role === 'ask')?.name ?? '';
  t.regex(asked.file('environment.yaml'), /# give a value\n/);
  const given = asked.file('environment.yaml').replace(`${name}: ''`, `${name}: 12345678901234567890`);
  const second = make(rows, after(asked, given)).file('environment.yaml');
  t.notRegex(second, /give a value/);
  t.is((parsePyYaml(second) as {parameters: Row}).parameters[name], '12345678901234567890');
});

test('a parameter moved into secrets.yaml stays there, and out of environment.yaml', t => {
  const moved = first.file('environment.yaml').replace(/^ {2}image_debian.*\n/m, '');
  const secrets = parametersFile('parameters:\n  image_debian: hidden\n', {image_debian: 'hidden'});
  const second = make({host: [web, db]}, after(first, moved, {secrets}));
  t.deepEqual(parsePyYaml(second.file('secrets.yaml')), {parameters: {image_debian: 'hidden'}});
  t.deepEqual(parsePyYaml(second.file('environment.yaml')), {parameters: {image_alpine: 'alpine'}});
});

test('a file keeps its name as long as its text is used, and a new text takes no name from it', t => {
  t.is(first.file('files/web.sh'), '#!/bin/sh\n');
  const files = {'files/web.sh': '#!/bin/sh\n'};
  const shared = make({host: [{...web, script: '#!/bin/bash\n'}, db]}, after(first, undefined, {files}));
  t.is(shared.file('files/web.sh'), '#!/bin/sh\n');
  t.regex(shared.file('template.yaml'), /get_file: files\/web_[0-9a-f]{6}\.sh/);
  const changed = make(
    {
      host: [
        {...web, script: '#!/bin/bash\n'},
        {...db, script: '#!/bin/bash\n'},
      ],
    },
    after(first, undefined, {files}),
  );
  t.is(changed.file('files/web.sh'), '#!/bin/bash\n');
});

test('order: the known as they stood, newcomers after what they come after anyway', t => {
  const ranks = new Map(Object.entries({a: 2, b: 1, c: 0}));
  const order = (text: string) => inKeptOrder(text.split(''), item => ranks.get(item)).join('');
  t.is(order('abc'), 'cba');
  t.is(order('xaybz'), 'xbzay');
  t.is(order('xyz'), 'xyz');
  t.is(order(''), '');
});
