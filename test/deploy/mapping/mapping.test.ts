import test from 'ava';
import {preflight, type PreflightOptions} from '../../../src/deploy/preflight.ts';
import {
  applyMap,
  checkLayers,
  checkMap,
  deploy,
  deployLayers,
  isRenaming,
  readRenaming,
  readRenamings,
} from '../../../src/deploy/index.ts';
import type {ReportParameter} from '../../../src/model/bundle.ts';
import {RekindleError} from '../../../src/model/errors.ts';
import {readYamlTree} from '../../../src/store/index.ts';
import {fakeClock, fakeCloud, type Replies} from '../../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter} from '../../support/stack.ts';

const flavor = (name: string): ReportParameter => ({
  ...parameter(`flavor_${name.replaceAll(/\W/g, '_')}`, 'flavor', name, 'nova.flavor'),
  source: {id: name, name},
});
const parameters: readonly ReportParameter[] = [
  flavor('m1.small'),
  flavor('m1.large'),
  {
    ...parameter('image_debian', 'image', 'i-old', 'glance.image'),
    source: {id: 'i-old', name: 'debian 12'},
  },
  parameter('zone_nova', 'availability_zone', 'nova'),
  parameter('volume_zone_nova', 'volume_availability_zone', 'nova'),
  {...parameter('keypair_laptop', 'foreign_keypair', ''), source: {id: 'laptop', name: 'laptop'}},
  {
    name: 'zone_name',
    role: 'given',
    kind: 'zone',
    value: 'example.org.',
    sets: [{kind: 'zone', id: 'z1', field: 'name'}],
  },
  {...parameter('secret', '', 'm1.small'), role: 'secret', kind: 'flavor'},
];

function values(...words: readonly string[]): object {
  return applyMap(
    parameters,
    words.map(word => readRenaming(word)),
  ).values;
}

function refusal(...words: readonly string[]): string {
  const renamings = words.map(word => readRenaming(word));
  try {
    checkMap(parameters, renamings);
  } catch (error) {
    return error instanceof RekindleError && error.code === 'usage' ? error.message : String(error);
  }
  return '';
}

test('a renaming gives its value to every parameter that stands for the thing, by name or id', t => {
  t.deepEqual(values('flavor:m1.small=c1', 'image:debian 12=Debian=12'), {
    flavor_m1_small: 'c1',
    image_debian: 'Debian=12',
  });
  t.deepEqual(values('image:i-old=new'), {image_debian: 'new'});
  t.deepEqual(values('zone:example.org.=example.com.'), {zone_name: 'example.com.'});
  t.deepEqual(values('network:m1.small=x'), {});
});

test('one word may mean several kinds, hyphens are underscores, and nothing leaves it to the cloud', t => {
  t.deepEqual(values('az:nova=az1'), {zone_nova: 'az1', volume_zone_nova: 'az1'});
  t.deepEqual(values('volume-availability-zone:nova=v1'), {volume_zone_nova: 'v1'});
  t.deepEqual(values('az:nova='), {zone_nova: '', volume_zone_nova: ''});
  t.deepEqual(values('keypair:laptop=mine'), {keypair_laptop: 'mine'});
});

test('a renaming that nothing uses is an error, with what was meant', t => {
  t.is(refusal('flavor:m1.small=c1', 'az:nova=x'), '');
  t.is(
    refusal('flavr:m1.small=c1', 'flavor:m1.smal=c1', 'flavor:huge=c1'),
    [
      '--map flavr:m1.small=c1: the bundle takes no "flavr" from outside; did you mean flavor?',
      '--map flavor:m1.smal=c1: the bundle takes no flavor "m1.smal" from outside; did you mean "m1.small"?',
      '--map flavor:huge=c1: the bundle takes no flavor "huge" from outside; it takes: "m1.large", "m1.small"',
    ].join('\n'),
  );
  t.regex(refusal('stack:x=y'), /it takes: az, flavor, image, keypair, zone$/);
});

test('two names for one thing are an error; a file and the line may differ, and the line counts', t => {
  t.regex(refusal('az:nova=a', 'availability-zone:nova=b'), /the az "nova" is given two names/);
  t.is(refusal('az:nova=a', 'az:nova=a'), '');
  const file = readRenamings('names.yaml', readYamlTree('names.yaml', 'az: {nova: a}'));
  const both = [...file, readRenaming('az:nova=b')];
  t.notThrows(() => checkMap(parameters, both));
  t.is(applyMap(parameters, both).values['zone_nova'], 'b');
});

test('words are told from files, and what is neither is refused', t => {
  t.true(isRenaming('flavor:a=b'));
  t.false(isRenaming('names.yaml'));
  t.false(isRenaming('./a:b=c'));
  for (const word of ['flavor:=x', 'flavor:x', 'x=y'])
    t.throws(() => readRenaming(word), {code: 'usage', message: /takes KIND:NAME=NAME-THERE/});
});

const read = (text: string) => readRenamings('m.yaml', readYamlTree('m.yaml', text));

test('a file is kind, name, name there; every fault has its place', t => {
  t.deepEqual(read('flavor:\n  m1.small: c1\n  "a=b": 7\naz:\n  nova:\n'), [
    {kind: 'flavor', from: 'm1.small', to: 'c1', said: 'm.yaml:2:3'},
    {kind: 'flavor', from: 'a=b', to: '7', said: 'm.yaml:3:3'},
    {kind: 'az', from: 'nova', to: '', said: 'm.yaml:5:3'},
  ]);
  t.deepEqual(read(''), []);
  t.throws(() => read('flavor: c1\nimage: {a: [b]}\n'), {
    code: 'input',
    message:
      'm.yaml:1:9: flavor is no mapping of names, as {m1.small: c1.small}\nm.yaml:2:12: the name for image a is no text',
  });
  t.throws(() => read('- a'), {message: /^m.yaml:1:1: a map is a mapping of kinds/});
});

const there: Replies = {
  ...heatReplies(),
  'GET compute flavors/detail': {
    body: {
      flavors: [
        {id: 'f1', name: 'c1.small', vcpus: 1, ram: 2048, disk: 20},
        {id: 'f2', name: 'c1.large', vcpus: 4, ram: 8192, disk: 80},
      ],
    },
  },
};
const source = {
  flavors: new Map([
    ['m1.small', {vcpus: 1, ram: 2048, disk: 20, ephemeral: 0}],
    ['m1.large', {vcpus: 4, ram: 8192, disk: 81, ephemeral: 0}],
  ]),
  images: new Map(),
};

async function checked(options: Partial<PreflightOptions>, names: readonly string[] = ['m1.small']) {
  const {session} = fakeCloud(there);
  const bundle = bundleOf(names.map(flavor), {});
  return preflight(session, bundle, {stack: 'web', source, ...options});
}

test('what is mapped is what Heat is given, and is told', async t => {
  const {
    parameters: given,
    findings,
    mapped,
  } = await checked({map: [readRenaming('flavor:m1.small=c1.large')]});
  t.deepEqual(given, {flavor_m1_small: 'c1.large'});
  t.deepEqual(findings, [
    {
      severity: 'note',
      where: 'parameter flavor_m1_small',
      what: `takes "c1.large" for the source's "m1.small": --map flavor:m1.small=c1.large`,
      hint: '',
    },
  ]);
  t.like(mapped, [{parameter: 'flavor_m1_small', kind: 'flavor', from: 'm1.small', to: 'c1.large'}]);
});

test('a name that the target lacks comes with its own near misses, not with those of the source', async t => {
  const {findings} = await checked({map: [readRenaming('flavor:m1.small=c1.smal')], mapAuto: true});
  t.like(findings[0], {
    severity: 'error',
    what: 'the target has no flavor "c1.smal"',
    hint: 'nearest: "c1.small"; choose with -P flavor_m1_small=NAME-OR-ID',
  });
});

test('a value given by parameter beats the map', async t => {
  const map = [readRenaming('flavor:m1.small=c1.large')];
  const {parameters: given, mapped} = await checked({map, parameters: {flavor_m1_small: 'c1.small'}});
  t.is(given['flavor_m1_small'], 'c1.small');
  t.deepEqual(mapped, []);
});

test('without auto nothing is guessed: the error says what to map', async t => {
  const {findings, parameters: given} = await checked({});
  t.is(given['flavor_m1_small'], 'm1.small');
  t.like(findings, [{severity: 'error'}]);
  t.regex(findings[0]?.hint ?? '', /take it with --map flavor:m1\.small=c1\.small, or choose/);
});

test('with auto what is certainly meant is taken and told, and what is not stays an error', async t => {
  const {findings, parameters: given, mapped} = await checked({mapAuto: true}, ['m1.small', 'm1.large']);
  t.deepEqual(given, {flavor_m1_small: 'c1.small', flavor_m1_large: 'm1.large'});
  t.deepEqual(
    findings.map(({severity, where}) => [severity, where]),
    [
      ['error', 'parameter flavor_m1_large'],
      ['note', 'parameter flavor_m1_small'],
    ],
  );
  t.deepEqual(mapped, [
    {
      parameter: 'flavor_m1_small',
      kind: 'flavor',
      from: 'm1.small',
      to: 'c1.small',
      why: 'of the same size (1 vCPUs, 2048 MiB, 20 GiB)',
    },
  ]);
});

test('names are quoted in the words that we tell people to type', async t => {
  const {session} = fakeCloud(there);
  const name = "it's $(id)\n";
  const bundle = bundleOf([{...flavor('x'), source: {id: name, name}, value: name}], {});
  const facts = {...source, flavors: new Map([[name, {vcpus: 1, ram: 2048, disk: 20, ephemeral: 0}]])};
  const {findings} = await preflight(session, bundle, {stack: 'web', source: facts});
  t.regex(findings[0]?.hint ?? '', /--map 'flavor:it'\\''s \$\(id\)\\u\{a\}=c1\.small'/);
});

test('a deployment is made with it, and says so; the bundle stays as it is', async t => {
  const {session, asked} = fakeCloud(there);
  const bundle = bundleOf([flavor('m1.small')], {});
  const before = JSON.stringify(bundle);
  const notes: string[] = [];
  const [done] = await deployLayers(session, [{name: '', feeds: {}, bundle}], {
    stack: 'web',
    map: [readRenaming('flavor:m1.small=c1.small')],
    clock: fakeClock(),
    onFinding: ({severity, where}) => notes.push(`${severity} ${where}`),
  });
  const body = asked.find(({method, path}) => method === 'POST' && path === 'stacks')?.options.json;
  t.like(body, {environment: {parameters: {flavor_m1_small: 'c1.small'}}});
  t.deepEqual(notes, ['note parameter flavor_m1_small']);
  t.is(done?.mapped.length, 1);
  t.is(JSON.stringify(bundle), before);
});

test('of several layers one that has the thing is enough', async t => {
  const {session} = fakeCloud({...there, 'GET orchestration stacks': {body: {stacks: []}}});
  const layers = [
    {name: 'a', feeds: {}, bundle: bundleOf([], {})},
    {name: 'b', feeds: {}, bundle: bundleOf([flavor('m1.small')], {})},
  ] as const;
  await t.throwsAsync(
    deployLayers(session, layers, {stack: 'web', map: [readRenaming('flavor:other=c1.small')]}),
    {code: 'usage', message: /takes no flavor "other"/},
  );
  const map = [readRenaming('flavor:m1.small=c1.small')];
  const found = await checkLayers(session, layers, {stack: 'web', map});
  t.deepEqual(
    found.map(({checked: {mapped}}) => mapped.length),
    [0, 1],
  );
  const [first] = layers;
  await t.throwsAsync(deploy(session, first.bundle, {stack: 'web', map}), {code: 'usage'});
});
