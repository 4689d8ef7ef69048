/** Whatever is wrong with the cloud or the way to it: one clear sentence, the right code, nothing half-written. */
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createServer, type AddressInfo} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {makeCertificates} from '../cloud-access/support/certificates.ts';
import {serve} from '../cloud-access/support/server.ts';
import {password, testCloud} from './support/cloud.ts';
import {bench, type Bench, type Changes} from './support/world.ts';

const words = ['snapshot', 'out'];

/** The sentence, and a hint below it at most. */
async function refused(
  t: ExecutionContext,
  {dir, run}: Bench,
  more: readonly string[],
  {code, message, ...changes}: Changes & {readonly code: number; readonly message: RegExp},
): Promise<void> {
  const before = await readdir(dir);
  const ran = await run([...words, ...more], changes);
  t.is(ran.stdout, '');
  t.regex(ran.stderr, message);
  const lines = ran.stderr.trimEnd().split('\n');
  t.is(lines.filter(line => line.startsWith('rekindle: ')).length, 1, ran.stderr);
  t.notRegex(ran.stderr, /\n\s+at |undefined|\[object/);
  t.false(ran.stderr.includes(password));
  t.is(ran.code, code, ran.stderr);
  t.deepEqual(await readdir(dir), before);
}

test('wrong password', async t => {
  const {env} = await testCloud(t);
  const message = /^rekindle: .*127\.0\.0\.1:\d+ rejects .*\n {2}the password is wrong/;
  await refused(t, await bench(t), [], {env: {...env, OS_PASSWORD: 'wrong'}, code: 1, message});
});

test('no password, and no terminal to ask on', async t => {
  const {env} = await testCloud(t);
  const {OS_PASSWORD: _, ...others} = env;
  await refused(t, await bench(t), [], {env: others, code: 2, message: /password/i});
});

test('no password on a terminal: asked for, and never shown', async t => {
  const {env} = await testCloud(t);
  const {OS_PASSWORD: _, ...others} = env;
  const {run} = await bench(t);
  let question = '';
  const answer = (asked: string): string => {
    question = asked;
    return password;
  };
  const {code, stdout, stderr} = await run([...words, '--debug'], {env: others, answer});
  t.is(code, 0, stderr);
  t.regex(question, /password/i);
  t.false(`${stdout}${stderr}`.includes(password));
});

test('unknown cloud', async t => {
  const made = await bench(t);
  await writeFile(
    join(made.dir, 'clouds.yaml'),
    'clouds: {alpha: {auth: {auth_url: "http://127.0.0.1:1"}}}\n',
    {mode: 0o600},
  );
  await refused(t, made, ['--os-cloud', 'alhpa'], {code: 2, message: /alhpa.*alpha/s});
});

test('no cloud at all', async t => {
  await refused(t, await bench(t), [], {code: 2, message: /clouds\.yaml|OS_/});
});

test('a broken clouds.yaml', async t => {
  const made = await bench(t);
  await writeFile(join(made.dir, 'clouds.yaml'), 'clouds: [', {mode: 0o600});
  await refused(t, made, ['--os-cloud', 'alpha'], {code: 2, message: /clouds\.yaml/});
});

test('nobody listens at the address', async t => {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const {port} = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  const {env} = await testCloud(t);
  await refused(t, await bench(t), ['--http-timeout', '2'], {
    env: {...env, OS_AUTH_URL: `http://127.0.0.1:${port}/v3`},
    code: 1,
    message: new RegExp(`127\\.0\\.0\\.1:${port}`),
  });
});

test('unknown host', async t => {
  const {env} = await testCloud(t);
  await refused(t, await bench(t), [], {
    env: {...env, OS_AUTH_URL: 'http://keystone.invalid:5000/v3'},
    code: 1,
    message: /keystone\.invalid/,
  });
});

test('an authority that is not trusted', async t => {
  const certificates = makeCertificates();
  t.teardown(() => certificates.remove());
  const {url} = await serve(t, () => ({json: {}}), certificates.server);
  const {env} = await testCloud(t);
  const message = /^rekindle: .*certificate.*--os-cacert|--insecure/s;
  await refused(t, await bench(t), [], {env: {...env, OS_AUTH_URL: `${url}/v3`}, code: 1, message});
});

test('HTTP where HTTPS is spoken, and a page where JSON should be', async t => {
  const certificates = makeCertificates();
  t.teardown(() => certificates.remove());
  const {port} = await serve(t, () => ({json: {}}), certificates.server);
  const page = await serve(t, () => ({text: '<html>hello</html>', headers: {'content-type': 'text/html'}}));
  const {env} = await testCloud(t);
  for (const url of [`http://127.0.0.1:${port}/v3`, `${page.url}/v3`]) {
    await refused(t, await bench(t), ['--http-timeout', '2'], {
      env: {...env, OS_AUTH_URL: url},
      code: 1,
      message: /127\.0\.0\.1/,
    });
  }
});

test('a token that has expired and cannot be renewed', async t => {
  const {env} = await testCloud(t, ({path, method}) =>
    method === 'POST' && path.endsWith('/auth/tokens')
      ? {
          status: 401,
          body: '{"error": {"code": 401, "message": "The token has expired", "title": "Unauthorized"}}',
        }
      : undefined,
  );
  const {OS_USERNAME: _, OS_PASSWORD: __, ...others} = env;
  await refused(t, await bench(t), [], {
    env: {...others, OS_TOKEN: 'gAAAA-old', OS_AUTH_TYPE: 'token'},
    code: 1,
    message: /^rekindle: .*(token|refused|rejected)/s,
  });
});

test('tokens that die on the way are renewed, and nobody notices', async t => {
  const {env} = await testCloud(t, ({path, before}) =>
    path.endsWith('/servers/detail') && before === 0 ? 'expire' : undefined,
  );
  const {run} = await bench(t);
  const {code, stderr} = await run(words, {env});
  t.is(code, 0, stderr);
  t.is(stderr, '');
});

test('no Heat, where it is needed', async t => {
  const {run} = await bench(t);
  const recorded = await testCloud(t);
  t.is((await run(words, {env: recorded.env})).code, 0);
  const text = (await fetchToken(recorded.env)).replaceAll('"orchestration"', '"elsewhere"');
  const {env} = await testCloud(t, ({path, method}) =>
    method === 'POST' && path.endsWith('/auth/tokens')
      ? {status: 201, headers: {'x-subject-token': 'x'}, body: text}
      : undefined,
  );
  for (const command of ['check', 'deploy', 'verify']) {
    const {code, stdout, stderr} = await run([command, 'out'], {env});
    t.is(code, 1);
    t.is(stdout, '');
    t.regex(stderr, /^rekindle: .*orchestration/);
  }
});

async function fetchToken(env: Readonly<Record<string, string>>): Promise<string> {
  const auth = {
    auth: {
      identity: {
        methods: ['password'],
        password: {user: {name: env['OS_USERNAME'], domain: {name: 'Default'}, password: 'x'}},
      },
      scope: {project: {name: env['OS_PROJECT_NAME'], domain: {name: 'Default'}}},
    },
  };
  const answer = await fetch(`${env['OS_AUTH_URL']}/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify(auth),
  });
  return answer.text();
}

test('no compute service: nothing is read for less than it is', async t => {
  const recorded = await testCloud(t);
  const text = (await fetchToken(recorded.env)).replaceAll('"compute"', '"elsewhere"');
  const {env} = await testCloud(t, ({path, method}) =>
    method === 'POST' && path.endsWith('/auth/tokens')
      ? {status: 201, headers: {'x-subject-token': 'x'}, body: text}
      : undefined,
  );
  await refused(t, await bench(t), [], {env, code: 1, message: /compute/});
});

test('a service that refuses a list: partial, code 3, named in the bundle', async t => {
  const body = '{"forbidden": {"code": 403, "message": "Policy does not allow it"}}';
  const {env} = await testCloud(t, ({path}) =>
    path.endsWith('/os-server-groups') ? {status: 403, body} : undefined,
  );
  const {dir, run} = await bench(t);
  const {code, stdout, stderr} = await run(words, {env});
  t.is(code, 3);
  t.regex(stdout, /^out: /);
  t.regex(stderr, /^warning: server_group \(compute\): /);
  t.regex(await readFile(join(dir, 'out', 'report.md'), 'utf8'), /Gaps/);
});

test('a list of the core that cannot be had: nothing is written', async t => {
  const {env} = await testCloud(t, ({path}) =>
    path.endsWith('/servers/detail') ? {status: 200, body: '{"servers": [{"id": "1"'} : undefined,
  );
  await refused(t, await bench(t), [], {env, code: 1, message: /servers\/detail/});
});

test('a folder in the way is said before the cloud is asked', async t => {
  const {env, replay} = await testCloud(t);
  const {dir, run} = await bench(t);
  await writeFile(join(dir, 'out'), 'mine');
  const {code, stderr} = await run(words, {env});
  t.is(code, 2);
  t.regex(stderr, /out exists and is no folder/);
  t.is(replay.counts.size, 0);
});

test('--debug, --log-file and --timing show no secret', async t => {
  const {env} = await testCloud(t);
  const {dir, run} = await bench(t);
  const {code, stdout, stderr} = await run([...words, '--debug', '--timing', '--log-file', 'trace.log'], {
    env,
  });
  t.is(code, 0, stderr);
  const log = await readFile(join(dir, 'trace.log'), 'utf8');
  t.regex(stderr, /> POST http:\/\/127\.0\.0\.1:\d+\/v3\/auth\/tokens/);
  t.regex(stderr, /\| GET compute servers\/detail +\| +200 \| +\d+\.\d{3} \|/);
  t.regex(log, /^\d{4}-\d\d-\d\dT\S+ debug > POST /m);
  for (const text of [stdout, stderr, log]) {
    t.false(text.includes(password));
    t.notRegex(text, /replayed-\d/);
  }
  t.regex(stdout, /^out: /);
});

test('--debug shows the stack of a failure, and no secret', async t => {
  const {env} = await testCloud(t);
  const {run} = await bench(t);
  const {code, stderr} = await run([...words, '--debug', '--os-password', 'wrong'], {env});
  t.is(code, 1);
  t.regex(stderr, /\n\s+at /);
  t.notRegex(stderr, /"wrong"|password: wrong/);
});

test('cloud:NAME takes the entry, whatever --os-cloud says', async t => {
  const {env} = await testCloud(t);
  const {dir, run} = await bench(t);
  const auth = {
    auth_url: env['OS_AUTH_URL'],
    username: env['OS_USERNAME'],
    password,
    user_domain_name: 'Default',
    project_domain_name: 'Default',
    project_name: env['OS_PROJECT_NAME'],
  };
  const clouds = {alpha: {auth}, beta: {auth: {...auth, password: 'wrong'}}};
  await writeFile(join(dir, 'clouds.yaml'), JSON.stringify({clouds}), {mode: 0o600});
  t.is((await run(['list', 'cloud:alpha', '--os-cloud', 'beta'])).code, 0);
  t.is((await run(['list', 'cloud:beta', '--os-cloud', 'alpha'])).code, 1);
  t.is((await run(['list', 'cloud:', '--os-cloud', 'alpha'])).code, 0);
  t.is((await run(['diff', 'cloud:alpha', 'cloud:alpha'])).code, 0);
  t.is((await run(['list', 'cloud:gamma'])).code, 2);
});
