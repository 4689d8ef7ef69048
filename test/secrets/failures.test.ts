/** Whatever fails while a project is read, and however much of it is told: nothing secret is. */
import {writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import {join} from 'node:path';
import {inspect} from 'node:util';
import test from 'ava';
import {discover, openSession, type Logger} from '../../src/index.ts';
import {plantedCloud} from './support/cloud.ts';
import {failures} from './support/failures.ts';
import {planted, plantedIn} from './support/planted.ts';
import {leaks, stage} from './support/stage.ts';

const loud = ['--debug', '--timing', '--log-file', 'run.log'];

for (const {name, fault, words = []} of failures) {
  for (const verbosity of [[], ['-v'], loud]) {
    test(`${name}: ${verbosity.join(' ') || 'nothing said'}`, async t => {
      const {run, files} = await stage(t);
      const {env} = await plantedCloud(t, fault);
      const ran = await run(['snapshot', 'out', ...words, ...verbosity], {env});
      t.not(ran.code, 0);
      t.deepEqual(leaks(ran, await files()), []);
    });
  }

  test(`${name}: the library’s error, inspected to the ground`, async t => {
    const {env} = await plantedCloud(t, fault);
    const said: string[] = [];
    const logger: Logger = {log: (level, message) => void said.push(`${level} ${message}`)};
    const outer = {env, cwd: '/', home: '/nowhere', platform: 'linux', logger};
    let shown = '';
    try {
      const session = await openSession(words.length === 0 ? {} : {httpTimeout: 1}, outer);
      t.teardown(() => session.close());
      const inventory = await discover(session, {logger, userData: 'omit'});
      shown = inspect([inventory.gaps, session], {depth: Infinity, showHidden: true});
    } catch (error) {
      for (let at: unknown = error; at !== undefined; at = at instanceof Error ? at.cause : undefined)
        shown += `${inspect(at, {depth: Infinity, showHidden: true})} ${JSON.stringify(at)}\n`;
    }
    t.not(shown, '');
    t.deepEqual(plantedIn(shown), []);
    t.deepEqual(plantedIn(said.join('\n')), []);
  });
}

test('a cloud that is not there, one that speaks no TLS, and one that is nobody’s', async t => {
  const {run, files} = await stage(t);
  const {env, replay} = await plantedCloud(t);
  const https = replay.authUrl.replace('http:', 'https:');
  const {HTTPS_PROXY: _proxy, ...direct} = env;
  const worlds = [
    {...env, OS_AUTH_URL: 'http://127.0.0.1:1/v3'},
    {...direct, OS_AUTH_URL: https},
    {...env, OS_AUTH_URL: `http://user:${planted.image}@127.0.0.1:1/v3`},
    {...env, OS_AUTH_URL: `http://user:${planted.image}@/v3`},
    {...env, OS_AUTH_URL: `ftp://user:${planted.image}@cloud.test/v3`},
    {...env, NO_PROXY: '', HTTP_PROXY: `socks://user:${planted.webhook}@127.0.0.1:1`},
    {...env, NO_PROXY: '', HTTP_PROXY: `http://user:${planted.webhook}@127.0.0.1:1`},
    {...env, NO_PROXY: '', HTTP_PROXY: `http://user:${planted.webhook}@ [`},
    {...env, OS_AUTH_TYPE: planted.webhook === '' ? '' : 'v2password'},
    {...env, OS_COMPUTE_ENDPOINT_OVERRIDE: `http://user:${planted.image}@127.0.0.1:1/`},
    {...env, OS_COMPUTE_ENDPOINT_OVERRIDE: `http://user:${planted.image}@127.0.0.1:1/%(nothing)s`},
  ];
  for (const world of worlds) {
    const ran = await run(['snapshot', 'out', ...loud], {env: world});
    t.not(ran.code, 0, JSON.stringify(world));
    t.deepEqual(leaks(ran, await files()), []);
  }
});

test('clouds.yaml and secure.yaml that can’t be read quote nothing', async t => {
  const texts = [
    `clouds: {a: {auth: {password: "${planted.webhook}\n`,
    `clouds:\n  a:\n    auth:\n      password: *${planted.webhook}\n`,
    `clouds:\n  a:\n    auth:\n      password: !${planted.webhook} x\n`,
    `clouds:\n  a:\n    auth:\n      password: [${planted.webhook}]\n`,
    `clouds:\n  a:\n    auth:\n      password: {${planted.webhook}: 1}\n`,
    `clouds:\n  a:\n    auth: ${planted.webhook}\n`,
    `clouds: ${planted.webhook}\n`,
    planted.webhook,
    `clouds:\n  a:\n    verify: ${planted.webhook}\n`,
    `clouds:\n  a:\n    auth:\n      auth_url: http://u:${planted.webhook}@[x\n      password: x\n`,
    `clouds:\n  a:\n    auth:\n      auth_url: http://u:${planted.webhook}@127.0.0.1:1/v3\n      username: u\n      password: 0${planted.webhook}\n`,
  ];
  for (const text of texts) {
    for (const file of ['clouds.yaml', 'secure.yaml']) {
      const {run, dir} = await stage(t);
      await writeFile(join(dir, file), text, {mode: 0o600});
      if (file === 'secure.yaml') await writeFile(join(dir, 'clouds.yaml'), 'clouds: {a: {}}\n');
      const ran = await run(['snapshot', 'out', '--os-cloud', 'a', '--debug']);
      t.not(ran.code, 0, text);
      t.deepEqual(plantedIn(ran.stdout + ran.stderr), [], text);
    }
  }
});

test('words that are wrong are not said again where they may be a secret', async t => {
  const {run} = await stage(t);
  const {env} = await plantedCloud(t);
  for (const words of [
    ['snapshot', 'out', `--os-password=${planted.webhook}`, '--os-pasword', 'x'],
    ['snapshot', 'out', `--os-pasword=${planted.webhook}`],
    ['snapshot', 'out', `--os-token=${planted.webhook}`, '--os-auth-type', 'nothing'],
    ['stack', 'preview', 'nowhere', '-P', `psk=${planted.webhook}`],
  ]) {
    const ran = await run(words, {env});
    t.not(ran.code, 0);
    t.deepEqual(plantedIn(ran.stdout + ran.stderr), [], words.join(' '));
  }
});

test('a crash in our own code, with secrets in its message and its causes', async t => {
  for (const more of [[], ['--debug']]) {
    const {run, files} = await stage(t);
    const {env} = await plantedCloud(t);
    const ran = await run(['snapshot', 'out', ...more], {
      env,
      print() {
        const cause = new Error(`password ${planted.password}; token=${planted.token}`);
        throw new TypeError(`Cannot read ${planted.password} of "psk": "${planted.psk}"`, {cause});
      },
    });
    t.is(ran.code, 1);
    t.regex(ran.stderr, /internal error/);
    t.deepEqual(leaks(ran, await files()), []);
  }
});

test('an interrupted run', async t => {
  for (const what of ['SIGINT', 'SIGTERM', 'SIGPIPE'] as const) {
    const {run, files} = await stage(t);
    const {env, replay} = await plantedCloud(t);
    const ran = await run(['snapshot', 'out', ...loud], {env, interruption: {after: 'servers/detail', what}});
    t.true(ran.code > 128, ran.stderr);
    const held = await files();
    t.deepEqual(leaks(ran, held), []);
    t.deepEqual(
      held.map(({path}) => path).filter(path => path !== 'run.log'),
      [],
    );
    // The server is there still: the run ended by itself.
    const socket = connect(Number(new URL(replay.authUrl).port), '127.0.0.1');
    await new Promise(resolve => socket.once('connect', resolve));
    socket.destroy();
  }
});
