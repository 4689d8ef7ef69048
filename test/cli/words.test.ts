import test from 'ava';
import {parse} from '../../src/cli/parse.ts';
import {cloudOptions} from '../../src/cli/cloud-options.ts';
import type {GlobalArgs} from '../../src/cli/globals.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {bench} from './support/world.ts';

type Args = GlobalArgs & Readonly<Record<string, unknown>>;

async function argsOf(...words: readonly string[]): Promise<Args> {
  const parsed = await parse(words, {version: '1'});
  if (!('action' in parsed)) throw new Error(parsed.text);
  return parsed.args;
}

test('an operand that looks like a number stays text', async t => {
  t.is((await argsOf('snapshot', '1e3'))['dir'], '1e3');
  t.is((await argsOf('snapshot', '007'))['dir'], '007');
  t.is((await argsOf('list', '0x10'))['source'], '0x10');
  t.is((await argsOf('deploy', 'out', '--stack', '1e3'))['stack'], '1e3');
});

test('- is an operand, and a value', async t => {
  t.is((await argsOf('list', '-'))['source'], '-');
  t.is((await argsOf('snapshot', 'x', '--log-file', '-'))['log-file'], '-');
});

test('what follows -- is an operand, whatever it looks like', async t => {
  t.is((await argsOf('snapshot', '--', '--force'))['dir'], '--force');
  t.is((await argsOf('snapshot', '--force', '--', '-'))['dir'], '-');
});

test('an option that may be repeated takes one word each time, and no operand', async t => {
  const args = await argsOf('deploy', '-P', 'a=1', '--parameter', 'b=2', '-e', 'x.yaml', 'out', '-P', 'c=3');
  t.deepEqual(args['parameter'], ['a=1', 'b=2', 'c=3']);
  t.deepEqual(args['environment'], ['x.yaml']);
  t.is(args['dir'], 'out');
});

test('of an option that may not be repeated the last counts', async t => {
  const args = await argsOf('snapshot', '--os-cloud', 'a', '--force', '--os-cloud=b', '--force');
  t.is(args['os-cloud'], 'b');
  t.is(args['force'], true);
});

test('options with no- are options of their own', async t => {
  const args = await argsOf('deploy', 'out', '--no-wait', '--no-color');
  t.is(args['no-wait'], true);
  t.is(args['no-color'], true);
  await t.throwsAsync(argsOf('snapshot', '--no-force'), {instanceOf: RekindleError, message: /--no-force/});
});

test('underscores are hyphens, in names only', async t => {
  const args = await argsOf('snapshot', 'my_dir', '--os_cloud', 'a_b', '--os_project_name=c_d');
  t.is(args['os-cloud'], 'a_b');
  t.is(args['os-project-name'], 'c_d');
  t.is(args['dir'], 'my_dir');
});

test('global options stand anywhere on the line', async t => {
  const args = await argsOf('--os-cloud', 'a', '-v', 'list', 'out', '-v', '--debug');
  t.is(args['os-cloud'], 'a');
  t.is(args.verbose, 2);
  t.is(args.debug, true);
});

test("a command's own flags may stand before it", async t => {
  const args = await argsOf('--force', '--os-cloud', 'list', 'snapshot', 'out');
  t.is(args['force'], true);
  t.is(args['os-cloud'], 'list');
  t.is(args['dir'], 'out');
});

test('every global option of the openstack client reaches the session', async t => {
  const names =
    `auth-url auth-type username user-id password token passcode project-name project-id user-domain-name
    user-domain-id project-domain-name project-domain-id domain-name domain-id default-domain system-scope trust-id
    region-name interface application-credential-id application-credential-name application-credential-secret endpoint
    cacert cert key cloud`.split(/\s+/);
  const words = names.flatMap(name => [`--os-${name}`, `value of ${name}`]);
  const options = cloudOptions(await argsOf('snapshot', ...words)) as Readonly<Record<string, unknown>>;
  for (const name of names) {
    const camel = `os-${name}`.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    t.is(options[camel], `value of ${name}`);
  }
});

test('older names and those of plugins are taken as well', async t => {
  const older =
    '--os-tenant-name a --os-endpoint-type internal --os-url http://x --os-identity-provider idp ' +
    '--os-client-secret s --insecure --http-timeout 2.5';
  const options = cloudOptions(await argsOf('snapshot', ...older.split(' ')));
  t.is(options.osProjectName, 'a');
  t.is(options.osInterface, 'internal');
  t.is(options.osEndpoint, 'http://x');
  t.deepEqual(options.osAuth, {identity_provider: 'idp', client_secret: 's'});
  t.is(options.insecure, true);
  t.is(options.httpTimeout, 2.5);
});

test('the newer name beats the older', async t => {
  const options = cloudOptions(
    await argsOf('snapshot', '--os-project-name', 'new', '--os-tenant-name', 'old'),
  );
  t.is(options.osProjectName, 'new');
});

test('API versions go to their service, by its type', async t => {
  const options = cloudOptions(
    await argsOf('snapshot', '--os-compute-api-version', '2.90', '--os_volume_api_version=3.60'),
  );
  t.deepEqual(options.osApiVersions, {compute: '2.90', 'block-storage': '3.60'});
});

test('an empty option is unset, but never the cloud', async t => {
  const options = cloudOptions(await argsOf('snapshot', '--os-region-name', '', '--os-password='));
  t.is(options.osRegionName, undefined);
  t.is(options.osPassword, undefined);
  const args = await argsOf('snapshot', '--os-cloud', '');
  t.throws(() => cloudOptions(args), {message: '--os-cloud is empty'});
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [['snapshto'], /no command "snapshto"\n {2}did you mean snapshot\?/],
  [['snap'], /no command "snap"\n {2}did you mean snapshot\?/],
  [['frobnicate'], /no command "frobnicate"\n {2}rekindle --help/],
  [['snapshot', '--fore'], /no option --fore\n {2}did you mean --force\?/],
  [['snapshot', '--os-clod', 'x'], /no option --os-clod\n {2}did you mean --os-cloud\?/],
  [['snapshot', '-z'], /no option -z/],
  [['--fore', 'snapshot'], /no option --fore\n {2}did you mean --force\?/],
  [['snapshot', 'a', 'b'], /no further operand "b"/],
  [['render'], /render needs another operand/],
  [['diff', 'a'], /diff needs another operand/],
  [['snapshot', '--os-cloud'], /--os-cloud needs a value/],
  [['snapshot', '--os-password', '-x'], /--os-password needs a value\n.*--os-password=VALUE/],
  [['list', 'x', '-f', 'xml'], /--format takes one of .*"csv".*, not "xml"/],
  [['snapshot', '--user-data', 'x'], /--user-data takes one of "keep", "omit", not "x"/],
  [['snapshot', '--http-timeout', 'soon'], /--http-timeout takes a positive number, not "soon"/],
  [['snapshot', '--insecure', '--verify'], /contradict/],
  [['snapshot', ''], /folder to write is empty/],
  [['list', ''], /source is empty/],
  [['diff', '-', '-'], /one of the two sources only/],
];

for (const [words, message] of wrong) {
  test(`usage error: ${words.join(' ')}`, async t => {
    const {run} = await bench(t);
    const {code, stdout, stderr} = await run(words);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, message);
    t.true(stderr.startsWith('rekindle: '), stderr);
    t.true(stderr.trimEnd().split('\n').length <= 2, stderr);
  });
}

test('a value beginning with a hyphen goes with an equals sign', async t => {
  t.is((await argsOf('snapshot', '--os-password=-x'))['os-password'], '-x');
});

test('OS_ variables that nobody knows do no harm', async t => {
  const {run} = await bench(t);
  const {code} = await run(['--version'], {env: {OS_FROBNICATE: '1', OS_: '2'}});
  t.is(code, 0);
});
