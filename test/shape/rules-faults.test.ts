/** What is wrong with a rules file is told with its place, all of it at once; what a stranger's report holds is checked as a file is. */
import test from 'ava';
import fc from 'fast-check';
import {RekindleError} from '../../src/model/errors.ts';
import type {RulesChoice, Shape} from '../../src/model/shape.ts';
import {text as hostileText} from '../support/hostile.ts';
import {made, rulesFrom, sample} from '../support/rules.ts';

const web = sample('web');

/** Lines of the error. */
function faults(text: string): readonly string[] {
  const error = (() => {
    try {
      made(web, text);
      return undefined;
    } catch (thrown) {
      return thrown;
    }
  })();
  if (!(error instanceof RekindleError)) return [`no error: ${String(error)}`];
  return [error.code, ...error.message.split('\n')].filter(line => line !== 'input');
}

test('every fault of a file is told, in the order of the file', t => {
  const text = `- when: {kind: sever, nam e: [], size: '>=x'}
  sett: {name: x}
- when: {kind: [server, subnet]}
  set:
    nmae: x
    metadata.a: {get_param: x}
    tags: blue
- {set: {name: x}}
- when: {kind: subnet}
  drop: [network, "allocation_pools[*].start", nothing]
- nonsense
`;
  t.deepEqual(
    faults(text),
    [
      'rules.yaml:1:16: there is no kind "sever": did you mean server?',
      'rules.yaml:1:30: nam e: a list of no tests matches nothing',
      'rules.yaml:1:40: size: >= takes a number: ">=x"; for that very text write \'=>=x\'',
      'rules.yaml:2:3: a rule has no "sett": did you mean set?',
      'rules.yaml:5:5: a server has no property "nmae" (OS::Nova::Server): did you mean name?',
      'rules.yaml:6:5: a subnet has no property "metadata" (OS::Neutron::Subnet)',
      'rules.yaml:7:11: Heat refuses the value of tags of a server: it is not a list',
      'rules.yaml:8:3: a rule has no when: it says which things it is for, as {kind: server}',
      "rules.yaml:10:10: Heat requires network of a subnet: it can't be dropped",
      "rules.yaml:10:19: Heat requires allocation_pools[*].start of a subnet: it can't be dropped",
      'rules.yaml:10:48: a subnet has no property "nothing" (OS::Neutron::Subnet)',
      'rules.yaml:11:3: a rule is no mapping with when and what to do',
    ].sort((a, b) => place(a) - place(b)),
  );
});

function place(line: string): number {
  const [, row = '0', column = '0'] = /:(\d+):(\d+):/.exec(line) ?? [];
  return Number(row) * 1000 + Number(column);
}

/** One rule for servers with that in it, and its fault. */
const cases: Readonly<Record<string, string>> = {
  'set: {}': 'no error: undefined',
  'set: x': '2:8: set is no mapping of property paths',
  'set: {name: null}': '2:15: Heat takes no null: to leave a property out, drop it',
  'set: {name: [x]}': '2:15: Heat refuses the value of name of a server: it is not a string',
  'set: {name: 1.5}': '2:15: Heat refuses the value of name of a server: it is not a string',
  'set: {diskConfig: SOME}':
    '2:21: Heat refuses the value of diskConfig of a server: it is not one of the 2 values it takes',
  'set: {"networks[0].prot": x}': '2:9: networks[0] of a server has no key "prot": did you mean port?',
  'set: {name.first: x}': '2:9: name of a server is a string: it has no "first"',
  'set: {"name[0]": x}': '2:9: name of a server is a string: it has no item',
  'set: {"name[*]": x}': '2:9: name of a server is a string: it has no items',
  'set: {"a..b": x}':
    '2:9: "a..b" is no path: it reads as in metadata.owner, pools[0].start, metadata["a.b"] or rules[*]',
  'set: {"networks[7].tag": x}': '2:9: the server "web-1": networks has the items 0 to 0 only',
  'set: {"image.x": y}': '2:9: image of a server is a string: it has no "x"',
  'set: {metadata: {a: {get_file: x}}}':
    "2:23: a value is no call of Heat's get_file: other things are {resource: 'kind:name'}, parameters {parameter: name}",
  'set: {metadata.a: {resource: "server:nobody"}}': '2:32: there is no server "nobody"',
  'set: {metadata.a: {resource: "server:web-3"}}': '2:32: there is no server "web-3": did you mean web-1?',
  'set: {metadata.a: {resource: "sever:x"}}': '2:32: there is no kind "sever": did you mean server?',
  'set: {metadata.a: {resource: web-1}}': "2:32: resource takes 'kind:name' or 'kind:id', as 'network:web'",
  'set: {metadata.a: {resource: "security_group:default"}}': 'no error: undefined',
  'set: {metadata.a: {parameter: x}}': '2:33: there is no parameter "x": say what it is under parameters',
  'set: {metadata.a: {resource: "server:web-1"}}':
    '2:9: the resources would refer to each other in a circle: the server "web-1" -> the server "web-1"',
  'replace: {name: x}':
    '2:19: replace takes what to replace and with what, as {text: old, with: new} or {match: "^web-(.*)", with: "www-$1"}',
  'replace: {name: {text: "", with: x}}': '2:26: the text to replace is empty',
  'replace: {name: {text: a, match: b, with: x}}':
    '2:19: replace takes text or match, and with, as {text: old, with: new} or {match: "^web-(.*)", with: "www-$1"}',
  'replace: {name: {match: "(a", with: x}}': '2:27: a group is not closed',
  'replace: {name: {match: "(?=a)", with: x}}':
    '2:27: groups are ( ), (?: ) and (?<name> ); there is no look-around',
  'replace: {name: {match: a, with: $1}}': '2:36: there is no group $1 in the expression',
  'replace: {name: {match: a, by: x}}': '2:30: replace has no "by": it has text, match, with',
  'replace: {name: []}': '2:19: nothing is said to be replaced',
  'parameter: {name: 7up}':
    '2:21: "7up" is no name for a parameter: it has letters, digits and _, and begins with no digit',
  'parameter: {name: {label: x}}': '2:21: the parameter has no name',
  'parameter: {name: {name: x, lable: y}}': '2:31: a parameter has no "lable": did you mean label?',
  'parameter: {name: {name: x, default: [a]}}':
    '2:40: Heat refuses the value of name of a server: it is not a string',
  'parameter: {name: {name: x, default: a, constraints: [{length: {min: 5}}]}}':
    '2:21: Heat would refuse the parameter x: the value "a" is longer or shorter than {"min":5}',
  'parameter: {name: {name: x, default: abc, constraints: [{allowed_pattern: "[a-b]+"}]}}':
    '2:21: Heat would refuse the parameter x: the value "abc" does not match "[a-b]+"',
  'parameter: {name: {name: x, default: abc, constraints: [{range: {min: 5}}]}}':
    '2:21: Heat would refuse the parameter x: the constraint range is none for a parameter of the type string',
  'parameter: {name: {name: x, default: web, constraints: [{allowed_values: [db]}]}}':
    '2:21: Heat would refuse the parameter x: the value "web" is not one of ["db"]',
  'parameter: {name: {name: x, constraints: [{lenght: {min: 5}}]}}':
    '2:46: there is no constraint "lenght": did you mean length?',
  'parameter: {name: {name: x, constraints: [{length: {min: a}}]}}':
    '2:54: length has min, max or both, which are whole numbers',
  'parameter: {name: {name: x, constraints: [{modulo: {step: 2, offset: 3}}]}}':
    '2:54: modulo has a step and an offset, whole numbers of one sign, the offset smaller than the step',
  'parameter: {name: {name: x, constraints: [{custom_constraint: 7}]}}':
    '2:65: custom_constraint is the name of a constraint of Heat, as neutron.network',
  'parameter: {name: {name: x, constraints: {}}}': '2:44: constraints is a list, as [{length: {max: 20}}]',
  'parameter: {flavor: x}':
    '2:15: the server "web-1": flavor is a reference to a flavor: there is no plain value that a parameter could have',
  'parameter: {networks: x}':
    '2:15: the server "web-1": networks is a reference to a port: there is no plain value that a parameter could have',
  'drop: [name, x]': '2:16: a server has no property "x" (OS::Nova::Server)',
  'drop: [{a: b}]': '2:10: drop is a list of property paths',
  'drop: [networks]': 'no error: undefined',
  'keep: [name]': '2:3: a rule has no "keep": it has when, set, replace, parameter, drop',
};

for (const [body, expected] of Object.entries(cases))
  test(`a rule of servers with ${body}`, t => {
    const [first = ''] = faults(`- when: {kind: server}\n  ${body}\n`);
    t.is(first.replace(/^rules\.yaml:/, ''), expected);
  });

const declared = (parameters: string, rule: string): string =>
  faults(`parameters:\n  ${parameters}\nrules:\n- when: {kind: volume}\n  ${rule}\n`).join(' | ');

test('parameters are checked where they are declared, and between each other', t => {
  t.is(
    declared('p: {default: x}', 'set: {size: {parameter: p}}'),
    'rules.yaml:5:9: Heat refuses the value of the parameter p as size (volume): it is not a integer',
  );
  t.is(
    declared('p: {label: x}', 'set: {size: {parameter: p}}'),
    'rules.yaml:5:27: the parameter p has no default, so nothing can be set to it',
  );
  t.is(
    declared('p: {default: 1}', 'set: {size: {parameter: q}}'),
    'rules.yaml:5:27: there is no parameter "q": say what it is under parameters',
  );
  t.is(
    declared('size: {default: 1}', 'set: {size: {parameter: sise}}'),
    'rules.yaml:5:27: there is no parameter "sise": did you mean size?',
  );
  t.is(
    declared('p: 1', 'drop: [metadata]'),
    'rules.yaml:2:6: the parameter p is no mapping, as {default: 1.1.1.1}',
  );
  t.is(
    declared('at: {default: 1}', 'drop: [metadata]'),
    'rules.yaml:2:3: "at" is no name for a parameter: it has letters, digits and _, and begins with no digit',
  );
  t.is(
    declared('p: {default: 1}', 'set: {size: {parameter: p}, name: {parameter: p}}'),
    'rules.yaml:5:9: the parameter p would be a number as size (volume), a string as name (volume): give each a name of its own',
  );
  t.is(
    declared('p: {default: 1}', 'parameter: {size: {name: p, default: 2}}'),
    'rules.yaml:5:21: the parameter p was said to be something else at 2:3',
  );
});

const ofKeypair = (body: string): string => faults(`- when: {kind: keypair}\n  ${body}\n`).join();

test('things that are not always made keep the parameter that they have', t => {
  t.is(ofKeypair('parameter: {name: x}'), 'rules.yaml:2:15: name of a keypair is a parameter already');
  t.is(
    ofKeypair('set: {name: {resource: "network:web"}}'),
    'rules.yaml:2:15: name of a keypair takes a text only: it is the default of a parameter',
  );
  t.is(ofKeypair('set: {name: other}'), 'no error: undefined');
  t.is(
    made(web, '- when: {kind: keypair}\n  set: {name: other}\n').template.parameters['keypair_dana_name']?.[
      'default'
    ],
    'other',
  );
});

test('a value is what Heat takes as a whole, not only in its parts', t => {
  t.deepEqual(faults("- when: {kind: security_group, name: web}\n  set: {'rules[9].protocol': tcp}\n"), [
    'rules.yaml:2:9: the security group "web": rules has the items 0 to 2 only',
  ]);
  t.deepEqual(
    faults(
      "- when: {kind: port}\n  set: {'allowed_address_pairs[0].mac_address': 'fa:16:3e:00:00:01'}\n",
    ).slice(0, 1),
    [
      'rules.yaml:2:9: the port "db": Heat would refuse allowed_address_pairs: it [0] lacks the key ip_address',
    ],
  );
});

test('a parameter can not have the name of another thing', t => {
  const error = t.throws(() =>
    made(web, '- when: {kind: server}\n  parameter: {metadata.role: {name: server_db, default: x}}\n'),
  );
  t.is(
    error?.message,
    'rules.yaml:2: the parameter server_db would have the name that "db" has in the template',
  );
});

test('two things of one name are not told apart by it', t => {
  const ports = web.rows['port'] ?? [];
  const rows = {
    ...web.rows,
    port: ports.map(row => Object.assign({}, row, row['name'] === 'web-2' ? {name: 'web-1'} : {})),
  };
  const said =
    (name: string): (() => unknown) =>
    () =>
      made({...web, rows}, `- when: {kind: floating_ip}\n  set: {port_id: {resource: 'port:${name}'}}\n`);
  t.is(
    t.throws(said('web-1'))?.message,
    'rules.yaml:2:29: 2 of kind port are called "web-1": say which by its id (`rekindle list --long` shows it)',
  );
  const one = ports.find(({name}) => name === 'web-1');
  t.notThrows(said(String(one?.['id'])));
});

test('rules of a stranger: time and size are bounded', t => {
  const started = performance.now();
  const slow = (body: string): readonly string[] =>
    faults(`- when: {kind: [server, network, port]}\n  ${body}\n`);
  t.regex(
    slow(`set: {name: '${'a'.repeat(200_000)}'}\n  replace: {name: {match: 'a*b|a', with: x}}`)[0] ?? '',
    /:3:13: name: the expressions take too long/,
  );
  t.regex(
    slow(
      `set: {name: '${'a'.repeat(60_000)}'}\n  replace: {name: {match: a, with: '${'b'.repeat(60_000)}'}}`,
    )[0] ?? '',
    /:3:13: name: the text grows beyond/,
  );
  const doubling = Array.from({length: 40}, () => '{text: a, with: aa}').join(', ');
  t.regex(
    slow(`set: {name: a}\n  replace: {name: [${doubling}]}`)[0] ?? '',
    /:3:13: name: the text grows beyond/,
  );
  t.regex(
    faults('- {when: {kind: server}, drop: [tags]}\n'.repeat(1001))[0] ?? '',
    /:1:1: there are more than 1000 rules/,
  );
  t.true(performance.now() - started < 60_000);
});

const fromReport = (rules: unknown): string => {
  try {
    made(web, {rules} as Shape);
    return 'no error';
  } catch (error) {
    return error instanceof RekindleError && error.code === 'input'
      ? error.message
      : `thrown: ${String(error)}`;
  }
};

test('what a report kept is checked as a file is', t => {
  const good = rulesFrom('- when: {kind: server}\n  set: {name: x}\n');
  t.is(fromReport(good), 'no error');
  const [rule] = good.rules;
  const broken = (change: object): RulesChoice => ({...good, rules: [{...rule, ...change}]});
  t.is(
    fromReport(broken({set: {nmae: 'x'}})),
    'rules.yaml:2:9: a server has no property "nmae" (OS::Nova::Server): did you mean name?',
  );
  t.is(
    fromReport(broken({at: 7, set: {nmae: 'x'}})),
    'rules.yaml:1:1: a server has no property "nmae" (OS::Nova::Server): did you mean name?',
  );
  t.regex(fromReport(broken({when: 'server'})), /a rule has no when/);
  t.regex(fromReport({...good, rules: [null]}), /a rule has no when/);
  t.regex(fromReport({...good, parameters: 'x'}), /^no error$/);
  t.regex(fromReport({...good, parameters: {p: 'x'}}), /the parameter p is no mapping/);
  t.is(fromReport({...good, rules: 'x'}), 'no error');
  t.is(fromReport({rules: good.rules}), 'no error');
  let deep: unknown = 'x';
  for (let depth = 0; depth < 10_000; depth++) deep = [deep];
  t.regex(fromReport(broken({set: {metadata: deep}})), /nested too deep/);
});

test('whatever stands in a rules file or a report, the answer is a bundle or a clear error', t => {
  const word = fc.oneof(
    hostileText,
    fc.constantFrom(
      'server',
      'name',
      'metadata.role',
      'rules[*]',
      'network:web',
      'parameter',
      'resource',
      'kind',
      'at',
    ),
  );
  const {value} = fc.letrec(tie => ({
    value: fc.oneof(
      {depthSize: 'small'},
      word,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), {maxLength: 3}),
      fc.dictionary(word, tie('value'), {maxKeys: 3}),
    ),
  }));
  const rule = fc.record(
    {
      at: value,
      when: fc.oneof(value, fc.record({kind: fc.constantFrom('server', 'port', 'volume', 'subnet')})),
      set: fc.dictionary(word, value, {maxKeys: 2}),
      replace: value,
      parameter: fc.dictionary(word, value, {maxKeys: 2}),
      drop: fc.array(word, {maxLength: 2}),
    },
    {requiredKeys: ['when']},
  );
  fc.assert(
    fc.property(fc.array(rule, {maxLength: 3}), value, (rules, parameters) => {
      try {
        made(web, {rules: {file: 'x', rules, parameters}} as unknown as Shape);
      } catch (error) {
        t.true(error instanceof RekindleError && error.code !== 'internal', String(error));
      }
    }),
    {numRuns: 300, seed: 20261122},
  );
  t.pass();
});
