/** What the values that are no plain JSON become in a bundle, over a few types made for that. */
import test from 'ava';
import type {EarlierBundle, Report, ReportParameter} from '../../src/model/bundle.ts';
import type {AnySpec, Source} from '../../src/model/define.ts';
import type {Row} from '../../src/model/inventory.ts';
import {Ask, Attr, Given, Joined, Ref} from '../../src/model/value.ts';
import {emit} from '../../src/emit/index.ts';
import {relate} from '../../src/relate/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {chosenOf} from '../../src/verify/index.ts';
import {inventoryOf} from '../support/inventory.ts';

type Rows = Readonly<Record<string, readonly Row[]>>;

function copy(field: string): Source<string, unknown> {
  return {reads: [field], make: (row: Row) => row[field] ?? undefined};
}
function made(reads: readonly string[], make: (row: Row) => unknown): Source<string, unknown> {
  return {reads, make};
}
function spec(kind: string, rest: Partial<AnySpec> & Pick<AnySpec, 'properties'>): AnySpec {
  const example = {row: {}, emits: {}};
  return {kind, section: 'Things', heat: `OS::Test::${kind}`, ignores: {}, example, ...rest};
}
function refTo(kind: string, field: string): Source<string, unknown> {
  return made([field], row => (typeof row[field] === 'string' ? new Ref(kind, row[field]) : undefined));
}
function domainOf(row: Row): Given {
  const domain = String(row['domain']);
  return new Given(`domain:${domain}`, {
    prefix: 'domain_name',
    label: domain,
    description: `Name of ${domain}`,
    value: domain,
  });
}
function addressOf(row: Row): Attr {
  return new Attr('host', String(row['host']), ['addresses', 0, 'ip'], String(row['address']));
}

const specs: readonly AnySpec[] = [
  spec('policy', {
    optional: {property: 'name', why: 'an admin makes it'},
    outside: {prefix: 'policy'},
    properties: {name: copy('name')},
  }),
  spec('policy_rule', {
    along: (row: Row) => new Ref('policy', String(row['policy'])),
    properties: {policy: refTo('policy', 'policy')},
  }),
  spec('probe', {optional: {why: 'an admin starts it', create: false}, properties: {name: copy('name')}}),
  spec('agent', {optional: {why: 'not every cloud has agents'}, properties: {name: copy('name')}}),
  spec('host', {
    section: 'Hosts',
    properties: {name: copy('name'), policy: refTo('policy', 'policy'), domain: made(['domain'], domainOf)},
  }),
  spec('record', {
    properties: {
      name: made(['name', 'domain'], row => new Joined(String(row['name']), '.', domainOf(row))),
      target: made(['host', 'address'], addressOf),
      url: made(['host', 'path'], row => new Joined('http', '://', addressOf(row), String(row['path']), '')),
      text: made(['text'], row => new Joined('v=', String(row['text']), ';')),
    },
  }),
  spec('tunnel', {
    properties: {
      name: copy('name'),
      psk: made(['psk'], () => new Ask('psk_of', 'Pre-shared key', {secret: 'psk'})),
      image: made(['image'], ({image}) => (image === undefined ? undefined : new Ask('image_of', 'Image'))),
    },
  }),
  spec('link', {
    optional: {why: 'it may not come up', create: false},
    along: (row: Row) => new Ref('agent', String(row['agent'])),
    properties: {name: copy('name'), agent: refTo('agent', 'agent')},
  }),
  spec('watch', {
    properties: {
      agent: made(['agent'], row => new Attr('agent', String(row['agent']), ['address'], 'unknown')),
      policy_age: made(['policy'], row => new Attr('policy', String(row['policy']), ['age'], 'old')),
    },
  }),
  spec('watch_note', {
    along: (row: Row) => new Ref('agent', String(row['agent'])),
    properties: {
      agent: made(['agent'], row => new Attr('agent', String(row['agent']), ['address'], 'unknown')),
    },
  }),
];

interface Made {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, {readonly condition?: string; readonly properties: Row}>>;
  readonly environment: Row;
  readonly secrets: Row;
  readonly report: Report;
  readonly files: ReadonlyMap<string, string>;
}

function bundleOf(rows: Rows, options: Omit<Parameters<typeof emit>[1] & object, 'specs'> = {}): Made {
  const {bundle, report} = emit(relate(inventoryOf(rows), {specs}).graph, {...options, specs});
  const files = new Map(bundle.map(({path, text}) => [path, text]));
  const read = (path: string) => parsePyYaml(files.get(path) ?? '') as Readonly<Record<string, Row>>;
  const template = read('template.yaml') as unknown as Made;
  return {
    parameters: template.parameters,
    conditions: template.conditions,
    resources: template.resources,
    environment: read('environment.yaml')['parameters'] ?? {},
    secrets: read('secrets.yaml')['parameters'] ?? {},
    report,
    files,
  };
}
function propertiesOf(rows: Rows, name: string): Row {
  return bundleOf(rows).resources[name]?.properties ?? {};
}
function parameter({report}: Made, name: string): ReportParameter | undefined {
  return report.parameters.find(one => one.name === name);
}

const host = {id: 'h1', name: 'web', domain: 'example.org.'};
const record = {
  id: 'r1',
  name: 'www',
  domain: 'example.org.',
  host: 'h1',
  address: '10.0.0.5',
  path: '/a',
  text: 'spf1',
};
const policy = {id: 'p1', name: 'gold'};
const tunnel = {id: 't1', name: 'north', psk: '(redacted)'};

test('an attribute is looked up where its thing is rebuilt, and said as it was where it is not', t => {
  t.deepEqual(propertiesOf({host: [host], record: [record]}, 'record_www')['target'], {
    get_attr: ['host_web', 'addresses', 0, 'ip'],
  });
  t.is(propertiesOf({record: [record]}, 'record_www')['target'], '10.0.0.5');
  t.deepEqual(Object.keys(bundleOf({record: [record]}).parameters), ['domain_name_example_org']);
});

test('an attribute of what may not be made says what it was where it is not made', t => {
  const watch = {id: 'w', name: 'w', agent: 'a1', policy: 'p1'};
  const rows = {agent: [{id: 'a1', name: 'one'}], policy: [policy], watch: [watch]};
  t.deepEqual(propertiesOf(rows, 'watch_w'), {
    agent: {if: ['create_agent_one', {get_attr: ['agent_one', 'address']}, 'unknown']},
    policy_age: {if: ['create_policy_gold', {get_attr: ['policy_gold', 'age']}, 'old']},
  });
  const along = {...rows, watch_note: [{id: 'n', name: 'n', agent: 'a1'}]};
  t.deepEqual(propertiesOf(along, 'watch_note_n'), {agent: {get_attr: ['agent_one', 'address']}});
});

test('neighbouring literals are one, and only literals are a plain text', t => {
  const together = propertiesOf({host: [host], record: [record]}, 'record_www');
  t.deepEqual(together['url'], {
    list_join: ['', ['http://', {get_attr: ['host_web', 'addresses', 0, 'ip']}, '/a']],
  });
  t.is(together['text'], 'v=spf1;');
  t.is(propertiesOf({record: [record]}, 'record_www')['url'], 'http://10.0.0.5/a');
});

test('a value with an id in it is no default: it stands in the environment', t => {
  const id = '0a1b2c3d-0000-4000-8000-00000000abcd';
  for (const domain of [id, `https://example.org/${id.replaceAll('-', '')}/x`]) {
    const made = bundleOf({record: [{...record, domain}]});
    const [name = '', parameter] = Object.entries(made.parameters)[0] ?? [];
    t.false(Object.hasOwn(parameter as object, 'default'));
    t.is(made.environment[name], domain);
  }
});

test('a joined text without a literal beside it is its only part', t => {
  const bare = {...record, name: '', path: ''};
  const alone = specs.map(one =>
    one.kind === 'record'
      ? {...one, properties: {name: made(['domain'], row => new Joined('', domainOf(row), ''))}}
      : one,
  );
  const {bundle} = emit(relate(inventoryOf({record: [bare]}), {specs: alone}).graph, {specs: alone});
  t.regex(bundle[0]?.text ?? '', /name: \{ get_param: domain_name_example_org \}/);
});

test('a value that may have to change is one parameter wherever it is used, with all that carry it', t => {
  const other = {...record, id: 'r2', name: 'ftp'};
  const rows = {host: [host], record: [record, other, {...record, id: 'r3', domain: 'example.net.'}]};
  const made = bundleOf(rows);
  const name = 'domain_name_example_org';
  t.deepEqual(made.resources['host_web']?.properties['domain'], {get_param: name});
  t.deepEqual(made.resources['record_ftp']?.properties['name'], {
    list_join: ['', ['ftp.', {get_param: name}]],
  });
  t.like(made.parameters[name], {
    type: 'string',
    default: 'example.org.',
    description: 'Name of example.org.',
  });
  t.is(made.environment[name], 'example.org.');
  t.is(made.environment['domain_name_example_net'], 'example.net.');
  t.like(parameter(made, name), {role: 'given', value: 'example.org.'});
  t.deepEqual(parameter(made, name)?.sets, [
    {kind: 'host', id: 'h1', field: 'domain'},
    {kind: 'record', id: 'r2', field: 'name'},
    {kind: 'record', id: 'r2', field: 'domain'},
    {kind: 'record', id: 'r1', field: 'name'},
    {kind: 'record', id: 'r1', field: 'domain'},
  ]);
});

test('a field that carries a value twice is named once', t => {
  const twice = specs.map(one =>
    one.kind === 'record'
      ? {...one, properties: {name: made(['domain'], row => new Joined(domainOf(row), ' ', domainOf(row)))}}
      : one,
  );
  const {report} = emit(relate(inventoryOf({record: [record]}), {specs: twice}).graph, {specs: twice});
  t.deepEqual(report.parameters[0]?.sets, [{kind: 'record', id: 'r1', field: 'domain'}]);
});

test('the fields behind a parameter are parameters in the ledger, those behind a look-up are exact', t => {
  const {graph} = relate(inventoryOf({host: [host], record: [record]}), {specs});
  const fates = Object.fromEntries(
    graph.nodes.get('record:r1')?.ledger.map(({field, fate}) => [field, fate]) ?? [],
  );
  t.like(fates, {name: 'parameter', domain: 'parameter', address: 'exact', path: 'exact', text: 'exact'});
});

test('a secret is a hidden, empty parameter; its value is in secrets.yaml and nowhere else', t => {
  const made = bundleOf({tunnel: [tunnel]}, {secrets: new Map([['tunnel:t1.psk', 's3cret "value"\n']])});
  t.deepEqual(made.parameters['psk_of_tunnel_north'], {
    type: 'string',
    description: 'Pre-shared key',
    default: '',
    hidden: true,
  });
  t.deepEqual(made.resources['tunnel_north']?.properties['psk'], {get_param: 'psk_of_tunnel_north'});
  t.deepEqual(made.secrets, {psk_of_tunnel_north: 's3cret "value"\n'});
  t.deepEqual(made.environment, {});
  t.like(parameter(made, 'psk_of_tunnel_north'), {role: 'secret', value: ''});
  for (const [path, text] of made.files) t.is(text.includes('s3cret'), path === 'secrets.yaml', path);
});

test('the rest of the bundle is the same with and without captured secrets', t => {
  const secrets = new Map([['tunnel:t1.psk', 's3cret']]);
  const [without, with_] = [bundleOf({tunnel: [tunnel]}), bundleOf({tunnel: [tunnel]}, {secrets})];
  for (const [path, text] of without.files)
    if (path !== 'secrets.yaml') t.is(with_.files.get(path), text, path);
});

/** A bundle of the same rows, with that in its secrets.yaml. */
function earlierWith(rows: Rows, values: Row): EarlierBundle {
  const {report} = bundleOf(rows);
  return {
    report,
    environment: undefined,
    secrets: {values, remarks: new Map(), first: [], last: []},
    files: {},
  };
}

test('a kept secret stays where none was captured, and never beats one that was', t => {
  const rows = {tunnel: [tunnel, {...tunnel, id: 't2', name: 'south'}]};
  const earlier = earlierWith(rows, {
    psk_of_tunnel_north: 'old',
    psk_of_tunnel_south: 'mine',
    psk_of_nothing: 'gone',
  });
  const {secrets, files} = bundleOf(rows, {earlier, secrets: new Map([['tunnel:t1.psk', 'new']])});
  t.deepEqual(secrets, {psk_of_tunnel_north: 'new', psk_of_tunnel_south: 'mine'});
  for (const [path, text] of files) if (path !== 'secrets.yaml') t.notRegex(text, /mine|gone/, path);
  t.regex(files.get('secrets.yaml') ?? '', /^# No parameters of this template:\n# psk_of_nothing: "gone"\n/m);
});

test('a kept secret that YAML took for a number stays; what is no value does not', t => {
  const rows = {tunnel: [tunnel]};
  const keep = (value: unknown) =>
    bundleOf(rows, {earlier: earlierWith(rows, {psk_of_tunnel_north: value})}).secrets['psk_of_tunnel_north'];
  t.is(keep(12345), 12345);
  t.is(keep(true), true);
  for (const nothing of ['', null, undefined, [], {a: 1}]) t.is(keep(nothing), '');
});

test('a value that somebody must give is marked as long as nobody did', t => {
  const rows = {tunnel: [{...tunnel, image: 'i'}]};
  const marked = /# give a value\n +(\w+): ''/g;
  const marks = (made: Made, path: string) =>
    [...(made.files.get(path) ?? '').matchAll(marked)].map(([, name]) => name);
  const empty = bundleOf(rows);
  t.deepEqual(marks(empty, 'secrets.yaml'), ['psk_of_tunnel_north']);
  t.deepEqual(marks(empty, 'environment.yaml'), ['image_of_tunnel_north']);
  const full = bundleOf(rows, {secrets: new Map([['tunnel:t1.psk', 's3cret']])});
  t.deepEqual(marks(full, 'secrets.yaml'), []);
  t.notRegex(full.files.get('secrets.yaml') ?? '', /give a value/);
});

test('two secrets of things of one name have two parameters, the older one the plain name', t => {
  const rows = [
    {...tunnel, id: 't1', created_at: '2026-02-01'},
    {...tunnel, id: 't2', created_at: '2026-01-01'},
  ];
  const secrets = new Map([
    ['tunnel:t1.psk', 'younger'],
    ['tunnel:t2.psk', 'older'],
  ]);
  const found = bundleOf({tunnel: rows}, {secrets}).secrets;
  t.is(found['psk_of_tunnel_north'], 'older');
  t.deepEqual(new Set(Object.values(found)), new Set(['older', 'younger']));
});

test('what may be there already stands under a switch, and others name what is there instead', t => {
  const made = bundleOf({policy: [policy], host: [{...host, policy: 'p1'}]});
  t.is(made.resources['policy_gold']?.condition, 'create_policy_gold');
  t.deepEqual(made.conditions, {create_policy_gold: {get_param: 'create_policy_gold'}});
  t.deepEqual(made.resources['policy_gold']?.properties, {name: {get_param: 'policy_gold_name'}});
  t.deepEqual(made.resources['host_web']?.properties['policy'], {
    if: ['create_policy_gold', {get_resource: 'policy_gold'}, {get_param: 'policy_gold_name'}],
  });
  t.like(made.environment, {policy_gold_name: 'gold', create_policy_gold: true});
  t.like(parameter(made, 'create_policy_gold'), {
    role: 'optional-switch',
    pair: 'policy_gold_name',
    value: true,
  });
  t.like(parameter(made, 'policy_gold_name'), {
    role: 'optional-name',
    pair: 'create_policy_gold',
    source: {id: 'p1', name: 'gold'},
  });
  t.is(made.report.resources.find(({kind}) => kind === 'policy')?.condition, 'create_policy_gold');
});

test('without a name there is the switch alone, and it can be off at first', t => {
  const made = bundleOf({probe: [{id: 'x', name: 'beat'}], agent: [{id: 'a', name: 'one'}]});
  t.deepEqual(Object.keys(made.parameters).sort(), ['create_agent_one', 'create_probe_beat']);
  t.like(made.parameters['create_probe_beat'], {
    type: 'boolean',
    default: false,
    description: 'an admin starts it',
  });
  t.like(made.environment, {create_probe_beat: false, create_agent_one: true});
  t.is(parameter(made, 'create_probe_beat')?.pair, undefined);
  t.is(made.resources['probe_beat']?.condition, 'create_probe_beat');
  t.is(made.resources['probe_beat']?.properties['name'], 'beat');
});

test('what is made along with it stands under the same switch and refers to it plainly', t => {
  const made = bundleOf({policy: [policy], policy_rule: [{id: 'q', name: 'rule', policy: 'p1'}]});
  t.deepEqual(made.resources['policy_rule_rule'], {
    type: 'OS::Test::policy_rule',
    condition: 'create_policy_gold',
    properties: {policy: {get_resource: 'policy_gold'}},
  } as never);
  t.deepEqual(
    made.report.resources.map(({condition}) => condition),
    ['create_policy_gold', 'create_policy_gold'],
  );
  const alone = bundleOf({policy_rule: [{id: 'q', name: 'rule', policy: 'p1'}]});
  t.is(alone.resources['policy_rule_rule']?.condition, undefined);
  t.deepEqual(alone.resources['policy_rule_rule']?.properties['policy'], {get_param: 'policy_p1'});
});

test('what has a switch of its own and needs something optional is made where both are on', t => {
  const rows = {agent: [{id: 'a', name: 'one'}], link: [{id: 'l', name: 'north', agent: 'a'}]};
  const {conditions, resources, report} = bundleOf(rows);
  t.deepEqual(conditions['create_link_north'], {
    and: ['create_agent_one', {get_param: 'create_link_north'}],
  });
  t.is(resources['link_north']?.condition, 'create_link_north');
  t.deepEqual(resources['link_north']?.properties['agent'], {get_resource: 'agent_one'});
  t.is(report.parameters.find(({name}) => name === 'create_link_north')?.needs, 'create_agent_one');
  const {absent} = chosenOf(report, {create_agent_one: 'False', create_link_north: 'True'});
  t.deepEqual([...absent.keys()].sort(), ['agent:a', 'link:l'], 'verify knows it, too');
});

test('half a surrogate pair in such a value is replaced and announced, control characters survive', t => {
  const odd = {
    ...record,
    domain: 'a\ud800b',
    name: 'n\udc00',
    address: '\ud800',
    path: '\u0000\u0085\t',
    text: '\u2028',
  };
  const {graph} = relate(inventoryOf({record: [odd]}), {specs});
  const made = bundleOf({record: [odd]});
  t.deepEqual(Object.values(made.resources)[0]?.properties, {
    name: {list_join: ['', ['n\ufffd.', {get_param: 'domain_name_a_b'}]]},
    target: '\ufffd',
    url: 'http://\ufffd\u0000\u0085\t',
    text: 'v=\u2028;',
  });
  t.like(made.parameters['domain_name_a_b'], {default: 'a\ufffdb'});
  t.is(made.environment['domain_name_a_b'], 'a\ufffdb');
  const lost = graph.nodes.get('record:r1')?.ledger.filter(({fate}) => fate === 'lost');
  t.deepEqual(
    lost?.map(({field}) => field),
    ['host', 'name'],
  );
  for (const text of made.files.values()) t.notRegex(text, /[\ud800-\udfff]/u);
});

test('names and texts do not depend on the order of the rows', t => {
  const rows: Rows = {
    policy: [policy, {id: 'p0', name: 'gold'}],
    host: [host, {...host, id: 'h0'}],
    record: [record, {...record, id: 'r0', host: 'h0'}],
    tunnel: [tunnel, {...tunnel, id: 't0'}],
  };
  const turned = Object.fromEntries(Object.entries(rows).map(([kind, list]) => [kind, list.toReversed()]));
  t.deepEqual(bundleOf(rows).files, bundleOf(turned).files);
});
