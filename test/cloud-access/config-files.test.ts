import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {entry, settle} from './support/settings.ts';

const clouds = (user: string): object => ({clouds: {c: entry({}, {username: user})}});

test('files: the working directory comes before the home directory before /etc', async t => {
  const files = {
    '/etc/openstack/clouds.yaml': clouds('etc'),
    '/etc/xdg/openstack/clouds.yaml': clouds('xdg-site'),
    '/home/ann/.config/openstack/clouds.yaml': clouds('home'),
    '/here/clouds.yaml': clouds('cwd'),
  };
  const order: (string | undefined)[] = [];
  const left: Record<string, object> = {...files};
  for (const path of Object.keys(files).reverse()) {
    order.push((await settle({files: left})).settings.auth['username']);
    delete left[path];
  }
  t.deepEqual(order, ['cwd', 'home', 'xdg-site', 'etc']);
});

test('files: XDG_CONFIG_HOME comes before ~/.config', async t => {
  const files = {
    '/xdg/openstack/clouds.yaml': clouds('xdg'),
    '/home/ann/.config/openstack/clouds.yaml': clouds('home'),
  };
  t.is((await settle({files, env: {XDG_CONFIG_HOME: '/xdg'}})).settings.auth['username'], 'xdg');
});

test('files: a snap finds the real home', async t => {
  const files = {'/home/real/.config/openstack/clouds.yaml': clouds('real')};
  const env = {SNAP_REAL_HOME: '/home/real'};
  t.is((await settle({files, env, home: '/home/real/snap/1'})).settings.auth['username'], 'real');
});

test('files: macOS and Windows have directories of their own', async t => {
  const mac = {'/Users/ann/Library/Application Support/openstack/clouds.yml': clouds('mac')};
  t.is((await settle({files: mac, home: '/Users/ann', platform: 'darwin'})).settings.auth['username'], 'mac');
  const windows = {'C:\\Local\\OpenStack\\openstack\\clouds.yaml': clouds('win')};
  const env = {LOCALAPPDATA: 'C:\\Local'};
  const found = await settle({
    files: windows,
    env,
    home: 'C:\\Users\\ann',
    cwd: 'C:\\work',
    platform: 'win32',
  });
  t.is(found.settings.auth['username'], 'win');
});

test('files: .yaml comes before .yml before .json', async t => {
  const files: Record<string, object> = {
    '/here/clouds.json': clouds('json'),
    '/here/clouds.yml': clouds('yml'),
    '/here/clouds.yaml': clouds('yaml'),
  };
  t.is((await settle({files})).settings.auth['username'], 'yaml');
  delete files['/here/clouds.yaml'];
  t.is((await settle({files})).settings.auth['username'], 'yml');
  delete files['/here/clouds.yml'];
  t.is((await settle({files})).settings.auth['username'], 'json');
});

test('files: nothing merges across directories', async t => {
  const files = {
    '/here/clouds.yaml': {clouds: {a: entry()}},
    '/etc/openstack/clouds.yaml': {clouds: {b: entry()}},
  };
  const error = await t.throwsAsync(settle({files, options: {osCloud: 'b'}}), {instanceOf: RekindleError});
  t.is(error.code, 'config');
});

test('files: one that cannot be read is skipped', async t => {
  const files = {'/here/clouds.yaml': null, '/etc/openstack/clouds.yaml': clouds('etc')};
  t.is((await settle({files})).settings.auth['username'], 'etc');
});

test('files: one that cannot be parsed is skipped with a warning that shows nothing of it', async t => {
  const files = {
    '/here/clouds.yaml': 'clouds:\n  c:\n    auth: {password: hunter22, [\n',
    '/etc/openstack/clouds.yaml': clouds('etc'),
  };
  const {settings, heard} = await settle({files});
  t.is(settings.auth['username'], 'etc');
  const warning = heard.find(({level}) => level === 'warn')?.message ?? '';
  t.regex(warning, /^\/here\/clouds\.yaml is skipped: not valid YAML: .* in line \d+$/u);
  t.false(JSON.stringify(heard).includes('hunter22'));
});

test('files: an alias without anchor is a syntax error, not a crash, and its name is not shown', async t => {
  const files = {'/here/clouds.yaml': 'clouds: *hunter22\n', '/etc/openstack/clouds.yaml': clouds('etc')};
  const {settings, heard} = await settle({files});
  t.is(settings.auth['username'], 'etc');
  t.false(JSON.stringify(heard).includes('hunter22'));
});

test('files: OS_CLIENT_CONFIG_FILE comes first, ~ is the home directory', async t => {
  const files = {'/home/ann/my.yaml': clouds('mine'), '/here/clouds.yaml': clouds('cwd')};
  const {settings} = await settle({files, env: {OS_CLIENT_CONFIG_FILE: '~/my.yaml'}});
  t.is(settings.auth['username'], 'mine');
  t.is(settings.file, '/home/ann/my.yaml');
});

test('files: a missing OS_CLIENT_CONFIG_FILE is warned of and the search goes on', async t => {
  const {settings, heard} = await settle({
    files: {'/here/clouds.yaml': clouds('cwd')},
    env: {OS_CLIENT_CONFIG_FILE: '/nowhere.yaml'},
  });
  t.is(settings.auth['username'], 'cwd');
  t.true(heard.some(({level, message}) => level === 'warn' && message.includes('/nowhere.yaml')));
});

test('secure: it is searched for by itself and merged deeply over the entry', async t => {
  const files = {
    '/here/clouds.yaml': {clouds: {c: {auth: {auth_url: 'http://k.test', username: 'ann', password: 'old'}}}},
    '/etc/openstack/secure.yaml': {clouds: {c: {auth: {password: 'new'}}}},
  };
  const {settings} = await settle({files});
  t.like(settings.auth, {username: 'ann', password: 'new'});
});

test('secure: hyphens in one file meet underscores in the other', async t => {
  const files = {
    '/here/clouds.yaml': {
      clouds: {c: entry({}, {application_credential_id: 'x', application_credential_secret: 'old'})},
    },
    '/here/secure.yaml': {clouds: {c: {auth: {'application-credential-secret': 'new'}}}},
  };
  t.is((await settle({files})).settings.auth['application_credential_secret'], 'new');
});

test('secure: OS_CLIENT_SECURE_FILE comes first', async t => {
  const files = {
    '/here/clouds.yaml': {clouds: {c: entry({}, {password: undefined})}},
    '/here/secure.yaml': {clouds: {c: {auth: {password: 'wrong'}}}},
    '/s.json': {clouds: {c: {auth: {password: 'right'}}}},
  };
  const {settings} = await settle({files, env: {OS_CLIENT_SECURE_FILE: '/s.json'}});
  t.is(settings.auth['password'], 'right');
});

test('secure: a file that others can read is warned of', async t => {
  const files = {'/here/clouds.yaml': {clouds: {c: entry()}}, '/here/secure.yaml': {clouds: {}}};
  const open = await settle({files, mode: 0o644});
  t.true(open.heard.some(({level, message}) => level === 'warn' && message.includes('chmod 600')));
  const closed = await settle({files, mode: 0o600});
  t.false(closed.heard.some(({level}) => level === 'warn'));
});

test('files: clouds that is not a mapping names the file', async t => {
  const error = await t.throwsAsync(settle({files: {'/here/clouds.yaml': {clouds: ['c']}}}), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'config');
  t.regex(error.message, /\/here\/clouds\.yaml: clouds must be a mapping/u);
});
