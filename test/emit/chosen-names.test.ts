/** Names that somebody chose: what they are of, and what stays when the project and the file change. */
import test from 'ava';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import type {Shape} from '../../src/model/shape.ts';
import {earlierOf, fileOf, made, namesFrom, rulesFrom, sample, type Made} from '../support/rules.ts';

const web = sample('web');

function named(
  text: string,
  inventory: Inventory = web,
  earlier?: Made,
  edit?: (text: string) => string,
): Made {
  return made(inventory, {names: namesFrom(text)}, earlier && earlierOf(earlier, edit));
}

function names({template}: Made): readonly string[] {
  return [...Object.keys(template.resources), ...Object.keys(template.parameters)].sort();
}

function changed(kind: string, change: (row: Row) => Row | undefined): Inventory {
  const rows = (web.rows[kind] ?? []).map(change).filter(row => row !== undefined);
  return {
    ...web,
    rows: {...web.rows, [kind]: rows},
  };
}

test('by logical name, by name and by id; parameters as well', t => {
  const port = web.rows['port']?.find(({name}) => name === 'vip');
  const taken = named(`
server_web_1: first
server:db: database
port:${String(port?.['id'])}: shared
flavor:m1.small: small
image_cirros_like: os
create_keypair_dana: make_key
network:public: outside
security_group_rule_web_ingress_tcp_22: ssh
`);
  const all = names(taken);
  for (const name of ['first', 'database', 'shared', 'small', 'os', 'make_key', 'outside', 'ssh'])
    t.true(all.includes(name), name);
  for (const name of ['server_web_1', 'server_db', 'port_vip', 'flavor_m1_small', 'image_cirros_like'])
    t.false(all.includes(name), name);
  t.deepEqual(taken.of('first')['flavor'], {get_param: 'small'});
  t.deepEqual(taken.of('floating_ip_vip')['port_id'], {get_resource: 'shared'});
  t.regex(fileOf(taken, 'environment.yaml'), /^ {2}os: cirros-like$/m);
  t.is(taken.report.resources.find(({label, kind}) => label === 'db' && kind === 'server')?.name, 'database');
});

test('what is named after a thing follows its name', t => {
  const taken = named('keypair_dana: dana\n');
  t.true(names(taken).includes('create_dana'));
  t.is(taken.text.includes('keypair_dana'), false);
});

test('a file without names changes no byte', t => {
  t.is(named('').text, made(web, {}).text);
  t.is(named('server_db: server_db\n').text, made(web, {}).text);
});

test('names can be swapped', t => {
  const taken = named('server_web_1: server_web_2\nserver_web_2: server_web_1\n');
  t.is(taken.of('server_web_2')['name'], 'web-1');
  t.is(taken.of('server_web_1')['name'], 'web-2');
});

const faults: Readonly<Record<string, string>> = {
  'server_web_1: a b':
    'names.yaml:1:15: "a b" is no name for a template: it has letters, digits, _, - and ., and begins with a letter or _',
  'server_web_1: 7up':
    'names.yaml:1:15: "7up" is no name for a template: it has letters, digits, _, - and ., and begins with a letter or _',
  'server_web_1: [x]': 'names.yaml:1:15: the new name of server_web_1 is no text',
  'server_web_1:': 'names.yaml:1:14: the new name of server_web_1 is no text',
  '- x': 'names.yaml:1:1: names are a mapping, as server_web_1: web_one',
  'server_web_1: x\nserver_web_2: x': 'names.yaml:2:15: the name x is given twice, first at 1:15',
  'server_web_1: x\nserver:web-1: y': 'names.yaml:2:1: server:web-1 is what another line renames, at 1:1',
  'server_web_9: x': 'names.yaml:1:1: the template has no "server_web_9": did you mean server_web_1?',
  'server:web-9: x': 'names.yaml:1:1: the template has no server "web-9": did you mean server:web-1?',
  'sever:web-1: x': 'names.yaml:1:1: the template has no sever "web-1": did you mean server:web-1?',
  'server_web_1: server_db': 'names.yaml:1:15: the name server_db is taken by a server',
  'server_web_1: flavor_m1_small': 'names.yaml:1:15: the name flavor_m1_small is taken by a parameter',
  'flavor_m1_small: server_db': 'names.yaml:1:18: the name server_db is taken by a server',
  'security_group:web: x\nzzz: y\nserver_db: 1x':
    'names.yaml:2:1: the template has no "zzz"\nnames.yaml:3:12: "1x" is no name for a template: it has letters, digits, _, - and ., and begins with a letter or _',
};

for (const [text, message] of Object.entries(faults))
  test(`names with ${JSON.stringify(text)}`, t => {
    const error = t.throws(() => named(`${text}\n`), {code: 'input'});
    // What can be told without the project is told before it is looked at.
    t.true(message.split('\n').includes(error?.message ?? '') || error?.message === message, error?.message);
  });

test('of two things that are called the same none is meant', t => {
  const twins = changed('server', row => (row['name'] === 'web-2' ? {...row, name: 'web-1'} : row));
  t.is(
    t.throws(() => named('server:web-1: x\n', twins))?.message,
    'names.yaml:1:1: 2 of kind server are called "web-1": say which by its id, or by its logical name',
  );
});

test('a chosen name beats a kept one, and is kept itself', t => {
  const first = made(web, {});
  const second = named('server_web_1: first\nflavor_m1_small: small\n', web, first, text =>
    text.replace('m1.small', 'big # mine'),
  );
  t.true(names(second).includes('first'));
  // What somebody wrote for the parameter goes along.
  t.regex(fileOf(second, 'environment.yaml'), /# "m1.small" in the source\n {2}small: big # mine$/m);
  t.notRegex(fileOf(second, 'environment.yaml'), /No parameters of this template/);
  const third = made(web, second.report.shape ?? {}, earlierOf(second));
  t.is(third.text, second.text);
  t.is(fileOf(third, 'report.json'), fileOf(second, 'report.json'));
  // The file again: its old names mean what they meant.
  t.is(named('server_web_1: first\nflavor_m1_small: small\n', web, second).text, second.text);
  t.true(names(named('server_web_1: other\n', web, second)).includes('other'));
});

test('without the names all is called as before', t => {
  const first = made(web, {});
  const second = named('server_web_1: first\nflavor_m1_small: small\n', web, first);
  const back = made(
    web,
    {},
    earlierOf(second, text => text.replace(/ small: .*/, ' small: mine')),
  );
  t.is(back.text, first.text);
  t.regex(fileOf(back, 'environment.yaml'), /^ {2}flavor_m1_small: mine$/m);
});

test('a newcomer does not take the place of what was renamed', t => {
  const first = named('server_web_1: first\n');
  const [old] = web.rows['server'] ?? [];
  const one = web.rows['server']?.find(({name}) => name === 'web-1');
  const row = {...(one ?? old), id: '0b0b0b0b-0000-4000-8000-000000000000', created: '2036-01-01T00:00:00Z'};
  const more = {...web, rows: {...web.rows, server: [...(web.rows['server'] ?? []), row]}};
  const taken = made(more, first.report.shape ?? {}, earlierOf(first));
  const nameOf = (id: unknown): string | undefined =>
    taken.report.resources.find(resource => resource.id === id)?.name;
  t.is(nameOf(one?.['id']), 'first');
  t.regex(nameOf(row.id) ?? '', /^server_web_1_[0-9a-f]{6}$/);
});

test('a kept name of what is gone is told, one of a file is a fault', t => {
  const first = named('server_web_2: second\nserver_db: database\n');
  const fewer = changed('server', row => (row['name'] === 'web-2' ? undefined : row));
  const taken = made(fewer, first.report.shape ?? {}, earlierOf(first));
  t.deepEqual(taken.warnings, ['names.yaml:1:1: server_web_2 is not there any more']);
  t.true(names(taken).includes('database'));
  t.throws(() => named('server_web_2: second\n', fewer), {
    message: /^names\.yaml:1:1: the template has no "server_web_2"/,
  });
});

test('elsewhere the names are those of the bundle, whatever things would be called there', t => {
  const first = made(web, {});
  const renamed = changed('server', row => (row['name'] === 'web-1' ? {...row, name: 'www'} : row));
  const second = named('server_web_1: first\n', renamed, first);
  t.is(made(renamed, second.report.shape ?? {}).of('first')['name'], 'www');
});

test('parameters of rules can be renamed, and clash with nothing', t => {
  const rules = rulesFrom('- when: {kind: server, metadata.role: web}\n  parameter: {metadata.role: role}\n');
  const both = (names: string): Made => made(web, {rules, names: namesFrom(names)});
  t.deepEqual(both('role: purpose\n').of('server_web_1')['metadata'], {role: {get_param: 'purpose'}});
  t.throws(() => both('server_db: role\n'), {
    message: 'names.yaml:1:12: the name role is taken by a parameter',
  });
});

test('names of a stranger are checked', t => {
  const from =
    (names: unknown): (() => unknown) =>
    () =>
      made(web, {names} as Shape);
  const entry = {old: 'server_db', new: 'x', at: '1:1', newAt: '1:5'};
  t.notThrows(from({file: 'x', names: [entry]}));
  for (const names of [
    {},
    {file: 'x', names: 'x'},
    {file: 'x', names: [{...entry, new: 7}]},
    {file: 'x', names: [{...entry, of: []}]},
    {file: 'x', names: [null]},
  ])
    t.throws(from(names), {code: 'input'}, JSON.stringify(names));
  t.throws(from({file: 'x', names: [{...entry, new: 'a b'}]}), {message: /^x:1:5: "a b" is no name/});
  t.throws(from({file: 'x', names: [{...entry, new: '$(id)'}]}), {code: 'input'});
  t.notThrows(from({file: 'x', names: [{...entry, at: 'nowhere', newAt: '\u001b[31m'}]}));
  t.deepEqual(
    made(web, {names: {file: 'x', names: [{...entry, of: 'resource server:gone = server:gone'}]}}).warnings,
    ['x:1:1: server_db is not there any more'],
  );
});
