import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {HERE, entry, settle} from './support/settings.ts';

const OPENRC = {
  OS_AUTH_URL: 'https://env.test/v3',
  OS_USERNAME: 'eve',
  OS_PASSWORD: 'eve-pass',
  OS_PROJECT_NAME: 'env-project',
  OS_USER_DOMAIN_NAME: 'Default',
  OS_PROJECT_DOMAIN_NAME: 'Default',
};
const TWO = {[HERE]: {clouds: {source: entry(), target: entry({}, {username: 'tom'})}}};

test('choice: the only entry is taken', async t => {
  t.is((await settle({files: {[HERE]: {clouds: {solo: entry()}}}})).settings.name, 'solo');
});

test('choice: of several none is taken, and they are listed', async t => {
  const error = await t.throwsAsync(settle({files: TWO}), {instanceOf: RekindleError});
  t.is(error.code, 'config');
  t.regex(error.message, /source, target/u);
  t.regex(error.hint ?? '', /--os-cloud or OS_CLOUD/u);
});

test('choice: the flag beats OS_CLOUD', async t => {
  const {settings} = await settle({files: TWO, env: {OS_CLOUD: 'source'}, options: {osCloud: 'target'}});
  t.is(settings.name, 'target');
});

test('choice: an unknown cloud lists the names, the paths and the near miss', async t => {
  const error = await t.throwsAsync(settle({files: TWO, options: {osCloud: 'sorce'}}), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'config');
  t.regex(
    error.message,
    /There is no cloud sorce: there are source, target; looked for .*\/etc\/openstack\/clouds\.yaml/u,
  );
  t.is(error.hint, 'did you mean source?');
});

test('choice: a name that resembles nothing gets no guess', async t => {
  const error = await t.throwsAsync(settle({files: TWO, options: {osCloud: 'xy'}}), {
    instanceOf: RekindleError,
  });
  t.false(error.hint?.includes('did you mean'));
});

test('choice: the environment makes a cloud called envvars, whatever the files hold', async t => {
  const {settings} = await settle({files: TWO, env: OPENRC});
  t.is(settings.name, 'envvars');
  t.is(settings.file, undefined);
  t.like(settings.auth, {username: 'eve', project_name: 'env-project'});
});

test('choice: OS_CLOUD_NAME names that cloud', async t => {
  t.is((await settle({env: {...OPENRC, OS_CLOUD_NAME: 'mine'}})).settings.name, 'mine');
});

test('choice: an entry with the name of that cloud is refused', async t => {
  const files = {[HERE]: {clouds: {envvars: entry()}}};
  const error = await t.throwsAsync(settle({files}), {instanceOf: RekindleError});
  t.regex(error.message, /envvars/u);
});

test('choice: selectors alone make no cloud, nor do empty and foreign variables', async t => {
  const env = {OS_REGION_NAME: 'R', OS_USERNAME: '', OS_ACTIVITY_DT_MODE: 'enable', OS_CLOUD: ''};
  const {settings} = await settle({files: {[HERE]: {clouds: {solo: entry()}}}, env});
  t.is(settings.name, 'solo');
  t.is(settings.region, 'R');
});

test('choice: nothing at all says where files were looked for', async t => {
  const error = await t.throwsAsync(settle({}), {instanceOf: RekindleError});
  t.is(error.code, 'config');
  t.regex(error.message, /No cloud is configured; looked for \/here\/clouds\.yaml, \/home\/ann\/\.config/u);
});

test('choice: flags alone are enough', async t => {
  const {settings} = await settle({
    files: TWO,
    options: {osAuthUrl: 'https://flag.test', osUsername: 'fay', osPassword: 'p', osProjectId: 'x'},
  });
  t.is(settings.name, 'envvars');
  t.is(settings.auth['auth_url'], 'https://flag.test');
});

test('choice: the environment overrides a cloud chosen by OS_CLOUD, and that is told', async t => {
  const env = {OS_CLOUD: 'source', OS_PROJECT_NAME: 'other', OS_USERNAME: 'eve'};
  const {settings, heard} = await settle({files: TWO, env});
  t.like(settings.auth, {username: 'eve', project_name: 'other', password: 'ann-pass'});
  const told = heard.find(({message}) => message.includes('overrides'));
  t.deepEqual(told, {
    level: 'info',
    message: 'The environment overrides the cloud source: OS_PROJECT_NAME, OS_USERNAME',
  });
});

test('choice: overriding who acts in a cloud named by the flag is a warning', async t => {
  const {heard} = await settle({files: TWO, env: {OS_USERNAME: 'eve'}, options: {osCloud: 'source'}});
  t.is(heard.find(({message}) => message.includes('overrides'))?.level, 'warn');
});

test('choice: flags beat the environment', async t => {
  const {settings} = await settle({env: OPENRC, options: {osProjectName: 'flag-project'}});
  t.is(settings.auth['project_name'], 'flag-project');
});

test('choice: an environment without address says which variables made the cloud', async t => {
  const error = await t.throwsAsync(settle({env: {OS_CACERT: '/ca.pem'}}), {instanceOf: RekindleError});
  t.regex(error.message, /auth_url is missing/u);
  t.regex(error.hint ?? '', /OS_CACERT/u);
});
