/** What rules do to a template, and what the ledger says of it. */
import test from 'ava';
import {RekindleError} from '../../src/model/errors.ts';
import type {LedgerEntry} from '../../src/model/graph.ts';
import {shape} from '../../src/shape/index.ts';
import {announcedBy, compareGraphs, type Announced} from '../../src/verify/index.ts';
import {inventoryOf} from '../support/inventory.ts';
import {earlierOf, fileOf, made, rulesFrom, sample, type Made} from '../support/rules.ts';

const web = sample('web');

function fates({graph}: Made, kind: string, name: string, ...fields: readonly string[]): readonly string[] {
  const node = [...graph.nodes.values()].find(one => one.kind === kind && one.label === name);
  const ledger: readonly LedgerEntry[] = node?.ledger ?? [];
  return fields.map(field => ledger.find(entry => entry.field === field)?.fate ?? 'none');
}

test('no rules, and a file without any, change no byte', t => {
  const plain = made(web, {});
  for (const text of [
    '',
    '[]',
    'rules:\n',
    'rules: []\nparameters: {}\n',
    '- when: {kind: share}\n  drop: [name]\n',
  ])
    t.is(made(web, text).text, plain.text, text);
});

test('set: a property, a part of one, an item of a list, a key that holds dots', t => {
  const {of, losses} = made(
    web,
    `
- when: {kind: server, name: web-1}
  set: {metadata.owner: ops, 'metadata["a.b"]': '1', tags: [blue], config_drive: yes}
- when: {kind: subnet}
  set: {'allocation_pools[0].start': 10.10.0.60, 'dns_nameservers[2]': 8.8.8.8, host_routes: [{destination: 0.0.0.0/0, nexthop: 10.10.0.9}]}
`,
  );
  t.deepEqual(of('server_web_1')['metadata'], {role: 'web', owner: 'ops', 'a.b': '1'});
  t.deepEqual(of('server_web_1')['tags'], ['blue']);
  t.is(of('server_web_1')['config_drive'], true);
  t.deepEqual(of('subnet_web')['allocation_pools'], [{start: '10.10.0.60', end: '10.10.0.200'}]);
  t.deepEqual(of('subnet_web')['dns_nameservers'], ['9.9.9.9', '1.1.1.1', '8.8.8.8']);
  t.deepEqual(of('server_web_2')['metadata'], {role: 'web'});
  t.deepEqual(losses, [
    'server web-1 config_drive: rule rules.yaml:2 sets it',
    'server web-1 metadata.a.b: rule rules.yaml:2 sets it',
    'server web-1 metadata.owner: rule rules.yaml:2 sets it',
    'server web-1 tags: rule rules.yaml:2 sets it',
    'subnet web allocation_pools: rule rules.yaml:4 sets it',
    'subnet web dns_nameservers: rule rules.yaml:4 sets it',
    'subnet web host_routes: rule rules.yaml:4 sets it',
  ]);
});

test('what is set to what it was is not lost', t => {
  const {losses, text} = made(
    web,
    '- when: {kind: server, metadata.role: web}\n  set: {metadata.role: web}\n',
  );
  t.deepEqual(losses, []);
  t.is(text, made(web, {}).text);
});

test('what follows from a changed property is lost with it', t => {
  const {losses} = made(
    web,
    "- when: {kind: subnet}\n  set: {cidr: 10.20.0.0/24}\n  drop: ['allocation_pools']\n",
  );
  t.deepEqual(losses, [
    'subnet web allocation_pools: rule rules.yaml:1 drops it',
    'subnet web cidr: rule rules.yaml:1 sets it',
    'subnet web gateway_ip: it follows from cidr, which rule rules.yaml:1 changes',
  ]);
});

test('replace: texts and expressions, everywhere below the path', t => {
  const {of, losses} = made(
    web,
    `
- when: {kind: [server, port]}
  replace: {name: {match: '^web-(\\d+)$', with: 'www-$1'}}
- when: {kind: network}
  replace: {value_specs: [{text: Front, with: Back}, {text: ' end', with: '-end'}]}
- when: {kind: security_group}
  replace: {rules: {text: tcp, with: udp}}
`,
  );
  t.is(of('server_web_1')['name'], 'www-1');
  t.is(of('port_web_2')['name'], 'www-2');
  t.is(of('server_db')['name'], 'db');
  t.deepEqual(of('network_web')['value_specs'], {description: 'Back-end and database'});
  t.deepEqual((of('security_group_db')['rules'] as {protocol: string}[])[0]?.protocol, 'udp');
  t.true(losses.includes('network web description: rule rules.yaml:4 changes its text'));
  t.true(losses.includes('security_group db security_group_rules: rule rules.yaml:6 changes its text'));
  t.false(losses.some(line => line.includes('status')));
});

test('replace reaches into files, and leaves references alone', t => {
  const admin = sample('admin');
  const before = made(admin, {});
  const file = before.bundle.find(({path}) => path.startsWith('files/'));
  const word = /[a-z]{4,}/.exec(file?.text ?? '')?.[0] ?? '';
  const after = made(
    admin,
    `- when: {kind: server}\n  replace: {user_data: {text: ${word}, with: XYZZY}, networks: {text: get, with: x}}\n`,
  );
  t.is(after.bundle.find(({path}) => path === file?.path)?.text, file?.text.replaceAll(word, 'XYZZY'));
  t.regex(after.warnings.join(), /^rules\.yaml:2:\d+: replace networks does nothing/);
});

test('parameter: one for all that share it, in the form that its property takes', t => {
  const {of, template, report, losses, graph} = made(
    web,
    `
- when: {kind: server, metadata.role: web}
  parameter:
    metadata.role: {name: role, label: Role, description: What they do, constraints: [{allowed_values: [web, www]}]}
- when: {kind: volume, name: db-data}
  parameter: {size: data_size, metadata: labels}
- when: {kind: subnet}
  parameter: {dns_nameservers: resolvers, allocation_pools: pools}
`,
  );
  t.deepEqual(of('server_web_1')['metadata'], {role: {get_param: 'role'}});
  t.deepEqual(of('server_web_2')['metadata'], {role: {get_param: 'role'}});
  t.deepEqual(of('volume_db_data')['size'], {get_param: 'data_size'});
  const {role, data_size: size, labels, resolvers, pools} = template.parameters;
  t.deepEqual(role, {
    type: 'string',
    label: 'Role',
    description: 'What they do',
    default: 'web',
    constraints: [{allowed_values: ['web', 'www']}],
  });
  t.deepEqual(size, {type: 'number', description: 'Value of size (volume)', default: 20});
  t.deepEqual(labels, {
    type: 'json',
    description: 'Value of metadata (volume)',
    default: {backup: 'nightly'},
  });
  t.is(resolvers?.['type'], 'comma_delimited_list');
  t.is(pools?.['type'], 'json');
  t.deepEqual(losses, []);
  const entry = report.parameters.find(({name}) => name === 'role');
  t.is(entry?.role, 'given');
  t.deepEqual(
    entry?.sets?.map(({kind, field}) => `${kind} ${field}`),
    ['server metadata.role', 'server metadata.role'],
  );
  const data = [...graph.nodes.values()].find(({label}) => label === 'db-data');
  t.deepEqual(
    data?.ledger.find(({field}) => field === 'size'),
    {field: 'size', fate: 'parameter', reason: 'parameter data_size'},
  );
});

const sized = (more: string): string => `- when: {kind: volume}\n  parameter: {size: {name: size${more}}}\n`;

test('parameter: different values need a default, and those that differ from it are lost', t => {
  t.is(
    t.throws(() => made(web, sized('')), {instanceOf: RekindleError, code: 'input'})?.message,
    'rules.yaml:2:15: the parameter size would stand for 2 values (10, 20): give it a default, or each a name of its own',
  );
  const taken = made(web, sized(', default: 20'));
  t.deepEqual(taken.losses, [
    'volume db-boot size: rule rules.yaml:1 makes it a parameter with another value',
  ]);
  t.deepEqual(fates(taken, 'volume', 'db-data', 'size'), ['parameter']);
});

test('a parameter of its own: declared, set where there was nothing', t => {
  const {of, template, losses, text} = made(
    web,
    `
parameters:
  resolvers: {label: DNS, default: [1.1.1.1], constraints: [{length: {min: 1, max: 3}}]}
  up: {default: false}
rules:
  - when: {kind: subnet}
    set: {dns_nameservers: {parameter: resolvers}}
  - when: {kind: port, name: vip}
    set: {admin_state_up: {parameter: up}, value_specs.description: {parameter: note}}
    parameter: {name: {name: note, default: vip}}
`,
  );
  t.deepEqual(of('subnet_web')['dns_nameservers'], {get_param: 'resolvers'});
  t.is(template.parameters['up']?.['type'], 'boolean');
  t.is(template.parameters['up']?.['default'], false);
  t.deepEqual(of('port_vip')['name'], {get_param: 'note'});
  t.deepEqual(of('port_vip')['value_specs'], {description: {get_param: 'note'}});
  t.deepEqual(losses, [
    'port vip admin_state_up: rule rules.yaml:8 sets it',
    'port vip description: rule rules.yaml:8 sets it',
    'subnet web dns_nameservers: rule rules.yaml:6 sets it',
  ]);
  t.regex(text, /label: DNS\n/);
});

test('drop: properties, keys and items; of an emptied property nothing is left', t => {
  const {of, losses} = made(
    web,
    `
- when: {kind: server, name: 'web-*'}
  drop: [metadata.role]
- when: {kind: subnet}
  drop: ['dns_nameservers[0]', allocation_pools]
- when: {kind: port}
  drop: ['fixed_ips[*].ip_address', allowed_address_pairs]
`,
  );
  t.false('metadata' in of('server_web_1'));
  t.deepEqual(of('subnet_web')['dns_nameservers'], ['1.1.1.1']);
  t.false('allocation_pools' in of('subnet_web'));
  t.deepEqual(of('port_web_1')['fixed_ips'], [{subnet: {get_resource: 'subnet_web'}}]);
  t.true(losses.includes('server web-1 metadata.role: rule rules.yaml:2 drops it'));
  t.true(losses.includes('port vip fixed_ips: rule rules.yaml:6 drops it'));
});

test('drop of every item takes them all', t => {
  const {of} = made(web, "- when: {kind: security_group, name: web}\n  drop: ['rules[*]']\n");
  t.false('rules' in of('security_group_web'));
});

test('references are followed: edges, order and parameters are what the properties say', t => {
  const {of, graph, template, report} = made(
    web,
    `
- when: {kind: port, name: vip}
  set: {security_groups: [{resource: 'security_group:db'}]}
- when: {kind: router}
  drop: [external_gateway_info]
- when: {kind: floating_ip}
  set: {floating_network: {resource: 'network:web'}}
- when: {kind: server}
  drop: [scheduler_hints, image]
- when: {kind: server, name: db}
  set: {scheduler_hints.group: {resource: 'server_group:web'}}
`,
  );
  t.deepEqual(of('port_vip')['security_groups'], [{get_resource: 'security_group_db'}]);
  t.deepEqual(of('server_db')['scheduler_hints'], {group: {get_resource: 'server_group_web'}});
  t.false('external_network_public' in template.parameters);
  t.false('image_cirros_like' in template.parameters);
  const from = [...graph.nodes.values()].find(({label}) => label === 'vip')?.key;
  t.deepEqual(
    graph.edges
      .filter(edge => edge.from === from && edge.property.startsWith('security'))
      .map(({to}) => graph.nodes.get(to)?.label),
    ['db'],
  );
  t.deepEqual(of('floating_ip_vip')['floating_network'], {get_resource: 'network_web'});
  t.false(report.parameters.some(({kind}) => kind === 'network'));
});

test('a reference to what is outside becomes its parameter', t => {
  const {of, template} = made(
    web,
    `
- when: {kind: port, name: vip}
  set: {network: {resource: 'network:public'}}
- when: {kind: server, name: web-1}
  set: {flavor: {resource: 'flavor:m1.medium'}}
`,
  );
  t.deepEqual(of('port_vip')['network'], {get_param: 'external_network_public'});
  t.deepEqual(of('server_web_1')['flavor'], {get_param: 'flavor_m1_medium'});
  t.true('flavor_m1_small' in template.parameters);
});

test('rules go in order, and the later wins', t => {
  const {of, losses} = made(
    web,
    `
- when: {kind: server, name: web-1}
  set: {metadata.role: a}
- when: {kind: server}
  replace: {metadata.role: {text: a, with: b}}
- when: {kind: server, name: 'web-*'}
  drop: [metadata.role]
  set: {metadata.role: last}
- when: {kind: server, name: web-2}
  parameter: {metadata.role: role}
  set: {metadata.role: very last}
`,
  );
  t.deepEqual(of('server_web_1')['metadata'], {role: 'last'});
  t.deepEqual(of('server_web_2')['metadata'], {role: 'very last'});
  t.deepEqual(losses, [
    'server web-1 metadata.role: rule rules.yaml:6 sets it',
    'server web-2 metadata.role: rule rules.yaml:9 sets it',
  ]);
});

const matched = (when: string): string => {
  const {template} = made(web, `- when: {kind: [server, volume, port], ${when}}\n  set: {name: hit}\n`);
  return Object.entries(template.resources)
    .filter(([, {properties}]) => properties['name'] === 'hit')
    .map(([name]) => name)
    .sort()
    .join(' ');
};

test('when: every test must pass', t => {
  const cases: Readonly<Record<string, string>> = {
    'name: web-?': 'port_web_1 port_web_2 server_web_1 server_web_2',
    'name: [web-1, db-*]': 'port_web_1 server_web_1 volume_db_boot volume_db_data',
    "name: '!=*web*', size: '>1'": 'volume_db_boot volume_db_data',
    "size: '>=20'": 'volume_db_data',
    "size: '< 20'": 'volume_db_boot',
    'size: 10': 'volume_db_boot',
    "size: '1?'": 'volume_db_boot',
    'bootable: true': 'volume_db_boot',
    'metadata.role: web': 'server_web_1 server_web_2',
    "metadata.role: '=web'": 'server_web_1 server_web_2',
    "metadata.role: '=we*'": '',
    "metadata.role: '*'": 'server_db server_web_1 server_web_2',
    'metadata.role: [db, x]': 'server_db',
    'metadata.backup: null, size: "*"': 'volume_db_boot',
    '"fixed_ips[*].ip_address": "10.10.0.1?"': 'port_vip port_web_1 port_web_2',
    '"fixed_ips[0].ip_address": 10.10.0.20': 'port_db',
    '"allowed_address_pairs[0].ip_address": "*"': 'port_web_1 port_web_2',
    'status: active': '',
    'metadata: web': '',
  };
  for (const [when, expected] of Object.entries(cases)) t.is(matched(when), expected, when);
});

test('what comes to nothing is told with its place', t => {
  const {warnings} = made(
    web,
    `
- when: {kind: server, name: nobody}
  set: {name: x}
- when: {kind: server, satus: ACTIVE}
  set: {name: x}
- when: {kind: share}
  set: {name: x}
- when: {kind: security_group, name: default}
  set: {name: x}
- when: {kind: server}
  drop: [tags]
  replace: {name: {text: nothing like it, with: x}}
  parameter: {admin_pass: secret}
  set: {'networks[*].tag': t}
- when: {kind: volume}
  set: {'scheduler_hints["x"]': {parameter: p}}
`.replace('{parameter: p}', 'y'),
  );
  t.deepEqual(warnings, [
    'rules.yaml:2:3: this rule matches nothing',
    'rules.yaml:4:3: this rule matches nothing: no server has a field "satus" (did you mean status?)',
    'rules.yaml:6:3: this rule matches nothing: there is no share',
    'rules.yaml:8:3: this rule matches nothing: one thing it is for is no resource of its own',
    'rules.yaml:11:10: drop tags does nothing: none of 3 has it',
    'rules.yaml:12:13: replace name does nothing: none of 3 has such a text there',
    'rules.yaml:13:15: parameter admin_pass does nothing: none of 3 has it',
  ]);
  t.deepEqual(made(web, 'parameters: {p: {default: x}}\nrules: []\n').warnings, [
    'rules.yaml:1:14: the parameter p is used by nothing',
  ]);
});

test('a bundle is made again from what its report kept, places and all', t => {
  const first = made(
    web,
    `
- when: {kind: server, name: 'web-*'}
  set: {metadata.owner: ops, key_name: {resource: 'keypair:dana'}}
  parameter: {metadata.role: role}
- when: {kind: volume, name: none}
  drop: [metadata]
`,
  );
  const {report} = earlierOf(first);
  const again = made(web, report.shape ?? {});
  for (const path of ['template.yaml', 'environment.yaml', 'report.json', 'report.md', 'deploy.sh'])
    t.is(fileOf(again, path), fileOf(first, path), path);
  t.deepEqual(again.warnings, first.warnings);
  t.is(first.warnings.length, 1);
});

const isAlgorithm = ({kind, fields}: {kind: string; fields: readonly string[]}): boolean =>
  kind === 'ipsec_policy' && fields.includes('auth_algorithm');

test('a step that would set back what a rule sets is gone', t => {
  const services = sample('services');
  t.true(made(services, {}).report.steps.some(isAlgorithm));
  const {report, losses} = made(services, '- when: {kind: ipsec_policy}\n  set: {auth_algorithm: sha1}\n');
  t.false(report.steps.some(isAlgorithm));
  t.regex(losses.join('\n'), /^ipsec_policy \S+ auth_algorithm: rule rules\.yaml:1 sets it/m);
});

test('keys of the data that mean something to JavaScript are data', t => {
  const rows = inventoryOf({
    server: [
      {
        id: 's1',
        name: 'web',
        status: 'ACTIVE',
        user_id: 'u1',
        flavor: {original_name: 'm1'},
        image: '',
        metadata: {['__proto__']: 'x', constructor: 'y'},
        addresses: {},
        'os-extended-volumes:volumes_attached': [],
        tags: [],
      },
    ],
  });
  const {graph} = made(
    rows,
    "- when: {kind: server}\n  set: {metadata.toString: z}\n  drop: ['metadata.__proto__']\n",
  );
  const [node] = graph.nodes.values();
  t.true(
    node?.place.as === 'lost' ||
      Object.keys(node?.properties['metadata'] ?? {}).join() === 'constructor,toString',
  );
});

test('a rules file is kept by its name alone', t => {
  const {rules} = made(web, '- when: {kind: server}\n  drop: [metadata]\n').shape;
  t.is(rules?.file, 'rules.yaml');
  t.deepEqual(rulesFrom('- when: {kind: server}\n  drop: [metadata]\n').rules, [
    {at: '1:3 1:3 1:9 1:10 1:16 2:3 2:9 2:10', when: {kind: 'server'}, drop: ['metadata']},
  ]);
});

test('an item dropped from among its like is lost all the same', t => {
  const subnet = web.rows['subnet']?.map(row =>
    Object.assign({}, row, {dns_nameservers: ['1.1.1.1', '1.1.1.1']}),
  );
  const {losses, of} = made(
    {...web, rows: {...web.rows, subnet: subnet ?? []}},
    "- when: {kind: subnet}\n  drop: ['dns_nameservers[0]']\n",
  );
  t.deepEqual(of('subnet_web')['dns_nameservers'], ['1.1.1.1']);
  t.deepEqual(losses, ['subnet web dns_nameservers: rule rules.yaml:1 drops it']);
});

/** Of the group's rules one is gone, one is another, one is new. */
function changedRules(list: unknown): unknown[] {
  const [first, ...rules] = (list as Record<string, unknown>[]).filter(({protocol}) => protocol !== 'icmp');
  const tcp = rules.map(rule =>
    rule['port_range_max'] === 80 ? Object.assign({}, rule, {port_range_max: 81}) : rule,
  );
  return [first, ...tcp, {...first, id: 'new', protocol: 'udp'}];
}

test('what is said inside a changed property is announced with it, whatever became of it', t => {
  const source = shape(web, {
    rules: rulesFrom(
      "- when: {kind: security_group, name: web}\n  drop: ['rules[0]']\n  set: {'rules[0].port_range_max': 81}\n",
    ),
  });
  const group = web.rows['security_group']?.find(({name}) => name === 'web');
  const rows = {
    ...web.rows,
    security_group: (web.rows['security_group'] ?? []).map(row =>
      row === group
        ? Object.assign({}, row, {security_group_rules: changedRules(row['security_group_rules'])})
        : row,
    ),
  };
  const clone = shape({...web, rows});
  const compare = (announced: Announced): readonly string[] =>
    compareGraphs(source, clone, {announced, sameProject: true}).differences.map(
      ({what, kind, announced: why}) => `${what} ${kind} ${why === undefined ? 'NOT ANNOUNCED' : why.reason}`,
    );
  const all = compare(announcedBy(source.graph));
  t.deepEqual(
    [...new Set(all)].sort(),
    ['changed', 'extra', 'missing'].map(what => `${what} security_group_rule rule rules.yaml:1 drops it`),
  );
  t.true(compare({losses: [], steps: []}).every(line => line.endsWith('NOT ANNOUNCED')));
});
