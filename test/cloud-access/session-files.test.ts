import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import test, {type ExecutionContext} from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {openSession} from '../../src/cloud/index.ts';
import {cloud, tokenReply} from './support/keystone.ts';
import {makeCertificates} from './support/certificates.ts';
import {serve} from './support/server.ts';
import {surroundingsOf} from './support/surroundings.ts';

function folder(t: ExecutionContext, files: Readonly<Record<string, unknown>>): string {
  const made = mkdtempSync(path.join(tmpdir(), 'rekindle-clouds-'));
  t.teardown(() => rmSync(made, {recursive: true}));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(made, name), JSON.stringify(content), {mode: 0o600});
  }
  return made;
}

const ANN = {
  username: 'ann',
  user_domain_name: 'Default',
  project_name: 'web',
  project_domain_name: 'Default',
};

test('session: from files of the working directory, the password in secure.yaml', async t => {
  const server = await cloud(t);
  const cwd = folder(t, {
    'clouds.yaml': {clouds: {home: {auth: {...ANN, auth_url: server.url}}, other: {}}},
    'secure.yaml': {clouds: {home: {auth: {password: 'from-secure'}}}},
  });
  chmodSync(path.join(cwd, 'secure.yaml'), 0o640);
  const surroundings = surroundingsOf({cwd});
  const session = await openSession({osCloud: 'home'}, surroundings);
  t.teardown(() => session.close());
  t.is(session.cloud, 'home');
  t.like(server.auths()[0], {auth: {identity: {password: {user: {password: 'from-secure'}}}}});
  t.true(surroundings.heard.some(({level, message}) => level === 'warn' && message.includes('chmod 600')));
});

test('session: a profile is fetched from its host without credentials', async t => {
  const server = await cloud(t);
  const vendor = await serve(t, ({url}) =>
    url === '/.well-known/openstack/api'
      ? {json: {name: 'vendor', profile: {auth: {auth_url: server.url}, region_name: 'V'}}}
      : {status: 404},
  );
  const cwd = folder(t, {
    'clouds.yaml': {clouds: {v: {profile: `${vendor.url}/docs`, auth: {...ANN, password: 'hunter22'}}}},
  });
  const session = await openSession({osCloud: 'v'}, surroundingsOf({cwd}));
  t.teardown(() => session.close());
  t.is(session.region, 'V');
  t.false(JSON.stringify(vendor.seen).includes('hunter22'));
});

test('session: a host that publishes no profile is a configuration error', async t => {
  const vendor = await serve(t, () => ({status: 404}));
  const cwd = folder(t, {'clouds.yaml': {clouds: {v: {profile: vendor.url, auth: ANN}}}});
  const error = await t.throwsAsync(openSession({osCloud: 'v'}, surroundingsOf({cwd})), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'config');
  t.regex(error.message, /publishes no OpenStack profile \(status 404\)/u);
});

test('session: the entry’s own authority is trusted, and a rejection names entry and file', async t => {
  const certificates = makeCertificates();
  t.teardown(() => certificates.remove());
  let reply = tokenReply();
  const server = await serve(t, () => reply, certificates.server);
  const c = {cacert: certificates.caFile, auth: {...ANN, auth_url: server.url, password: 'hunter22'}};
  const cwd = folder(t, {'clouds.yaml': {clouds: {c}}});
  const session = await openSession({osCloud: 'c'}, surroundingsOf({cwd}));
  t.is(session.identity.user.name, 'ann');
  session.close();
  reply = {status: 401, json: {}};
  const error = await t.throwsAsync(openSession({osCloud: 'c'}, surroundingsOf({cwd})), {
    instanceOf: RekindleError,
  });
  t.true(error.message.endsWith(`(cloud c of ${path.join(cwd, 'clouds.yaml')})`));
  t.false(`${error.message}${error.hint}`.includes('hunter22'));
});
