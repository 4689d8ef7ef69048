import test from 'ava';

import {errorMessage} from '../../src/cloud/http/error-body.ts';
import {serviceError} from '../../src/cloud/http/service-error.ts';
import {cleanText, oneLine} from '../../src/cloud/http/text.ts';
import {get} from './support/http.ts';

/** As the services answer them; those marked * were recorded from a real cloud. */
const SHAPES: readonly (readonly [string, unknown, string])[] = [
  [
    'nova *',
    {itemNotFound: {code: 404, message: 'Instance nope could not be found.'}},
    'Instance nope could not be found.',
  ],
  ['cinder', {overLimit: {code: 413, message: 'VolumeSizeExceeded', retryAfter: '0'}}, 'VolumeSizeExceeded'],
  ['manila', {badRequest: {code: 400, message: 'Invalid share'}}, 'Invalid share'],
  [
    'neutron',
    {NeutronError: {type: 'NetworkNotFound', message: 'Network x could not be found.', detail: ''}},
    'Network x could not be found.',
  ],
  ['neutron with detail', {NeutronError: {type: 'X', message: 'Bad.', detail: 'Because'}}, 'Bad. (Because)'],
  ['neutron, bare text', {NeutronError: 'Something'}, 'Something'],
  [
    'neutron without wrapper',
    {message: 'The resource could not be found.', code: 404},
    'The resource could not be found.',
  ],
  [
    'heat *',
    {
      code: 403,
      title: 'Forbidden',
      explanation: 'Access was denied to this resource.',
      error: {type: 'HTTPForbidden', traceback: null, message: 'You are not authorized.'},
    },
    'You are not authorized.',
  ],
  [
    'heat without message',
    {
      code: 500,
      title: 'Internal Server Error',
      explanation: 'The server has erred.',
      error: {type: 'X', traceback: 'T'},
    },
    'The server has erred.',
  ],
  [
    'heat out of patience with its engine',
    {
      code: 500,
      title: 'Internal Server Error',
      explanation: 'The server has erred.',
      error: {type: 'MessagingTimeout', traceback: null},
    },
    'The server has erred. (MessagingTimeout)',
  ],
  [
    'heat out of patience, in its own words',
    {code: 500, title: 'Internal Server Error', error: {type: 'MessagingTimeout', message: 'Timed out'}},
    'Timed out (MessagingTimeout)',
  ],
  [
    'keystone *',
    {error: {code: 401, message: 'The request requires authentication.', title: 'Unauthorized'}},
    'The request requires authentication.',
  ],
  [
    'glance *',
    {message: 'No image found with ID nope<br /><br />\n\n\n', code: '404 Not Found', title: 'Not Found'},
    'No image found with ID nope',
  ],
  [
    'octavia',
    {faultcode: 'Client', faultstring: 'Load Balancer x not found.', debuginfo: null},
    'Load Balancer x not found.',
  ],
  [
    'aodh',
    {error_message: {faultcode: 'Client', faultstring: 'Alarm x not found', debuginfo: null}},
    'Alarm x not found',
  ],
  ['aodh, text', {error_message: 'Not authorized'}, 'Not authorized'],
  [
    'designate',
    {code: 404, type: 'zone_not_found', message: 'Could not find Zone', request_id: 'req-1'},
    'Could not find Zone',
  ],
  [
    'designate with errors',
    {
      code: 400,
      type: 'invalid_object',
      message: 'Provided object does not match schema',
      errors: {errors: [{path: ['ttl'], message: "'x' is not an integer"}]},
      request_id: 'req-1',
    },
    "Provided object does not match schema ('x' is not an integer)",
  ],
  ['barbican', {code: 404, title: 'Not Found', description: 'Secret not found.'}, 'Secret not found.'],
  [
    'magnum',
    {
      errors: [
        {
          status: 404,
          code: '',
          links: [],
          title: 'Cluster x missing',
          detail: 'Cluster x could not be found.',
          request_id: '',
        },
      ],
    },
    'Cluster x could not be found.',
  ],
  ['placement', {errors: [{status: 400, title: 'Bad Request', detail: 'Bad query\n\n   '}]}, 'Bad query'],
  ['OVH', {error: {status: 429, message: 'Too many requests'}}, 'Too many requests'],
  ['a gateway with a map', {message: {name: ['too long']}}, '{"name":["too long"]}'],
];

for (const [name, body, message] of SHAPES) {
  test(`error body: ${name}`, t => {
    t.is(errorMessage(JSON.stringify(body), 'Reason'), message);
  });
}

const TEXTS: readonly (readonly [string, string, string])[] = [
  [
    'swift',
    '<html><h1>Not Found</h1><p>The resource could not be found.</p></html>',
    'Not Found The resource could not be found.',
  ],
  [
    'glance, HTML',
    '<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  No image<br /><br />\n </body>\n</html>',
    '404 Not Found No image',
  ],
  [
    'a load balancer',
    '<html><body><h1>503 Service Unavailable</h1>\nNo server is available.\n</body></html>',
    '503 Service Unavailable No server is available.',
  ],
  ['plain text', 'Invalid path: x\n', 'Invalid path: x'],
  ['nothing', '', 'Reason'],
  ['broken JSON', '{"error": {"message": "half', 'Reason'],
  ['JSON that says nothing', '{}', 'Reason'],
  ['a JSON number', '42', '42'],
];

for (const [name, body, message] of TEXTS) {
  test(`error body: ${name}`, t => {
    t.is(errorMessage(body, 'Reason'), message);
  });
}

test('error body: endless nesting is no endless work', t => {
  const deep = `${'{"error":'.repeat(500)}"x"${'}'.repeat(500)}`;
  t.is(errorMessage(deep, 'Reason'), 'Reason');
});

test('text: escape sequences, control characters and direction marks are gone', t => {
  const hostile =
    '\u001B[31mred\u001B[0m \u001B]0;title\u0007bell\u0007 a\u0000b\u009Bc \u202Ereversed\u202C \u2028line\r\nnext\u200B';
  t.is(cleanText(hostile), 'red bell a b c reversed line next');
  t.is(oneLine('a <b>\n\u001B[2Jc'), 'a <b> c');
});

test('text: scripts, comments and entities', t => {
  t.is(cleanText('<script>alert(1)</script>a &lt;b&gt; &amp;amp; <!-- no -->c'), 'a <b> &amp; c');
  t.is(cleanText('1 < 2 and 3 > 2'), '1 < 2 and 3 > 2');
});

test('text: length is capped by characters, not in the midst of one', t => {
  const long = cleanText('😀'.repeat(5000), 10);
  t.is(Array.from(long).length, 10);
  t.is(long, `${'😀'.repeat(9)}…`);
  t.true(cleanText('<'.repeat(1_000_000)).length <= 600);
});

const REQUEST = get('https://c.test/v2.1/servers/x?secret=1', {
  path: 'servers/x',
  headers: {'x-auth-token': 'hunter22'},
});
const answer = (status: number, text: string, headers: Record<string, string> = {}) =>
  serviceError(
    {status, reason: 'R', headers, text, url: REQUEST.url, tokenDropped: false, tries: 1},
    REQUEST,
    'k.test',
  );

test('service error: service, method, path without query, status, message, request id', t => {
  const error = answer(404, '{"itemNotFound":{"message":"gone"}}', {'x-openstack-request-id': 'req-1'});
  t.is(error.message, 'compute: GET servers/x answered 404: gone (req-1)');
  t.deepEqual(error.origin, {
    service: 'compute',
    method: 'GET',
    path: 'servers/x',
    status: 404,
    requestId: 'req-1',
  });
});

test('service error: codes by status', t => {
  const codes = [400, 401, 403, 404, 406, 407, 409, 429, 500, 503].map(status => answer(status, '').code);
  t.deepEqual(codes, [
    'http',
    'auth',
    'forbidden',
    'not-found',
    'http',
    'connect',
    'conflict',
    'http',
    'http',
    'http',
  ]);
});

test('service error: a used-up quota is neither a lack of roles nor a conflict', t => {
  const error = answer(403, '{"forbidden":{"message":"Quota exceeded for instances: Requested 1"}}');
  t.is(error.code, 'http');
  t.regex(error.hint ?? '', /quota/u);
});

test('service error: the ids of Nova and Swift serve too, and a hostile one does not', t => {
  t.is(answer(500, '', {'x-compute-request-id': 'req-2'}).origin.requestId, 'req-2');
  t.is(answer(500, '', {'x-trans-id': 'tx1-2'}).origin.requestId, 'tx1-2');
  t.is(answer(500, '', {'x-trans-id': 'a b\u001B[31m'}).origin.requestId, undefined);
});

test('service error: an answer that echoes the token does not get it out', t => {
  t.is(answer(400, 'bad header: hunter22').message, 'compute: GET servers/x answered 400: bad header: ***');
});
