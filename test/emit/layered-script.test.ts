/** The deploy.sh above several stacks, run against a stub of the openstack client. */
import {execFile} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {parse} from 'yaml';
import type {Bundle, Report} from '../../src/model/bundle.ts';
import {render} from '../../src/pipeline/index.ts';
import {parseInventory} from '../../src/store/index.ts';
import {samplesFolder} from '../support/replay/sample.ts';

const run = promisify(execFile);

/** Writes down what it is asked; a stack's environment goes into a file of the stack's name. */
const stub = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$CALLS"
case "$*" in
  'token issue'*) echo p1 ;;
  'security group list'*) echo 'g1 default' ;;
  'keypair show'*) exit 1 ;;
  'stack output show'*) [ "\${*: -1}" = "\${MISSING-}" ] && exit 1
    echo "told \${*: -2:1} \${*: -1}" ;;
  'stack create'*)
    name=\${*: -1}
    [ "$name" = "\${BROKEN-}" ] && exit 1
    while [ $# -gt 0 ]; do
      if [ "$1" = -e ]; then cat "$2" >>"$CALLS.$name" && echo '---' >>"$CALLS.$name"; fi
      shift
    done ;;
  'stack resource show'*) echo "id-of-\${*: -1}" ;;
  'server stop'*) exit "\${STOP-0}" ;;
esac
`;

interface Ran {
  readonly code: number;
  readonly error: string;
  /** Words after \`openstack\`. */
  readonly calls: readonly string[];
  /** Values that the stack was given. */
  readonly given: (stack: string) => Promise<Readonly<Record<string, unknown>>>;
}

async function layered(sample: string): Promise<{readonly bundle: Bundle; readonly report: Report}> {
  const text = await readFile(join(samplesFolder, sample, 'inventory.json'), 'utf8');
  return render(parseInventory(sample, text), {shape: {layout: 'by-layer'}});
}

async function ran(
  t: ExecutionContext,
  bundle: Bundle,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const root = await mkdtemp(join(tmpdir(), 'layered script '));
  t.teardown(() => rm(root, {recursive: true}));
  const folder = join(root, "out $(id)'s");
  for (const {path, text} of bundle) {
    await mkdir(dirname(join(folder, path)), {recursive: true});
    await writeFile(join(folder, path), text);
  }
  await mkdir(join(root, 'bin'));
  await writeFile(join(root, 'bin/openstack'), stub);
  await chmod(join(root, 'bin/openstack'), 0o755);
  const calls = join(root, 'calls');
  const around = {PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`, CALLS: calls, ...env};
  const {code, error} = await run('bash', [join(folder, 'deploy.sh'), ...args], {cwd: '/', env: around}).then(
    ({stderr}) => ({code: 0, error: stderr}),
    (failure: {code: number; stderr: string}) => ({code: failure.code, error: failure.stderr}),
  );
  return {
    code,
    error,
    calls: (await readFile(calls, 'utf8').catch(() => '')).split('\n').filter(line => line !== ''),
    given: async stack => {
      const files = (await readFile(`${calls}.${stack}`, 'utf8')).split('---\n').filter(text => text !== '');
      const values = files.map(text => (parse(text) as {parameters: object | null}).parameters ?? {});
      return Object.assign({}, ...values) as Readonly<Record<string, unknown>>;
    },
  };
}

test('the stacks are made in order, each with what those before it tell', async t => {
  const {bundle, report} = await layered('hard');
  const {layers = []} = report;
  const {code, error, calls, given} = await ran(t, bundle, ['shop', '--timeout', '30']);
  t.is(code, 0, error);
  const made = calls.filter(call => call.startsWith('stack create'));
  t.deepEqual(
    made.map(call => call.split(' ').at(-1)),
    layers.map(({name}) => `shop-${name}`),
  );
  for (const call of made) t.regex(call, / --timeout 30 /);
  let fed = 0;
  for (const {name, feeds} of layers) {
    const values = await given(`shop-${name}`);
    for (const [parameter, {layer, output}] of Object.entries(feeds)) {
      t.is(values[parameter], `told shop-${layer} ${output}`);
      fed += 1;
    }
  }
  t.true(fed > 10);
  const asked = calls.filter(call => call.startsWith('stack output show -f value'));
  t.is(new Set(asked).size, asked.length, 'each output is asked for once');
});

test('every step is carried out, those of all layers', async t => {
  const {bundle, report} = await layered('hard');
  const {code, calls} = await ran(t, bundle);
  t.is(code, 0);
  const stops = report.steps.filter(({command}) => command[0] === 'server' && command[1] === 'stop').length;
  t.true(stops > 0);
  t.is(calls.filter(call => call.startsWith('server stop')).length, stops);
  const without = await ran(t, bundle, ['--no-steps']);
  t.is(without.code, 0, without.error);
  t.false(without.calls.some(call => call.startsWith('server stop')));
});

test('a parameter goes to the templates that have it', async t => {
  const {bundle, report} = await layered('hard');
  const {given, code, error} = await ran(t, bundle, ['shop', '--parameter', 'external_network_public=ext']);
  t.is(code, 0, error);
  let seen = 0;
  for (const {name, dir} of report.layers ?? []) {
    const own = bundle.find(({path}) => path === `${dir}/template.yaml`)?.text ?? '';
    const values = await given(`shop-${name}`);
    const has = own.includes('\n  external_network_public:\n');
    t.is(values['external_network_public'], has ? 'ext' : undefined, name);
    if (has) seen += 1;
  }
  t.true(seen > 0);
});

test('a parameter that no template has is refused before anything is made', async t => {
  const {bundle} = await layered('web');
  const {code, error, calls} = await ran(t, bundle, ['--parameter', 'nonsense=1']);
  t.is(code, 1);
  t.regex(error, /no template has a parameter nonsense/);
  t.deepEqual(calls, []);
});

test('a stack that fails ends it, and says how to go on', async t => {
  const {bundle} = await layered('web');
  const {code, error, calls} = await ran(t, bundle, ['shop'], {BROKEN: 'shop-network'});
  t.is(code, 1);
  t.regex(error, /stay as they are; mend it and run this again/);
  t.false(calls.some(call => call.endsWith('shop-compute')));
});

test('an output that is not there ends it', async t => {
  const {bundle, report} = await layered('web');
  const feeds = report.layers?.find(({name}) => name === 'compute')?.feeds ?? {};
  const [feed] = Object.values(feeds);
  const {code, error, calls} = await ran(t, bundle, ['shop'], {MISSING: feed?.output ?? ''});
  t.is(code, 1);
  t.true(error.includes(`the stack shop-${feed?.layer ?? ''} has no output ${feed?.output ?? ''}`), error);
  t.false(calls.some(call => call.startsWith('stack create') && call.endsWith('shop-compute')));
});

test('a step that fails keeps nothing else from being made, and shows in the end', async t => {
  const {bundle, report} = await layered('hard');
  const {code, error, calls} = await ran(t, bundle, ['shop'], {STOP: '1'});
  t.is(code, 1);
  t.regex(error, /steps beside the stacks failed/);
  t.is(calls.filter(call => call.startsWith('stack create')).length, report.layers?.length ?? 0);
});
