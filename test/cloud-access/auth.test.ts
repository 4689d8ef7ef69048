import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {keystoneUrl} from '../../src/cloud/auth/keystone.ts';
import {cloud, open, tokenReply} from './support/keystone.ts';

test('auth: the address gets /v3 unless it has it, and keeps its prefix', t => {
  t.is(keystoneUrl('http://k.test:5000'), 'http://k.test:5000/v3');
  t.is(keystoneUrl('http://k.test:5000/v3/'), 'http://k.test:5000/v3');
  t.is(keystoneUrl('https://k.test/identity/'), 'https://k.test/identity/v3');
  t.is(keystoneUrl('https://k.test/v2.0'), 'https://k.test/v3');
});

test('auth: a password by names', async t => {
  const server = await cloud(t);
  const {session} = await open(t, server);
  t.is(server.seen[0]?.url, '/identity/v3/auth/tokens');
  t.deepEqual(server.auths(), [
    {
      auth: {
        identity: {
          methods: ['password'],
          password: {user: {name: 'ann', domain: {name: 'Default'}, password: 'ann-pass'}},
        },
        scope: {project: {name: 'web', domain: {name: 'Default'}}},
      },
    },
  ]);
  t.is(session.cloud, 'fake');
  t.is(session.authHost, new URL(server.url).host);
  t.like(session.identity, {project: {id: 'p-1', name: 'web'}, user: {name: 'ann'}, methods: ['password']});
  t.deepEqual(session.identity.roles, ['member', 'reader']);
});

const BODIES: readonly (readonly [string, Record<string, string>, object])[] = [
  [
    'a password by ids',
    {OS_AUTH_TYPE: 'v3password', OS_USER_ID: 'u-1', OS_PASSWORD: 'p', OS_PROJECT_ID: 'p-1'},
    {
      identity: {methods: ['password'], password: {user: {id: 'u-1', password: 'p'}}},
      scope: {project: {id: 'p-1'}},
    },
  ],
  [
    'an application credential by id, never with a scope',
    {
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_APPLICATION_CREDENTIAL_ID: 'ac',
      OS_APPLICATION_CREDENTIAL_SECRET: 's',
      OS_PROJECT_ID: 'p-1',
      OS_PROJECT_DOMAIN_ID: 'd',
    },
    {identity: {methods: ['application_credential'], application_credential: {id: 'ac', secret: 's'}}},
  ],
  [
    'an application credential by name',
    {
      OS_AUTH_TYPE: 'v3application_credential',
      OS_APPLICATION_CREDENTIAL_NAME: 'ac',
      OS_APPLICATION_CREDENTIAL_SECRET: 's',
      OS_USERNAME: 'ann',
      OS_USER_DOMAIN_ID: 'd',
    },
    {
      identity: {
        methods: ['application_credential'],
        application_credential: {name: 'ac', secret: 's', user: {name: 'ann', domain: {id: 'd'}}},
      },
    },
  ],
  [
    'a one-time passcode',
    {OS_AUTH_TYPE: 'v3totp', OS_USER_ID: 'u', OS_PASSCODE: '123456', OS_PROJECT_ID: 'p-1'},
    {
      identity: {methods: ['totp'], totp: {user: {id: 'u', passcode: '123456'}}},
      scope: {project: {id: 'p-1'}},
    },
  ],
  [
    'several factors in one request',
    {
      OS_AUTH_TYPE: 'v3multifactor',
      OS_AUTH_METHODS: 'v3password,v3totp',
      OS_USER_ID: 'u',
      OS_PASSWORD: 'p',
      OS_PASSCODE: '1',
      OS_PROJECT_ID: 'p-1',
    },
    {
      identity: {
        methods: ['password', 'totp'],
        password: {user: {id: 'u', password: 'p'}},
        totp: {user: {id: 'u', passcode: '1'}},
      },
      scope: {project: {id: 'p-1'}},
    },
  ],
  [
    'a system scope',
    {OS_AUTH_TYPE: 'password', OS_USER_ID: 'u', OS_PASSWORD: 'p', OS_SYSTEM_SCOPE: 'all'},
    {
      identity: {methods: ['password'], password: {user: {id: 'u', password: 'p'}}},
      scope: {system: {all: true}},
    },
  ],
  [
    'a trust',
    {OS_AUTH_TYPE: 'password', OS_USER_ID: 'u', OS_PASSWORD: 'p', OS_TRUST_ID: 't'},
    {
      identity: {methods: ['password'], password: {user: {id: 'u', password: 'p'}}},
      scope: {'OS-TRUST:trust': {id: 't'}},
    },
  ],
  [
    'a domain scope',
    {OS_AUTH_TYPE: 'password', OS_USER_ID: 'u', OS_PASSWORD: 'p', OS_DOMAIN_NAME: 'corp'},
    {
      identity: {methods: ['password'], password: {user: {id: 'u', password: 'p'}}},
      scope: {domain: {name: 'corp'}},
    },
  ],
];

for (const [name, env, auth] of BODIES) {
  test(`auth: ${name}`, async t => {
    const server = await cloud(t);
    await open(t, server, {env});
    t.deepEqual(server.auths(), [{auth}]);
  });
}

test('auth: a token that already has the scope is used as it is, never exchanged', async t => {
  const server = await cloud(t, undefined, () => tokenReply({id: 'given', status: 200}));
  const env = {
    OS_AUTH_TYPE: 'v3token',
    OS_TOKEN: 'given',
    OS_PROJECT_NAME: 'web',
    OS_PROJECT_DOMAIN_NAME: 'Default',
  };
  const {session} = await open(t, server, {env});
  t.is(session.identity.project?.name, 'web');
  t.deepEqual(
    server.seen.map(({method}) => method),
    ['GET'],
  );
  t.like(server.seen[0]?.headers, {'x-auth-token': 'given', 'x-subject-token': 'given'});
});

test('auth: a project of the same name in another domain is another project', async t => {
  const server = await cloud(t, undefined, ({method}) =>
    method === 'GET' ? tokenReply({status: 200}) : tokenReply(),
  );
  const env = {
    OS_AUTH_TYPE: 'token',
    OS_TOKEN: 'given',
    OS_PROJECT_NAME: 'web',
    OS_PROJECT_DOMAIN_NAME: 'corp',
  };
  await open(t, server, {env});
  t.like(server.auths()[0], {
    auth: {
      identity: {methods: ['token'], token: {id: 'given'}},
      scope: {project: {name: 'web', domain: {name: 'corp'}}},
    },
  });
});

test('auth: a token that may not be rescoped says why', async t => {
  const server = await cloud(t, undefined, ({method}) =>
    method === 'GET' ? tokenReply({status: 200}) : {status: 403},
  );
  const env = {OS_AUTH_TYPE: 'token', OS_TOKEN: 'given', OS_PROJECT_ID: 'other'};
  const error = await t.throwsAsync(open(t, server, {env}), {instanceOf: RekindleError});
  t.regex(error.message, /does not give this token for the project other/u);
  t.regex(error.hint ?? '', /application credential/u);
});

test('auth: an unscoped token takes the only project', async t => {
  const server = await cloud(
    t,
    () => ({json: {projects: [{id: 'p-9', name: 'only'}]}}),
    (_, count) => tokenReply(count === 0 ? {project: null, id: 'unscoped'} : {}),
  );
  await open(t, server, {env: {OS_PROJECT_NAME: ''}});
  t.is(server.seen[1]?.url, '/identity/v3/auth/projects');
  t.like(server.auths()[1], {auth: {identity: {token: {id: 'unscoped'}}, scope: {project: {id: 'p-9'}}}});
});

test('auth: an unscoped token with several projects lists them', async t => {
  const projects = [
    {id: '1', name: 'web'},
    {id: '2', name: 'db'},
  ];
  const server = await cloud(
    t,
    () => ({json: {projects}}),
    () => tokenReply({project: null}),
  );
  const error = await t.throwsAsync(open(t, server, {env: {OS_PROJECT_NAME: ''}}), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'config');
  t.regex(error.message, /no project is named, and the user has db, web/u);
});

test('auth: admin_token and none send nothing to Keystone', async t => {
  const server = await cloud(t, () => ({json: {users: []}}));
  const admin = await open(t, server, {
    env: {OS_AUTH_TYPE: 'admin_token', OS_TOKEN: 'fixed', OS_ENDPOINT: `${server.url}/v3`, OS_AUTH_URL: ''},
  });
  await (await admin.session.service('identity'))?.list('users', 'users');
  t.is(server.seen[0]?.headers['x-auth-token'], 'fixed');
  t.is(await admin.session.service('network'), undefined);
  const none = await open(t, server, {env: {OS_AUTH_TYPE: 'none', OS_ENDPOINT: server.url, OS_AUTH_URL: ''}});
  await (await none.session.service('baremetal'))?.list('v1/nodes', 'users');
  t.is(server.seen[1]?.headers['x-auth-token'], undefined);
  t.is(server.auths().length, 0);
});
