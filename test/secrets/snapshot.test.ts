/** Taking and rendering a project full of secrets, at every verbosity. */
import test from 'ava';
import {plantedCloud} from './support/cloud.ts';
import {planted, plantedIn, type Planted} from './support/planted.ts';
import {leaks, open, stage, verbosities} from './support/stage.ts';

/** What `--secrets capture` is for. */
const capturable: readonly Planted[] = ['psk', 'payload', 'tempUrl', 'tempUrl2', 'directory', 'webhook'];

for (const verbosity of verbosities) {
  const said = verbosity.join(' ') || 'nothing said';
  test(`snapshot, ${said}: no secret anywhere but the user’s own words in the bundle`, async t => {
    const {run, files} = await stage(t);
    const {env, replay} = await plantedCloud(t);
    const ran = await run(['snapshot', 'out', ...verbosity], {env});
    t.true([0, 3].includes(ran.code), ran.stderr);
    t.true(replay.counts.has('POST /v3/auth/tokens'));
    const held = await files();
    t.deepEqual(leaks(ran, held), []);
    t.deepEqual(open(held), []);
    // They were there to leak: the user's words came through.
    const inventory = held.find(({path}) => path === 'out/inventory.json')?.text ?? '';
    t.true(plantedIn(inventory).includes('userKey'));
    t.true(plantedIn(inventory).includes('metadata'));
  });

  test(`snapshot --secrets capture, ${said}: they are in secrets.yaml alone`, async t => {
    const {run, files} = await stage(t);
    const {env} = await plantedCloud(t);
    const ran = await run(['snapshot', 'out', '--secrets', 'capture', ...verbosity], {env});
    t.true([0, 3].includes(ran.code), ran.stderr);
    const held = await files();
    t.deepEqual(leaks(ran, held, true), []);
    t.deepEqual(open(held), []);
    const secrets = held.find(({path}) => path === 'out/secrets.yaml');
    t.is(secrets?.mode, 0o600);
    t.deepEqual(
      capturable.filter(name => !plantedIn(secrets?.text ?? '').includes(name)),
      [],
    );
  });
}

test('an application credential, and a token given by hand', async t => {
  const {run, files} = await stage(t);
  const {env, recording} = await plantedCloud(t);
  const {OS_AUTH_URL = '', OS_REGION_NAME = ''} = env;
  const common = {OS_AUTH_URL, OS_REGION_NAME, NO_PROXY: '127.0.0.1'};
  const credential = {
    OS_APPLICATION_CREDENTIAL_ID: 'c1',
    OS_APPLICATION_CREDENTIAL_SECRET: planted.applicationSecret,
  };
  const ran = await run(['snapshot', 'a', '--debug', '--log-file', 'a.log'], {
    env: {...common, ...credential},
  });
  t.true([0, 3].includes(ran.code), ran.stderr);
  t.deepEqual(leaks(ran, await files()), []);
  const words = [
    'snapshot',
    'b',
    '--debug',
    '--os-token',
    planted.token,
    '--os-project-name',
    recording.project.name,
  ];
  const byToken = await run(words, {env: common});
  t.deepEqual(leaks(byToken, await files()), []);
  const typed = ['snapshot', 'c', '--debug', '--os-password', planted.password];
  const byPassword = await run(typed, {env: {...env, OS_PASSWORD: ''}});
  t.true([0, 3].includes(byPassword.code), byPassword.stderr);
  t.deepEqual(leaks(byPassword, await files()), []);
});

test('user data left out is nowhere', async t => {
  const {run, files} = await stage(t);
  const {env} = await plantedCloud(t);
  await run(['snapshot', 'out', '--user-data', 'omit', '--debug', '--log-file', 'run.log'], {env});
  for (const {path, text} of await files())
    t.false(
      plantedIn(text).some(name => name === 'userKey' || name === 'userPassword'),
      path,
    );
});

test('the report says where to look, and standard error that there is something to see', async t => {
  const {run, files} = await stage(t);
  const {env} = await plantedCloud(t);
  const {stderr} = await run(['snapshot', 'out'], {env});
  t.regex(stderr, /^warning: \d+ likely secrets in user data and metadata: report\.md says where$/m);
  const report = (await files()).find(({path}) => path === 'out/report.md')?.text ?? '';
  t.regex(report, /^## Likely secrets/m);
  for (const place of [
    String.raw`server \`OS-EXT-SRV-ATTR:user\_data\` line 2: a value called password`,
    String.raw`server \`OS-EXT-SRV-ATTR:user\_data\` line 6: a private key`,
    String.raw`server \`metadata.db\_password\`: a value called password`,
    String.raw`server \`metadata.note\`: a private key`,
    'volume `metadata.token`: a value called token',
    'container `headers.x-container-meta-api-token`: a value called token',
  ])
    t.true(report.includes(place.replaceAll(String.raw`\``, '`')), place);
});
