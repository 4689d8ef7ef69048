import {execFile} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {parse} from 'yaml';
import {deployScript, stackNameOf} from '../../src/emit/deploy-script.ts';
import {shellWord} from '../../src/model/shell-word.ts';
import type {Report, ReportParameter, ReportStep, StepWord} from '../../src/model/bundle.ts';
import {shellcheck} from '../support/fuzz/shell.ts';
import {hostile, text} from '../support/hostile.ts';

const run = promisify(execFile);
const none = {exact: 0, derived: 0, parameter: 0, step: 0, lost: 0};

function reportOf(more: Partial<Report> = {}): Report {
  return {
    format: 'rekindle-report',
    version: 1,
    project: 'web',
    counts: {resources: 0, parameters: 0, fields: none, kinds: {}},
    resources: [],
    parameters: [],
    steps: [],
    losses: [],
    skipped: [],
    gaps: [],
    ...more,
  };
}

function step(when: 'before' | 'after', title: string, ...command: StepWord[]): ReportStep {
  return {when, title, kind: 'server', id: 's1', label: 'web', fields: ['description'], command};
}

const group: ReportParameter = {
  name: 'default_security_group',
  role: 'default-group',
  kind: 'security_group',
  value: 'default',
};
const keyPair: readonly ReportParameter[] = [
  {
    name: 'keypair_ops_name',
    role: 'optional-name',
    kind: 'keypair',
    value: "o'ps",
    pair: 'create_keypair_ops',
  },
  {
    name: 'create_keypair_ops',
    role: 'optional-switch',
    kind: 'keypair',
    value: true,
    pair: 'keypair_ops_name',
  },
];

/** Answers what the script asks, and writes down every call, one JSON line each. */
const stub = `#!/usr/bin/env bash
line='['
for word in "$@"; do line+="\\"$(printf '%s' "$word" | base64 -w0)\\","; done
printf '%s""]\\n' "$line" >>"$CALLS"
case "$*" in
  'token issue'*) echo p1 ;;
  'security group list'*) printf '%s\\n' 'g0 other' 'g1 default' 'g2 default two' ;;
  'keypair show'*) [ -n "\${KEY-}" ] && [ "\${OWN-\${*: -1}}" = "\${*: -1}" ] && echo "$KEY" ;;
  'stack show'*stack_status*) [ -n "\${STATE-}" ] && echo "$STATE" ;;
  'stack show'*tags*) echo "\${TAGS-None}" ;;
  'stack create'* | 'stack update'*)
    # Heat merges the environment files: the last one wins.
    while [ $# -gt 0 ]; do
      if [ "$1" = -e ]; then base64 -w0 "$2" >>"$CALLS.env" && echo >>"$CALLS.env"; fi
      shift
    done
    exit "\${CREATE-0}" ;;
  'server stop'*) printf '%s' "\${WHY-}" >&2 && exit "\${STOP-0}" ;;
  'address group create'*) exit "\${MAKE-0}" ;;
  'address group show'*) [ -n "\${STATE-}" ] ;;
  'stack resource show'*not_made) exit 1 ;;
  'stack resource show'*) echo "id-of-\${*: -1}" ;;
esac
`;

/** The repository's own copy, three folders above the compiled test. */
const golden = join(import.meta.dirname, '../../../test/emit/deploy-script.golden.sh');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly calls: readonly (readonly string[])[];
  /** What the environment files come to. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface Around {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly secrets?: string;
  readonly template?: string;
}

/** Runs the script from another folder, with a stub for the client. */
async function ran(report: Report, around: Around = {}): Promise<Ran & {readonly folder: string}> {
  const root = await mkdtemp(join(tmpdir(), 'deploy script '));
  const folder = join(root, "out $(id)'s");
  try {
    await mkdir(folder);
    await mkdir(join(root, 'bin'));
    await writeFile(join(root, 'bin/openstack'), stub);
    await chmod(join(root, 'bin/openstack'), 0o755);
    await writeFile(join(folder, 'deploy.sh'), deployScript(report));
    await writeFile(join(folder, 'template.yaml'), around.template ?? '');
    await writeFile(join(folder, 'environment.yaml'), around.environment ?? 'parameters: {}\n');
    await writeFile(join(folder, 'secrets.yaml'), around.secrets ?? '# None.\nparameters: {}\n');
    const env = {
      PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
      CALLS: join(root, 'calls'),
      CDPATH: '/',
      ...around.env,
    };
    const done = await run('bash', [join(folder, 'deploy.sh'), ...(around.args ?? [])], {cwd: '/', env}).then(
      ({stdout, stderr}) => ({code: 0, out: stdout, error: stderr}),
      (error: {code: number; stdout: string; stderr: string}) => ({
        code: error.code,
        out: error.stdout,
        error: error.stderr,
      }),
    );
    const lines = (await readFile(join(root, 'calls'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(line => line !== '');
    const calls = lines.map(line =>
      (JSON.parse(line) as string[]).slice(0, -1).map(word => Buffer.from(word, 'base64').toString()),
    );
    return {...done, calls, folder, parameters: await environmentIn(join(root, 'calls.env'))};
  } finally {
    await rm(root, {recursive: true});
  }
}

async function environmentIn(path: string): Promise<Readonly<Record<string, unknown>>> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(line => line !== '');
  const files = lines.map(
    line => parse(Buffer.from(line, 'base64').toString()) as {parameters: Record<string, unknown>},
  );
  return Object.assign({}, ...files.map(({parameters}) => parameters)) as Readonly<Record<string, unknown>>;
}

function asked({calls}: Ran, what: 'create' | 'update'): readonly string[] | undefined {
  return calls.find(([first, second]) => first === 'stack' && second === what)?.slice(2);
}

const created = (result: Ran): readonly string[] | undefined => asked(result, 'create');

test('the whole script, with everything it can hold', async t => {
  const report = reportOf({
    project: 'shop',
    parameters: [
      group,
      ...keyPair,
      {name: 'address_group_office', role: 'outside', kind: 'address_group', value: 'office'},
    ],
    steps: [
      step(
        'before',
        'make the address group',
        'address',
        'group',
        'create',
        '--address',
        '10.0.0.0/8',
        'office',
      ),
      step('after', 'describe web', 'server', 'set', '--description', "the shop's", {resource: 'server_web'}),
      step(
        'after',
        'open ssh',
        'security',
        'group',
        'rule',
        'create',
        '--remote-address-group',
        {parameter: 'address_group_office'},
        {parameter: 'default_security_group'},
      ),
      step('after', 'stop web', 'server', 'stop', {resource: 'server_web'}),
    ],
  });
  const script = deployScript(report);
  // UPDATE=1 writes it anew; read the difference.
  if (process.env['UPDATE'] === '1') await writeFile(golden, script);
  t.is(script, await readFile(golden, 'utf8'));
});

test('a word put together of parts is one word', async t => {
  const parts = {joined: ["Region One's:", {resource: 'floating_ip'}, {parameter: 'zone_name'}]};
  const parameters: readonly ReportParameter[] = [
    {name: 'zone_name', role: 'given', kind: 'zone', value: 'example.org.'},
  ];
  const steps = [step('after', 'name it', 'ptr', 'record', 'set', parts, {parameter: 'zone_name'})];
  const result = await ran(reportOf({parameters, steps}), {
    args: ['--parameter', 'zone_name=other example.'],
  });
  t.is(result.code, 0, result.error);
  t.deepEqual(
    result.calls.find(([first]) => first === 'ptr'),
    ['ptr', 'record', 'set', "Region One's:id-of-floating_ipother example.", 'other example.'],
  );
});

test('without arguments the stack is named after the project, and made from the files beside the script', async t => {
  const result = await ran(reportOf({project: 'My shop, 2nd'}));
  t.is(result.code, 0, result.error);
  t.deepEqual(created(result), [
    '--wait',
    '-t',
    `${result.folder}/template.yaml`,
    '-e',
    `${result.folder}/environment.yaml`,
    'My-shop-2nd',
  ]);
  t.deepEqual(result.calls.at(-1), ['stack', 'output', 'show', '--all', 'My-shop-2nd']);
});

test('a name and options go to the openstack client as they are', async t => {
  const args = ['other', '--timeout', '30', '--tags', 'a b,$(id)'];
  const result = await ran(reportOf(), {args});
  t.deepEqual(created(result)?.slice(5), [...args.slice(1), 'other']);
  const plain = await ran(reportOf(), {args: ['--timeout', '30']});
  t.deepEqual(created(plain)?.slice(5), ['--timeout', '30', 'web']);
});

test('values given by --parameter beat the environment, which Heat would prefer', async t => {
  const value = 'b c;$(id) "x" \\ \n\ty: \'z\'';
  const result = await ran(reportOf(), {
    args: ['--parameter', `a=${value}`, '--parameter=n=007', '-e', '/dev/null', '--parameter', 'e='],
    environment: 'parameters:\n  a: old\n  b: kept\n  e: old\n',
  });
  t.is(result.code, 0, result.error);
  t.deepEqual(result.parameters, {a: value, b: 'kept', e: '', n: '007'});
  t.false(created(result)?.includes('--parameter'));
});

test('a stack that is there is updated, and keeps its tags', async t => {
  const result = await ran(reportOf(), {env: {STATE: 'CREATE_FAILED', TAGS: '[\n  "a", \n  "b c"\n]'}});
  t.is(result.code, 0, result.error);
  t.is(created(result), undefined);
  t.deepEqual(asked(result, 'update'), [
    '--tags',
    'a,b c',
    '--wait',
    '-t',
    `${result.folder}/template.yaml`,
    '-e',
    `${result.folder}/environment.yaml`,
    'web',
  ]);
  const given = await ran(reportOf(), {env: {STATE: 'UPDATE_COMPLETE', TAGS: '[]'}, args: ['--tags', 'x']});
  t.deepEqual(asked(given, 'update')?.slice(5), ['--tags', 'x', 'web']);
});

test('a stack that Heat is at work on is left alone', async t => {
  const result = await ran(reportOf(), {env: {STATE: 'UPDATE_IN_PROGRESS'}});
  t.is(result.code, 1);
  t.regex(result.error, /Heat is at work on the stack web \(UPDATE_IN_PROGRESS\): wait/);
  t.is(asked(result, 'update'), undefined);
});

test('a key pair that the stack has made stays with it', async t => {
  const report = reportOf({
    parameters: keyPair,
    resources: [
      {
        name: 'keypair_ops',
        type: 'OS::Nova::KeyPair',
        kind: 'keypair',
        id: 'ops',
        label: 'ops',
        condition: 'create_keypair_ops',
      },
    ],
  });
  const around = {...withKey, env: {KEY: key, STATE: 'CREATE_COMPLETE'}};
  t.is((await ran(report, around)).parameters['create_keypair_ops'], undefined);
  const [resource] = report.resources;
  const other = {...report, resources: resource === undefined ? [] : [{...resource, name: 'not_made'}]};
  t.is((await ran(other, around)).parameters['create_keypair_ops'], 'false');
});

test('secrets are given where there are some', async t => {
  const result = await ran(reportOf(), {secrets: 'parameters:\n  # one\n  psk: x\n'});
  t.deepEqual(created(result)?.slice(5, 7), ['-e', `${result.folder}/secrets.yaml`]);
  const empty = await ran(reportOf(), {secrets: 'parameters: {}\n'});
  t.is(created(empty)?.length, 6);
});

test('the default group of the target project is given by its id, unless the user gives one', async t => {
  const report = reportOf({parameters: [group]});
  const environment = 'parameters:\n  default_security_group: default\n';
  const result = await ran(report, {environment});
  t.is(result.parameters['default_security_group'], 'g1');
  t.deepEqual(result.calls[2]?.slice(0, 5), ['security', 'group', 'list', '--project', 'p1']);
  const given = await ran(report, {environment, args: ['--parameter', 'default_security_group=mine']});
  t.is(given.parameters['default_security_group'], 'mine');
});

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEim me@here';
const withKey = {template: `    public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEim other\n`};

test('a key pair of the user with the same key is used, a missing one is created', async t => {
  const report = reportOf({parameters: keyPair});
  const there = await ran(report, {...withKey, env: {KEY: key}});
  t.is(there.parameters['create_keypair_ops'], 'false');
  t.deepEqual(there.calls[2], ['keypair', 'show', '--public-key', '--', "o'ps"]);
  t.is((await ran(report, withKey)).parameters['create_keypair_ops'], undefined);
});

test('a switch or a group that was edited in the environment is left as it is', async t => {
  const environment = 'parameters:\n  create_keypair_ops: false\n  default_security_group: g9\n';
  const result = await ran(reportOf({parameters: [group, ...keyPair]}), {environment, env: {KEY: key}});
  t.deepEqual(result.parameters, {create_keypair_ops: false, default_security_group: 'g9'}, result.error);
});

test('another key under that name ends the script before anything is created', async t => {
  const result = await ran(reportOf({parameters: keyPair}), {env: {KEY: key}});
  t.is(result.code, 1);
  t.regex(result.error, /another key pair named o'ps/);
  t.is(created(result), undefined);
});

const prefix: ReportParameter = {name: 'name_prefix', role: 'name-prefix', kind: 'keypair', value: ''};
const prefixed = reportOf({parameters: [prefix, ...keyPair]});

test('with a prefix a key pair is looked up by its plain name, then by the one that it would get', async t => {
  const args = ['--parameter', "name_prefix=de'v-"];
  const plain = await ran(prefixed, {...withKey, args, env: {KEY: key, OWN: "o'ps"}});
  t.is(plain.parameters['create_keypair_ops'], 'false', plain.error);
  t.is(plain.parameters['keypair_ops_name'], undefined);
  const made = await ran(prefixed, {...withKey, args, env: {KEY: key, OWN: "de'v-o'ps"}});
  t.is(made.parameters['create_keypair_ops'], 'false', made.error);
  t.is(made.parameters['keypair_ops_name'], "de'v-o'ps");
  const none = await ran(prefixed, {...withKey, args});
  t.deepEqual(none.parameters, {name_prefix: "de'v-"}, none.error);
});

test('with a prefix another key is in the way only under the name that ours would get', async t => {
  const args = ['--parameter', 'name_prefix=dev-'];
  const beside = await ran(prefixed, {args, env: {KEY: key, OWN: "o'ps"}});
  t.is(beside.code, 0, beside.error);
  t.is(beside.parameters['create_keypair_ops'], undefined);
  const taken = await ran(prefixed, {args, env: {KEY: key, OWN: "dev-o'ps"}});
  t.is(taken.code, 1);
  t.regex(taken.error, /another key pair named dev-o'ps/);
  t.is(created(taken), undefined);
});

test('a step of what has a prefix finds it by its whole name', async t => {
  const command: StepWord[] = [
    'address',
    'group',
    'create',
    {joined: [{parameter: 'name_prefix'}, 'offices']},
  ];
  const report = reportOf({parameters: [prefix], steps: [step('before', 'first', ...command)]});
  const args = ['--parameter', 'name_prefix=dev-'];
  const first = await ran(report, {args});
  t.true(
    first.calls.some(call => call.join(' ') === 'address group create dev-offices'),
    first.error,
  );
  const again = await ran(report, {args, env: {STATE: 'CREATE_COMPLETE'}});
  t.true(again.calls.some(call => call.join(' ') === 'address group show -- dev-offices'));
  t.false(again.calls.some(call => call.includes('create')));
});

async function keyPairAsked(around: Around): Promise<string | undefined> {
  return (await ran(reportOf({parameters: keyPair}), around)).calls[2]?.at(-1);
}

test('the name of the key pair comes from the options, else from the environment as it was edited', async t => {
  t.is(await keyPairAsked({args: ['--parameter', 'keypair_ops_name=mine']}), 'mine');
  t.is(await keyPairAsked({args: ['--parameter=keypair_ops_name=mine']}), 'mine');
  t.is(await keyPairAsked({environment: 'parameters:\n  keypair_ops_name: edited\n'}), 'edited');
  t.is(await keyPairAsked({environment: "parameters:\n  keypair_ops_name: 'it''s $(id)'\n"}), "it's $(id)");
  t.is(await keyPairAsked({environment: 'parameters:\n  keypair_ops_name: "a\\tb"\n'}), "o'ps");
});

const steps = reportOf({
  parameters: [group],
  steps: [
    step('before', 'first', 'address', 'group', 'create', "it's\n$(id)"),
    step('after', 'second', 'server', 'stop', {resource: 'server_web'}),
    step('after', 'third', 'server', 'set', {parameter: 'default_security_group'}, {resource: 'server_web'}),
  ],
});

test('with --no-steps they are printed, ready to be pasted, and not run', async t => {
  const result = await ran(steps, {args: ['--no-steps']});
  t.is(result.code, 0, result.error);
  const printed = result.out.split('\n').filter(line => line.startsWith('openstack'));
  t.deepEqual(printed, [
    "openstack address group create $'it\\'s\\n$(id)'",
    'openstack server stop id-of-server_web',
    'openstack server set g1 id-of-server_web',
  ]);
  t.false(result.calls.some(([first]) => first === 'server' || first === 'address'));
});

test('steps are run: those before the stack, then the stack, then the others', async t => {
  const result = await ran(steps, {args: ['other']});
  t.is(result.code, 0, result.error);
  t.deepEqual(
    result.calls.map(words => words.slice(0, 2).join(' ')),
    [
      'token issue',
      'stack show',
      'security group',
      'address group',
      'stack create',
      'stack resource',
      'server stop',
      'server set',
      'stack output',
    ],
  );
  t.deepEqual(result.calls[3], ['address', 'group', 'create', "it's\n$(id)"]);
  t.false((await ran(steps, {args: ['--no-steps']}).then(created))?.includes('--no-steps'));
});

test('a step takes the group that was chosen', async t => {
  const {calls} = await ran(steps, {args: ['--parameter', 'default_security_group=mine']});
  t.deepEqual(calls.at(-2)?.slice(0, 3), ['server', 'set', 'mine']);
});

const conditional = (name: string, condition: string) => ({
  name,
  type: 'OS::Test::Thing',
  kind: 'thing',
  id: name,
  label: name,
  condition,
});

test('a step of what was not made is left out; where another stands for it, the step takes that', async t => {
  const report = reportOf({
    resources: [conditional('link_not_made', 'create_link'), conditional('policy_not_made', 'create_policy')],
    parameters: [
      {
        name: 'policy_name',
        role: 'optional-name',
        kind: 'thing',
        value: 'gold',
        pair: 'create_policy',
        source: {id: 'policy_not_made', name: 'gold'},
      },
    ],
    steps: [
      step('after', 'first', 'link', 'set', {resource: 'link_not_made'}),
      step('after', 'second', 'port', 'set', '--policy', {resource: 'policy_not_made'}),
    ],
  });
  const {calls, code, error} = await ran(report);
  t.is(code, 0, error);
  t.false(calls.some(([first]) => first === 'link'));
  t.deepEqual(
    calls.find(([first]) => first === 'port'),
    ['port', 'set', '--policy', 'gold'],
  );
});

test('a step that fails is named, and the others are carried out', async t => {
  const result = await ran(steps, {env: {STOP: '1'}});
  t.is(result.code, 1);
  t.regex(result.error, /this step failed: second\n/);
  t.regex(result.error, /1 of the steps failed/);
  t.true(result.calls.some(words => words.slice(0, 2).join(' ') === 'server set'));
});

test('a step before the stack that fails is the end of it', async t => {
  const result = await ran(steps, {env: {MAKE: '1'}});
  t.is(result.code, 1);
  t.regex(result.error, /nothing was created/);
  t.false(result.calls.some(words => words.join(' ').startsWith('stack create')));
});

const made = (calls: Ran['calls']): number =>
  calls.filter(([, , verb]) => verb === 'create' || verb === 'set').length;

test('a second run makes nothing twice, and what the service has already is no failure', async t => {
  const twice = reportOf({
    steps: [
      step('before', 'make it', 'address', 'group', 'create', 'offices'),
      step('before', 'make a twin', 'address', 'group', 'create', 'rekindle-1'),
      step('after', 'stop it', 'server', 'stop', 's1'),
      step('after', 'rename it', 'address', 'group', 'set', '--name', 'offices', 'rekindle-1'),
    ],
  });
  const first = await ran(twice);
  t.is(first.code, 0, first.error);
  t.is(made(first.calls), 3);
  const second = await ran(twice, {
    env: {STATE: 'CREATE_COMPLETE', STOP: '1', WHY: 'it is stopped (HTTP 409)'},
  });
  t.is(second.code, 0, second.error);
  t.regex(second.error, /taken as done before: stop it/);
  t.is(made(second.calls), 0);
});

test('a stack that fails ends the script: no step, no output', async t => {
  const result = await ran(steps, {env: {CREATE: '1'}});
  t.is(result.code, 1);
  t.regex(result.error, /the stack web was refused or failed/);
  t.false(result.calls.some(([first]) => first === 'server'));
});

test('without the openstack client the script says what is missing', async t => {
  const root = await mkdtemp(join(tmpdir(), 'deploy-script-'));
  await writeFile(join(root, 'deploy.sh'), deployScript(reportOf()));
  const bash = (await run('bash', ['-c', 'command -v bash'])).stdout.trim();
  const dirname = (await run('bash', ['-c', 'command -v dirname'])).stdout.trim();
  await mkdir(join(root, 'bin'));
  await run('ln', ['-s', dirname, join(root, 'bin/dirname')]);
  const error = await t.throwsAsync(run(bash, [join(root, 'deploy.sh')], {env: {PATH: join(root, 'bin')}}));
  t.regex(error.message, /there is no openstack client/);
  await rm(root, {recursive: true});
});

test('help costs no call', async t => {
  const {code, out, calls} = await ran(steps, {args: ['--help']});
  t.is(code, 0);
  t.regex(out, /^usage: bash deploy\.sh \[--no-steps\] \[STACK\]/);
  t.deepEqual(calls, []);
});

const words = hostile.filter(word => word.length <= 300).map(word => word.replaceAll('\0', ''));

test('no name is ever more than a name: hostile words reach the client as they are', async t => {
  const report = reportOf({
    project: "it's $(touch pwned)\n`id`\u001b[31m",
    steps: words.map(word => step('before', `title ${word}`, 'tell', word)),
  });
  const result = await ran(report);
  t.is(result.code, 0, result.error);
  t.deepEqual(
    result.calls.filter(([first]) => first === 'tell').map(([, word]) => word),
    words,
  );
  const printed = await ran(report, {args: ['--no-steps']});
  t.is(printed.code, 0, printed.error);
  t.false(printed.calls.some(([first]) => first === 'tell'));
  // Comments and titles hold no line break or control character of a name.
  t.regex(deployScript(report), /^#!\/usr\/bin\/env bash\n# Builds the project "it's [^\n]*\n/);
  t.notRegex(deployScript(report).replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test('bash reads back any text', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        text.map(word => word.replaceAll('\0', '')),
        {maxLength: 20},
      ),
      async list => {
        const script = `printf '%s\\0' ${list.map(word => shellWord(word)).join(' ')}`;
        const {stdout} = await run('bash', ['-c', script], {env: {LC_ALL: 'C'}});
        t.deepEqual(stdout.split('\0').slice(0, -1), list.length === 0 ? [''] : list);
      },
    ),
    {numRuns: 30},
  );
});

test('every project gives a name that Heat takes', t => {
  fc.assert(fc.property(text, project => /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/.test(stackNameOf(project))));
  t.is(stackNameOf('web'), 'web');
  t.is(stackNameOf('007'), 'project-007');
  t.is(stackNameOf('Café – Nord'), 'Cafe-Nord');
  t.is(stackNameOf('网络'), 'project');
});

test('shellcheck finds nothing, whatever names and projects are called', async t => {
  const names = [
    "$(id) `x` 'quoted' ${y}",
    'C:\\',
    "it\\'s",
    '~/tmp',
    '~',
    '*.txt {a,b}',
    '"said"',
    '-rf',
    '# a',
  ];
  const reports = [
    ...['then', 'my-shop-2', 'web'].map(project => reportOf({project})),
    ...names.map(name =>
      reportOf({steps: [step('after', `name ${name}`, 'server', 'set', '--name', name, 's1')]}),
    ),
    ...names.map(name =>
      reportOf({
        steps: [step('after', 'name it', 'server', 'set', '--name', {joined: [name, {resource: 'web'}]})],
      }),
    ),
  ];
  t.is(await shellcheck(reports.map(report => deployScript(report))), '');
});
