/** A recorded project with secrets planted wherever OpenStack keeps some. */
import type {ExecutionContext} from 'ava';
import {environmentOf} from '../../support/replay/environment.ts';
import {readSample} from '../../support/replay/sample.ts';
import type {Recorded, Recording} from '../../support/replay/recording.ts';
import {startReplay, type Fault, type Replay, type Request} from '../../support/replay/server.ts';
import {planted, userData} from './planted.ts';

type Row = Record<string, unknown>;

/** Into the rows of a list. */
const rows: readonly (readonly [path: RegExp, key: string, plant: Row])[] = [
  [
    /servers\/detail$/,
    'servers',
    {
      adminPass: planted.adminPass,
      'OS-EXT-SRV-ATTR:user_data': Buffer.from(userData).toString('base64'),
      metadata: {
        db_password: planted.metadata,
        api_key: planted.metadataKey,
        note: planted.metadataPem,
      },
    },
  ],
  [
    /volumes\/detail$/,
    'volumes',
    {
      metadata: {token: planted.volumeMetadata},
      connection_info: {auth_method: 'CHAP', auth_username: 'x', auth_password: planted.chap},
    },
  ],
  [/ipsec-site-connections$/, 'ipsec_site_connections', {psk: planted.psk}],
  [/security-services\/detail$/, 'security_services', {password: planted.directory}],
  [/share-access-rules$/, 'access_list', {access_key: planted.accessKey}],
  [/\/images$/, 'images', {direct_url: `swift+https://u:${planted.image}@swift.test/images/1`}],
  [/\/alarms$/, '', {alarm_actions: [`https://hooks.test/run?token=${planted.webhook}`]}],
];

const headers = {
  'x-container-meta-temp-url-key': planted.tempUrl,
  'x-container-meta-temp-url-key-2': planted.tempUrl2,
  'x-container-meta-api-token': planted.header,
};

function withPlanted(exchange: Recorded): Recorded {
  const {token: _checked, ...open} = exchange;
  if (exchange.credential === 'right')
    return {...open, headers: {...exchange.headers, 'x-subject-token': planted.token}};
  if (exchange.path.endsWith('/all')) return {...open, headers: {...exchange.headers, ...headers}};
  if (exchange.path.endsWith('/os-keypairs')) {
    const keypair = {
      name: 'k',
      type: 'ssh',
      public_key: 'ssh-rsa AAAA',
      fingerprint: 'aa',
      private_key: planted.keypair,
    };
    return {...open, body: JSON.stringify({keypairs: [{keypair}]})};
  }
  const found = rows.find(([path]) => path.test(exchange.path));
  if (found === undefined || exchange.status !== 200) return open;
  const [, key, plant] = found;
  const body = JSON.parse(exchange.body) as Record<string, Row[]> | Row[];
  const list = Array.isArray(body) ? body : (body[key] ?? []);
  const filled = list.map(row => Object.assign({}, row, plant));
  return {...open, body: JSON.stringify(Array.isArray(body) ? filled : {...body, [key]: filled})};
}

/** Payloads of Barbican's secrets, each asked for by itself. */
function payload({path}: Request): Fault | undefined {
  return /\/secrets\/[^/]+\/payload$/.test(path)
    ? {status: 200, headers: {'content-type': 'text/plain'}, body: planted.payload}
    : undefined;
}

export interface PlantedCloud {
  readonly replay: Replay;
  readonly recording: Recording;
  readonly env: Readonly<Record<string, string>>;
}

let made: Promise<Recording> | undefined;

async function plantedRecording(): Promise<Recording> {
  const recording = await readSample('services');
  return {...recording, exchanges: recording.exchanges.map(withPlanted)};
}

/** Closed with the test. */
export async function plantedCloud(
  t: ExecutionContext,
  fault: (request: Request) => Fault | undefined = () => undefined,
): Promise<PlantedCloud> {
  made ??= plantedRecording();
  const recording = await made;
  const replay = await startReplay(recording, {fault: request => fault(request) ?? payload(request)});
  t.teardown(() => replay.close());
  return {
    replay,
    recording,
    env: {
      ...environmentOf(recording, replay.authUrl, planted.password),
      HTTPS_PROXY: `http://user:${encodeURIComponent(planted.proxy)}@proxy.test:3128`,
      NO_PROXY: '127.0.0.1',
    },
  };
}
