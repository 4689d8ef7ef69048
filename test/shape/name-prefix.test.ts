/** One parameter before all names: in properties, in the words of steps, and in what a comparison expects. */
import test from 'ava';
import type {Inventory} from '../../src/model/inventory.ts';
import {laterNames} from '../../src/model/report.ts';
import {render} from '../../src/pipeline/index.ts';
import {relate} from '../../src/relate/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {chosenOf, compareGraphs} from '../../src/verify/index.ts';
import {inventoryOf} from '../support/inventory.ts';

type Fields = Readonly<Record<string, unknown>>;

function network(id: string, name: string): Fields {
  return {id, name, project_id: 'p1', admin_state_up: true, shared: false};
}
function addressGroup(id: string, prefix: string, name: string): Fields {
  return {id, name: prefix + name, project_id: 'p1', description: name, addresses: ['192.0.2.0/24']};
}
const key = {
  id: 'dana',
  name: 'dana',
  public_key: 'ssh-ed25519 AAAA dana',
  fingerprint: 'x',
  type: 'ssh',
  user_id: 'u1',
};
const server = {
  id: 's1',
  name: '',
  status: 'ACTIVE',
  user_id: 'u1',
  key_name: 'dana',
  flavor: {original_name: 'm1.tiny'},
  image: {id: 'i1'},
  addresses: [],
  metadata: {},
  'os-extended-volumes:volumes_attached': [],
};
const zone = {id: 'z1', name: 'example.org.', project_id: 'p1', email: 'a@example.org', type: 'PRIMARY'};

function rows(prefix = ''): Readonly<Record<string, readonly object[]>> {
  return {
    network: [network('n1', `${prefix}web`), network('n2', '')],
    server: [{...server, key_name: `${prefix}dana`}],
    keypair: [{...key, id: `${prefix}dana`, name: `${prefix}dana`}],
    zone: [zone],
    address_group: [
      addressGroup('a1', prefix, 'offices'),
      addressGroup('a2', prefix, 'twin'),
      addressGroup('a3', prefix, 'twin'),
    ],
  };
}

function made(inventory: Inventory) {
  const {bundle, report} = render(inventory, {shape: {namePrefix: true}});
  const text = (path: string): string => bundle.find(file => file.path === path)?.text ?? '';
  const template = parsePyYaml(text('template.yaml')) as Readonly<
    Record<string, Readonly<Record<string, Fields>>>
  >;
  const resources = template['resources'] as Readonly<Record<string, {readonly properties: Fields}>>;
  return {report, script: text('deploy.sh'), parameters: template['parameters'] ?? {}, resources};
}

const prefixed = (name: unknown): object => ({list_join: ['', [{get_param: 'name_prefix'}, name]]});

test('it stands before every name, and before none where there is none', t => {
  const {resources, parameters} = made(inventoryOf(rows()));
  t.deepEqual(resources['network_web']?.properties['name'], prefixed('web'));
  t.deepEqual(resources['keypair_dana']?.properties['name'], prefixed({get_param: 'keypair_dana_name'}));
  t.deepEqual(resources['zone_example_org']?.properties['name'], {get_param: 'zone_name_example_org'});
  const nameless = Object.values(resources).filter(({properties}) => properties['name'] === '');
  t.is(nameless.length, 2);
  t.deepEqual(parameters['name_prefix'], {
    type: 'string',
    description: 'Stands before the name of everything that is created, as dev-',
    default: '',
  });
});

test('a project without names has no such parameter', t => {
  t.is(made(inventoryOf({network: [network('n1', '')]})).parameters['name_prefix'], undefined);
});

test('a stack that has no such parameter has nothing before the words of its steps either', t => {
  const {report, script, parameters} = made(
    inventoryOf({address_group: [addressGroup('a1', '', 'offices')]}),
  );
  t.is(parameters['name_prefix'], undefined);
  t.deepEqual(
    report.steps.map(({command}) => command.at(-1)),
    ['offices'],
  );
  t.regex(script, /is_there address group show -- offices \|\| step/);
});

test('what steps make gets it, what they say of it does not, and a passing name stays', t => {
  const {report} = made(inventoryOf(rows()));
  const [first, second] = report.steps.filter(({id}) => id === 'a1' || id === 'a2');
  const word = {joined: [{parameter: 'name_prefix'}, 'offices']};
  t.deepEqual(first?.command.slice(-1), [word]);
  t.true(first?.command.includes('offices'), 'its description');
  t.deepEqual(second?.command.slice(-1), ['rekindle-a2']);
  const later = laterNames(report, {name_prefix: 'dev-'});
  t.is(later.get('rekindle-a2'), 'dev-twin');
  t.is(laterNames(report).get('rekindle-a2'), 'twin');
});

test('deploy.sh asks for it, and finds what it made again', t => {
  const {script} = made(inventoryOf(rows()));
  t.regex(script, /made=\$\(value_of name_prefix ''\)\$name/);
  t.regex(script, /value_1=\$\(value_of name_prefix ''\)/);
  t.regex(script, /is_there address group show -- "\$value_1"offices \|\| step/);
});

test('a comparison expects it: another name than that is a difference', t => {
  const source = inventoryOf(rows());
  const {report} = made(source);
  const compared = (values: Fields, clone: Inventory) => {
    const {prefixed: expected, losses} = chosenOf(report, values);
    const {losses: announced, resources, steps} = report;
    return compareGraphs(
      relate(source),
      relate({...clone, source: {...clone.source, project: {id: 'p1', name: 'x'}}}),
      {
        sameProject: false,
        prefixed: expected,
        announced: {resources, steps, losses: [...announced, ...losses]},
      },
    ).differences.filter(({announced: notice}) => notice === undefined);
  };
  const clone = inventoryOf(rows('dev-'));
  t.deepEqual(compared({name_prefix: 'dev-'}, clone), []);
  const other = compared({name_prefix: 'test-'}, clone);
  t.true(other.some(({field, kind}) => field === 'name' && kind === 'network'));
  t.true(other.some(({kind}) => kind === 'address_group'));
  t.not(compared({}, clone).length, 0);
  t.deepEqual(compared({}, source), []);
});

test('a key pair that is not created has its own name', t => {
  const {report} = made(inventoryOf(rows()));
  const {prefixed: expected} = chosenOf(report, {name_prefix: 'dev-', create_keypair_dana: 'False'});
  t.false(expected.has('keypair:dana'));
  t.is(expected.get('network:n1'), 'dev-');
  t.false(expected.has('network:n2'), 'no name');
});
