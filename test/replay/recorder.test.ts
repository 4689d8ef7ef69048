import test from 'ava';
import {openSession} from '../../src/cloud/index.ts';
import {startRecorder} from '../support/replay/recorder.ts';
import {keyOf, type Recording} from '../support/replay/recording.ts';
import {scrub} from '../support/replay/scrub.ts';
import {openReplay} from '../support/replay/session.ts';
import {startReplay} from '../support/replay/server.ts';
import {recording} from './small.ts';

test('what a recorder writes down is answered by a replay as the cloud did, without a secret', async t => {
  const cloud = await startReplay(recording);
  const recorder = await startRecorder(cloud.authUrl);
  t.teardown(async () => Promise.all([cloud.close(), recorder.close()]));
  const session = await openSession(
    {
      osAuthUrl: recorder.authUrl,
      osUsername: 'dana',
      osPassword: 'correct horse',
      osUserDomainName: 'Default',
      osProjectName: 'shop',
      osProjectDomainName: 'Default',
    },
    {env: {}, cwd: '/', home: '/nonexistent', platform: 'linux', logger: {log: () => {}}},
  );
  const read = async (from: typeof session): Promise<unknown> =>
    (await from.service('network'))?.list('networks', 'networks', {query: {project_id: 'p1'}});
  const first = await read(session);
  session.close();
  const exchanges = recorder.exchanges();
  t.deepEqual(
    exchanges.map(keyOf).sort(),
    [
      'GET /network/v2.0/networks?project_id=p1',
      'GET /network/v2.0/networks?marker=n1&project_id=p1',
      'GET /network/v2.0/networks?marker=n2&project_id=p1',
      'POST /v3/auth/tokens right',
      'POST /v3/auth/tokens wrong',
    ].sort(),
  );
  const text = JSON.stringify(exchanges);
  for (const secret of ['correct horse', 'replayed-', cloud.origin, recorder.authUrl])
    t.false(text.includes(secret), secret);

  const again: Recording = {...recording, exchanges};
  const replayed = await openReplay(again);
  t.teardown(replayed.close);
  t.deepEqual(await read(replayed.session), first);
  await t.throwsAsync(openReplay(again, {password: 'wrong'}), {code: 'auth'});
});

test('tokens, passwords, mail addresses, machines, times and request ids are scrubbed', t => {
  const body = JSON.stringify({
    token: 'gAAAAABk0123456789abcdefghijklmnop-_==',
    password: 'correct horse',
    psk: 'of "the" tunnel\\',
    mail: 'dana@corp.test',
    kept: ['dana@example.org', 'ssh-ed25519 AAAA dana'],
    'OS-EXT-SRV-ATTR:host': 'rack7.corp',
    'os-vol-host-attr:host': 'rack8@lvm#pool',
    hostname: 'web-1',
    elsewhere: 'rack7.corp',
    message: 'see req-01234567-89ab-cdef-0123-456789abcdef',
    links: 'http://10.1.2.3:8774/v2.1',
    audit_ids: ['x'],
    expires_at: '2026-01-01T00:00:00Z',
  });
  const [clean] = scrub(
    [
      {
        method: 'POST',
        path: '/v3/auth/tokens',
        query: '',
        credential: 'right',
        status: 201,
        headers: {
          'x-subject-token': 'secret-token',
          server: 'nginx',
          date: 'now',
          'content-type': 'application/json',
          'x-container-read': '.r:*',
          'x-container-meta-temp-url-key': 'signs addresses',
        },
        body,
      },
    ],
    {secrets: ['correct horse', 'secret-token'], origins: [['http://10.1.2.3:8774', '{{origin}}/compute']]},
  );
  t.deepEqual(clean?.headers, {
    'x-subject-token': '{{token}}',
    'content-type': 'application/json',
    'x-container-read': '.r:*',
    'x-container-meta-temp-url-key': 'scrubbed',
  });
  t.deepEqual(JSON.parse(clean?.body ?? ''), {
    token: '{{token}}',
    password: '{{token}}',
    psk: 'scrubbed',
    mail: 'someone@example.org',
    kept: ['dana@example.org', 'ssh-ed25519 AAAA dana'],
    'OS-EXT-SRV-ATTR:host': 'host-1',
    'os-vol-host-attr:host': 'host-2@lvm#pool',
    hostname: 'web-1',
    elsewhere: 'host-1',
    message: 'see req-00000000-0000-0000-0000-000000000000',
    links: '{{origin}}/compute/v2.1',
    audit_ids: [],
    expires_at: '{{later}}',
  });
});
