/** Ways for a cloud to fail that quote what they know. */
import type {Fault, Request} from '../../support/replay/server.ts';
import {planted} from './planted.ts';

/** As services quote: dumps of rows in Python and JSON, headers, addresses; credentials as they were sent. */
const rows = {
  psk: planted.psk,
  adminPass: planted.adminPass,
  access_key: planted.accessKey,
  auth_password: planted.chap,
  db_password: planted.metadata,
  api_key: planted.metadataKey,
  token: planted.volumeMetadata,
};
const python = Object.entries(rows)
  .map(([key, value]) => `'${key}': u'${value}'`)
  .join(', ');

export const quoted = [
  `Traceback: body {${python}}`,
  `url swift+https://u:${planted.image}@swift.test/`,
  planted.metadataPem,
  planted.keypair,
  `header X-Auth-Token: ${planted.token}`,
  // What the run sent itself needs no context to be known.
  `${planted.password} ${encodeURIComponent(planted.password)} ${planted.token}`,
  Buffer.from(planted.password).toString('base64'),
  JSON.stringify(planted.password),
].join(' ');

const message = (key: string): string =>
  JSON.stringify({[key]: {code: 500, message: quoted, detail: quoted}});

export interface Failure {
  readonly name: string;
  readonly fault: (request: Request) => Fault | undefined;
  /** More words for the command line. */
  readonly words?: readonly string[];
}

const lists = ({path}: Request): boolean => !path.startsWith('/v3') && !/\/v[\d.]+\/?$/.test(path);
const core = (request: Request): boolean => lists(request) && request.path.startsWith('/compute/');

function on(wanted: (request: Request) => boolean, fault: Fault): Failure['fault'] {
  return request => (wanted(request) ? fault : undefined);
}

const isAuth = ({path}: Request): boolean => path.endsWith('/auth/tokens');

export const failures: readonly Failure[] = [
  {name: '401 at Keystone', fault: on(isAuth, {status: 401, body: message('error')})},
  {name: '403 at Keystone', fault: on(isAuth, {status: 403, body: message('error')})},
  {name: '404 at Keystone', fault: on(isAuth, {status: 404, body: message('error')})},
  {name: '500 at Keystone', fault: on(isAuth, {status: 500, body: message('error')})},
  {
    name: 'Keystone answers no token',
    fault: on(isAuth, {status: 201, body: `{"a": ${JSON.stringify(quoted)}}`}),
  },
  {
    name: 'Keystone’s JSON is broken',
    fault: on(isAuth, {status: 201, body: `{"a": ${JSON.stringify(quoted)}`}),
  },
  {
    name: 'Keystone wants a second factor',
    fault: on(isAuth, {
      status: 401,
      headers: {'openstack-auth-receipt': planted.token},
      body: JSON.stringify({required_auth_methods: [['password', 'totp']], error: {message: quoted}}),
    }),
  },
  {
    name: 'Keystone redirects to another host',
    fault: on(isAuth, {
      status: 302,
      headers: {location: `http://u:${planted.image}@127.0.0.1:1/?token=${planted.webhook}`},
    }),
  },
  {name: '401 of every list', fault: on(lists, {status: 401, body: message('unauthorized')})},
  {name: '403 of every list', fault: on(lists, {status: 403, body: message('forbidden')})},
  {name: '404 of every list', fault: on(lists, {status: 404, body: message('itemNotFound')})},
  {name: '400 of Nova', fault: on(core, {status: 400, body: message('badRequest')})},
  {name: '500 of Nova', fault: on(core, {status: 500, body: message('computeFault')})},
  {
    name: '500 of Nova in HTML',
    fault: on(core, {status: 500, headers: {'content-type': 'text/html'}, body: `<h1>${quoted}</h1>`}),
  },
  {
    name: '409 of Nova in plain text',
    fault: on(core, {status: 409, headers: {'content-type': 'text/plain'}, body: quoted}),
  },
  {
    name: '503 of every list but Nova’s',
    fault: on(request => lists(request) && !core(request), {status: 400, body: message('NeutronError')}),
  },
  {
    name: 'broken JSON',
    fault: on(core, {status: 200, body: `{"servers": [${JSON.stringify({...rows, note: quoted})}`}),
  },
  {name: 'JSON of another shape', fault: on(core, {status: 200, body: JSON.stringify({servers: quoted})})},
  {
    name: 'rows of another shape',
    fault: on(core, {status: 200, body: JSON.stringify({servers: [quoted, rows, null]})}),
  },
  {
    name: 'a redirect to another host',
    fault: on(core, {
      status: 302,
      headers: {location: `http://u:${planted.image}@127.0.0.1:1/x?token=${planted.webhook}`},
    }),
  },
  {
    name: 'a redirect in circles',
    fault: request =>
      core(request) ? {status: 302, headers: {location: `?token=${planted.webhook}`}} : undefined,
  },
  {name: 'no answer in time', fault: on(core, 'stall'), words: ['--http-timeout', '1']},
  {name: 'an answer cut short', fault: on(core, {cut: 300})},
  {
    name: 'headers that tell',
    fault: on(core, {
      status: 418,
      headers: {
        'set-cookie': planted.webhook,
        'x-subject-token': planted.token,
        'x-container-meta-temp-url-key': planted.tempUrl,
        'x-object-meta-api-token': planted.header,
      },
      body: message('teapot'),
    }),
  },
];
