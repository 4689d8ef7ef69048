/** The samples' templates, read as an expert would; and that each rule finds what it is there for. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {readBundle, readInventory} from '../../src/store/index.ts';
import {lintTemplate, type Rule} from '../support/lint.ts';
import {shellcheck} from '../support/fuzz/shell.ts';
import {findPython, pyyaml} from '../support/pyyaml.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

const readsBack = findPython() === undefined ? test.skip : test;
const names = await sampleNames();

/** Findings that stay, with the reason. */
const KNOWN: readonly {readonly what: RegExp; readonly why: string}[] = [
  {
    what: /^id: .* in: name: [0-9a-f-]{36}-blank-vol$/,
    why: 'Nova calls a blank disk after the id of its server: the name is data, and the disk comes before the server',
  },
];

async function templateOf(name: string): Promise<string> {
  return readFile(join(samplesFolder, name, 'template.yaml'), 'utf8');
}

async function filesOf(name: string): Promise<readonly string[]> {
  const files = await readdir(join(samplesFolder, name, 'files')).catch(() => []);
  return files.map(file => `files/${file}`);
}

for (const name of names) {
  test(`${name}: an expert would strike out nothing`, async t => {
    const {rows} = await readInventory(join(samplesFolder, name));
    const ids = Object.values(rows).flatMap(some => some.map(row => String(row['id'])));
    const {report} = await readBundle(join(samplesFolder, name));
    const inSteps = report.steps.flatMap(({command, of = []}) =>
      command.concat(of).flatMap(word => (typeof word === 'object' && 'parameter' in word ? [word.parameter] : [])),
    );
    const found = lintTemplate(await templateOf(name), {ids, files: await filesOf(name), inSteps});
    t.deepEqual(
      found
        .map(({rule, where, what}) => ({where, text: `${rule}: ${what}`}))
        .filter(({text}) => !KNOWN.some(({what}) => what.test(text))),
      [],
    );
  });

  readsBack(`${name}: PyYAML reads what we do`, async t => {
    const text = await templateOf(name);
    t.deepEqual(pyyaml([text])[0], {value: JSON.parse(JSON.stringify(parsePyYaml(text)))});
  });
}

const good = `heat_template_version: '2018-08-31'

description: A good one

parameter_groups:
  - label: Images
    parameters: [image, create_key]

parameters:
  image:
    type: string

  create_key:
    type: boolean

conditions:
  create_key: { get_param: create_key }

resources:
  # --- Key pairs ---
  key:
    type: OS::Nova::KeyPair
    condition: create_key
    properties:
      name: dana

  # --- Networks ---
  net:
    type: OS::Neutron::Net
    properties:
      name: net

  subnet:
    type: OS::Neutron::Subnet
    properties:
      network: { get_resource: net }
      cidr: 10.0.0.0/24

  # --- Servers ---
  server:
    type: OS::Nova::Server
    depends_on: subnet
    properties:
      image: { get_param: image }
      user_data: { get_file: files/web.sh }

outputs:
  servers:
    value: { get_attr: [server, networks] }
`;
const facts = {ids: ['0123456789abcdef0123456789abcdef'], files: ['files/web.sh']};

test('a good template has no finding', t => {
  t.deepEqual(lintTemplate(good, facts), []);
});

/** A fault put into the good one: what is replaced, by what, and the rule that has to see it. */
const faults: readonly (readonly [fault: string, from: string, to: string, rule: Rule, where: string])[] = [
  ['an id', 'name: net', 'name: 01234567-89ab-4def-8123-456789abcdef', 'id', 'line 31'],
  ['an id in a comment', '  net:', '  # was 0123456789ABCDEF0123456789abcdef\n  net:', 'id', 'line 28'],
  ['a parameter that nothing uses', '{ get_param: image }', 'debian', 'unused', 'image'],
  ['a condition that nothing uses', '    condition: create_key\n', '', 'unused', 'create_key'],
  ['a file that nothing uses', '{ get_file: files/web.sh }', 'none', 'unused', 'files/web.sh'],
  ['a parameter that is not there', 'name: dana', 'name: { get_param: other }', 'undeclared', 'other'],
  ['a condition that is not there', 'condition: create_key', 'condition: other', 'undeclared', 'other'],
  ['a resource that is not there', 'get_resource: net', 'get_resource: other', 'undeclared', 'other'],
  ['a file that is not there', 'get_file: files/web.sh', 'get_file: files/x', 'undeclared', 'files/x'],
  [
    'an order that a reference implies',
    '    properties:\n      network:',
    '    depends_on: net\n    properties:\n      network:',
    'depends_on',
    'resources.subnet.depends_on',
  ],
  [
    'an order that another one implies',
    'depends_on: subnet',
    'depends_on: [net, subnet]',
    'depends_on',
    'resources.server.depends_on',
  ],
  ['a default of Heat', 'name: net', 'admin_state_up: true', 'default', 'resources.net.admin_state_up'],
  [
    'a default inside a list',
    'image: { get_param: image }',
    'networks: [{ network: { get_param: image }, floating_ip: x, allocate_network: none }]\n      user_data_format: HEAT_CFNTOOLS',
    'default',
    'resources.server.user_data_format',
  ],
  [
    'the gateway that Neutron takes',
    'cidr: 10.0.0.0/24',
    'cidr: 10.0.0.0/24\n      gateway_ip: 10.0.0.1',
    'default',
    'resources.subnet.gateway_ip',
  ],
  ['sections out of order', 'outputs:', 'conditions_:', 'unknown-key', 'conditions_'],
  ['parameters out of order', '[image, create_key]', '[create_key, image]', 'order', 'parameters'],
  ['a heading that is there twice', '--- Servers ---', '--- Networks ---', 'order', 'Networks'],
  ['a resource under another heading', '--- Networks ---', '--- Volumes ---', 'order', 'resources.net'],
  [
    'a wide line',
    '[server, networks]',
    `[server, ${'n'.repeat(100)}]`,
    'width',
    'line 49',
  ],
  ['an empty map', 'name: dana', 'name: dana\n      x: {}', 'empty', 'line 26'],
  ['a blank at the end', 'name: dana', 'name: dana ', 'blank', 'line 25'],
  ['a key that Heat does not take', '    type: OS::Nova::KeyPair', '    type: OS::Nova::KeyPair\n    depend: x', 'unknown-key', 'resources.key.depend'],
];

for (const [fault, from, to, rule, where] of faults) {
  test(`found: ${fault}`, t => {
    t.true(good.includes(from));
    const found = lintTemplate(good.replace(from, to), facts);
    t.truthy(
      found.find(one => one.rule === rule && one.where === where),
      JSON.stringify(found),
    );
  });
}

test('found: sections that are not in the order of HOT', t => {
  const [head = '', outputs = ''] = good.split(/(?=^outputs:)/m);
  const moved = head.replace('resources:', `${outputs}\nresources:`);
  t.deepEqual(
    lintTemplate(moved, facts).map(({rule}) => rule),
    ['order'],
  );
});

test('not found: long data, a rule for tcp, the policy of a server group', t => {
  const more = `
  data:
    type: OS::Neutron::SecurityGroupRule
    properties:
      description: ${'long '.repeat(40).trim()}
      protocol: tcp
`;
  t.deepEqual(lintTemplate(good.replace('\n  # --- Servers', `${more.replace('data:', 'subnet_rule:')}\n  # --- Servers`), facts).map(({rule, where}) => [rule, where]), [
    ['order', 'resources.subnet_rule'],
  ]);
});

test('shellcheck finds nothing in their scripts', async t => {
  const scripts = names.map(name => readFile(join(samplesFolder, name, 'deploy.sh'), 'utf8'));
  t.is(await shellcheck(await Promise.all(scripts)), '');
});
