import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {keystoneUrl} from '../../src/cloud/auth/keystone.ts';
import {REFUSED, cloud, open, row, tokenReply} from './support/keystone.ts';

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

test('auth: a wrong password names the user, the domain, the host and what may be wrong', async t => {
  const server = await cloud(t, undefined, () => REFUSED);
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'auth');
  t.is(
    error.message,
    `Keystone at ${new URL(server.url).host} rejects user ann of the domain Default or the password`,
  );
  t.is(
    error.hint,
    'the password is wrong, the user does not exist or the user has no role in the project web',
  );
  t.is(server.seen.length, 1);
});

test('auth: after an assumed domain a rejection says so', async t => {
  const server = await cloud(t, undefined, () => REFUSED);
  const env = {OS_USER_DOMAIN_NAME: '', OS_PROJECT_DOMAIN_NAME: ''};
  const error = await t.throwsAsync(open(t, server, {env}), {instanceOf: RekindleError});
  t.regex(error.hint ?? '', /the id "default" was taken: set user_domain_name and project_domain_name/u);
});

test('auth: a rejected application credential and an expired token read differently', async t => {
  const server = await cloud(t, undefined, () => REFUSED);
  const credential = {
    OS_AUTH_TYPE: 'v3applicationcredential',
    OS_APPLICATION_CREDENTIAL_ID: 'ac-1',
    OS_APPLICATION_CREDENTIAL_SECRET: 'hunter22',
  };
  const first = await t.throwsAsync(open(t, server, {env: credential}), {instanceOf: RekindleError});
  t.regex(first.message, /rejects the application credential ac-1/u);
  const second = await t.throwsAsync(
    open(t, server, {env: {OS_AUTH_TYPE: 'v3token', OS_TOKEN: 'hunter22'}}),
    {
      instanceOf: RekindleError,
    },
  );
  t.regex(second.message, /rejects the token/u);
  t.regex(second.hint ?? '', /expired or was revoked/u);
  t.false(JSON.stringify([first, second]).includes('hunter22'));
});

test('auth: an address without Keystone says so', async t => {
  const server = await cloud(t, undefined, () => ({status: 404, text: '<h1>Not Found</h1>'}));
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'config');
  t.regex(error.message, /There is no Keystone v3 at .*\/identity\/v3 \(404: Not Found\)/u);
});

test('auth: an answer without a token is a protocol error', async t => {
  const server = await cloud(t, undefined, () => ({text: '<html>Welcome to nginx</html>'}));
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'protocol');
});

test('auth: an overloaded Keystone is asked again', async t => {
  const server = await cloud(t, undefined, (_, count) => (count < 2 ? {status: 503} : tokenReply()));
  await open(t, server);
  t.is(server.auths().length, 3);
});

test('auth: a passcode is sent only once', async t => {
  const server = await cloud(t, undefined, () => ({status: 503, text: 'busy'}));
  const env = {OS_AUTH_TYPE: 'v3totp', OS_USER_ID: 'u', OS_PASSCODE: '123456'};
  const error = await t.throwsAsync(open(t, server, {env}), {instanceOf: RekindleError});
  t.is(error.code, 'http');
  t.is(server.auths().length, 1);
});

const RECEIPT = {
  status: 401,
  headers: {'openstack-auth-receipt': 'receipt-1'},
  json: {
    receipt: {methods: ['password']},
    required_auth_methods: [
      ['password', 'totp'],
      ['password', 'totp', 'x'],
    ],
  },
};

test('auth: a receipt is not a bad password: the missing method is named, with the settings to use', async t => {
  const server = await cloud(t, undefined, () => RECEIPT);
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'auth');
  t.regex(error.message, /accepted password and wants totp as well: .*multi-factor/u);
  t.regex(error.hint ?? '', /auth_type v3multifactor with auth_methods \[v3password, v3totp\]/u);
});

test('auth: with a terminal the passcode is asked for and sent with the receipt', async t => {
  const server = await cloud(t, undefined, (_, count) => (count === 0 ? RECEIPT : tokenReply()));
  await open(t, server, {prompt: () => Promise.resolve('123456')});
  const second = server.seen[1];
  t.is(second?.headers['openstack-auth-receipt'], 'receipt-1');
  t.like(server.auths()[1], {
    auth: {
      identity: {methods: ['totp'], totp: {user: {passcode: '123456'}}},
      scope: {project: {name: 'web'}},
    },
  });
});

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
  t.regex(error.message, /does not give this token for other/u);
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

test('auth: OpenID Connect by password, with the provider found by discovery', async t => {
  const server = await cloud(t, ({url, method}) => {
    if (url === '/discovery') return {json: {token_endpoint: `${server.url}/idp/token`}};
    if (url === '/idp/token') return {json: {access_token: 'access-1'}};
    return method === 'POST' && url.endsWith('/auth')
      ? tokenReply({project: null, id: 'unscoped'})
      : {status: 404};
  });
  const env = {
    OS_AUTH_TYPE: 'v3oidcpassword',
    OS_IDENTITY_PROVIDER: 'corp idp',
    OS_PROTOCOL: 'openid',
    OS_CLIENT_ID: 'client',
    OS_CLIENT_SECRET: 'secret',
    OS_DISCOVERY_ENDPOINT: `${server.url}/discovery`,
    OS_USERNAME: 'ann',
    OS_PASSWORD: 'p&1',
    OS_PROJECT_ID: 'p-1',
  };
  await open(t, server, {env});
  const [, token, federation] = server.seen;
  t.is(token?.body, 'scope=openid+profile&grant_type=password&username=ann&password=p%261');
  t.is(token?.headers.authorization, `Basic ${Buffer.from('client:secret').toString('base64')}`);
  t.is(federation?.url, '/identity/v3/OS-FEDERATION/identity_providers/corp%20idp/protocols/openid/auth');
  t.is(federation?.headers.authorization, 'Bearer access-1');
  t.like(server.auths()[0], {auth: {identity: {token: {id: 'unscoped'}}, scope: {project: {id: 'p-1'}}}});
});

test('auth: OpenID Connect by client credentials without a secret, and by access token', async t => {
  const server = await cloud(t, ({url}) =>
    url === '/idp' ? {json: {id_token: 'access-2'}} : tokenReply({project: null, id: 'unscoped'}),
  );
  const base = {OS_IDENTITY_PROVIDER: 'i', OS_PROTOCOL: 'p', OS_PROJECT_ID: 'p-1'};
  await open(t, server, {
    env: {
      ...base,
      OS_AUTH_TYPE: 'v3oidcclientcredentials',
      OS_CLIENT_ID: 'client',
      OS_ACCESS_TOKEN_ENDPOINT: `${server.url}/idp`,
      OS_ACCESS_TOKEN_TYPE: 'id_token',
    },
  });
  t.is(server.seen[0]?.body, 'scope=openid+profile&grant_type=client_credentials&client_id=client');
  t.is(server.seen[0]?.headers.authorization, undefined);
  await open(t, server, {env: {...base, OS_AUTH_TYPE: 'v3oidcaccesstoken', OS_ACCESS_TOKEN: 'mine'}});
  t.is(server.seen[3]?.headers.authorization, 'Bearer mine');
});

test('auth: a rejection by the identity provider names it and shows no secret', async t => {
  const server = await cloud(t, () => ({status: 400, json: {error: 'invalid_grant', hint: 'hunter22'}}));
  const env = {
    OS_AUTH_TYPE: 'v3oidcpassword',
    OS_IDENTITY_PROVIDER: 'i',
    OS_PROTOCOL: 'p',
    OS_CLIENT_ID: 'c',
    OS_ACCESS_TOKEN_ENDPOINT: `${server.url}/idp`,
    OS_USERNAME: 'ann',
    OS_PASSWORD: 'hunter22',
  };
  const error = await t.throwsAsync(open(t, server, {env}), {instanceOf: RekindleError});
  t.is(error.code, 'auth');
  t.regex(
    error.message,
    /identity provider at 127\.0\.0\.1:\d+ rejects the credentials \(400: invalid_grant\)/u,
  );
  t.false(error.message.includes('hunter22'));
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

test('auth: nothing that is logged holds a password, a token or the catalog', async t => {
  const server = await cloud(
    t,
    () => ({json: {servers: []}}),
    (_, __, url) => tokenReply({id: 'hunter22-token', catalog: [row('network', `${url}/hunter22-catalog`)]}),
  );
  const {session, heard} = await open(t, server, {env: {OS_PASSWORD: 'hunter22-pass'}});
  await session.service('network');
  t.true(heard.length > 2);
  t.false(JSON.stringify([heard, session.requests]).includes('hunter22-pass'));
  t.false(JSON.stringify([heard, session.requests]).includes('hunter22-token'));
  t.false(JSON.stringify(heard).includes('hunter22-catalog'));
});
