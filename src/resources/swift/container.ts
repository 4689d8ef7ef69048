import {define, from, lost, resource, skipped, type Scope} from '../../model/define.ts';
import {Ask, type Joined} from '../../model/value.ts';
import {stack} from '../heat/stack.ts';
import {accessOf, comparableAccess} from './access.ts';
import {isBeyondHeat, makeByClient} from './beyond-heat.ts';

/** Answered by Swift; proof: swift `container/server.py`, `gen_resp_headers`, and `account/utils.py`, `account_listing_response`. */
interface Row {
  readonly id: string;
  readonly name: string;
  /** Lags behind: the account is told of a container's objects by and by. */
  readonly count: number;
  readonly bytes: number;
  readonly last_modified?: string;
  /** Told by newer releases: not by 2.30, but by 2.35. */
  readonly storage_policy?: string;
  /** Names in lower case. Swift itself writes `_` as `-` and upper case as it likes. */
  readonly headers?: Headers;
}

type Headers = Readonly<Record<string, string>>;

/** Taken by Heat; proof: heat `engine/resources/openstack/swift/container.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly 'X-Container-Read'?: string | Joined;
  readonly 'X-Container-Write'?: string | Joined;
  readonly 'X-Container-Meta'?: Readonly<Record<string, string | Ask>>;
}

const meta = 'x-container-meta-';
const objects = 'x-container-object-count';

/** The server's own. `bytes-used-actual` is Ceph's. */
const derived = /^x-container-(?:object-count|bytes-used(?:-actual)?|sharding)$|^x-storage-(?:policy|class)$/;

/** Policies that are there from the start: a container in one of them was made without choosing. */
const firstPolicies = new Set(['Policy-0', 'default-placement']);

/** What no property says; proof: swift `common/middleware/versioned_writes`, `container/sync.py`. */
const lostHeaders: Readonly<Record<string, string>> = {
  'x-versions-enabled': 'Heat can not switch versions on: swift post -H "X-Versions-Enabled: true" NAME',
  'x-versions-location': 'Heat can not set it: swift post -H "X-Versions-Location: CONTAINER" NAME',
  'x-history-location': 'Heat can not set it: swift post -H "X-History-Location: CONTAINER" NAME',
  'x-container-sync-to': 'Heat can not set it, and it names a container of another account: swift post -t',
  'x-container-sync-key': 'Heat can not set it: swift post -k',
};

const r = from<Row>();

export const container = define<Row, Properties>()({
  kind: 'container',
  section: 'Object storage',
  heat: 'OS::Swift::Container',
  list: {
    service: 'object-store',
    path: '',
    key: '',
    query: {format: 'json'},
    idField: 'name',
    headers: '{name}?format=json&limit=1',
  },
  where: (row, scope) => {
    // Clients take them for steps in the path, and would ask for the account.
    if (row.name === '.' || row.name === '..') return lost('no client can ask for a container of that name');
    // Proof: heat `engine/resources/openstack/heat/swiftsignal.py`, `handle_create`.
    if (scope.row(stack, row.name) !== undefined)
      return skipped('Heat made it for the signals of a stack, whose id it is named after');
    return isBeyondHeat(row.name) ? {as: 'step'} : resource;
  },
  properties: {
    name: r.copy('name'),
    'X-Container-Read': r.derive('headers', (headers, scope) =>
      accessOf(headers?.['x-container-read'], scope),
    ),
    'X-Container-Write': r.derive('headers', (headers, scope) =>
      accessOf(headers?.['x-container-write'], scope),
    ),
    'X-Container-Meta': r.make(['name', 'headers'], ({name, headers}, scope) => {
      if (headers === undefined) scope.lose('headers', 'the container itself could not be read');
      const metadata = metadataOf(headers ?? {});
      announce(headers ?? {}, scope);
      if (isBeyondHeat(name)) makeByClient(name, headers ?? {}, metadata, scope);
      return Object.keys(metadata).length === 0 ? undefined : metadata;
    }),
  },
  ignores: {
    count: 'read-only',
    bytes: 'read-only',
    last_modified: 'read-only',
    // As a header says too, of every release.
    storage_policy: 'elsewhere',
  },
  compares: {
    headers: ({headers = {}}, scope) => comparable(headers, scope),
  },
  example: {
    row: {
      id: 'photos',
      name: 'photos',
      count: 2,
      bytes: 21,
      last_modified: '2026-11-22T01:30:43.098000',
      headers: {
        'x-container-object-count': '2',
        'x-container-bytes-used': '21',
        'x-container-read': '.r:*,.rlistings,1d7b5a0a76f24d9c9ed8a0582792d1de:*',
        'x-container-write': '*:fcc292f721104e0ba625ae407636489b',
        'x-container-meta-quota-bytes': '1000000',
        'x-container-meta-temp-url-key': '(redacted)',
        'x-container-meta-web-index': 'index.html',
        'x-container-sync-key': '(redacted)',
        'x-storage-policy': 'Policy-0',
        'x-versions-enabled': 'True',
      },
    },
    emits: {
      name: 'photos',
      'X-Container-Read': {
        join: [
          '.r',
          ':',
          '*',
          ',',
          '.rlistings',
          ',',
          {get_param: 'project:1d7b5a0a76f24d9c9ed8a0582792d1de'},
          ':',
          '*',
        ],
      },
      'X-Container-Write': {join: ['*', ':', {get_param: 'user:fcc292f721104e0ba625ae407636489b'}]},
      'X-Container-Meta': {
        'quota-bytes': '1000000',
        'temp-url-key': {ask: 'temp_url_key'},
        'web-index': 'index.html',
      },
    },
  },
  moreExamples: [
    {
      row: {
        id: 'fish 🐠',
        name: 'fish 🐠',
        count: 0,
        bytes: 0,
        headers: {
          'x-container-read': '.r:*,.rlistings',
          'x-container-meta-quota-count': '5',
          'x-container-meta-temp-url-key': '(redacted)',
        },
      },
      place: 'step',
      emits: {},
    },
  ],
});

function metadataOf(headers: Headers): Readonly<Record<string, string | Ask>> {
  const entries = Object.keys(headers)
    .filter(name => name.startsWith(meta))
    .map(name => [name.slice(meta.length), valueOf(name, headers[name] ?? '')] as const);
  return Object.fromEntries(entries);
}

/** Who knows a temporary URL key may read and write everything in the container. */
function valueOf(name: string, value: string): string | Ask {
  if (!name.startsWith(`${meta}temp-url-key`)) return value;
  return new Ask(
    name.endsWith('-2') ? 'second_temp_url_key' : 'temp_url_key',
    'Key that signs temporary URLs of the container: the same one keeps those that were given out valid, a new one ends them',
    {secret: `headers.${name}`},
  );
}

function announce(headers: Headers, scope: Scope): void {
  if (Number(headers[objects] ?? 0) > 0) {
    const reason =
      'objects are data and are not copied: openstack container save NAME, then openstack object create NAME FILES';
    scope.lose(`headers.${objects}`, reason);
  }
  const policy = headers['x-storage-policy'];
  if (policy !== undefined && !firstPolicies.has(policy)) {
    const reason = `Heat can not choose ${policy}: a new container has the target's default policy`;
    scope.lose('headers.x-storage-policy', reason);
  }
  for (const name of Object.keys(headers)) {
    const reason = Object.hasOwn(lostHeaders, name) ? lostHeaders[name] : undefined;
    if (reason !== undefined) scope.lose(`headers.${name}`, reason);
    else if (isContainers(name) && !isCarried(name) && !derived.test(name))
      scope.lose(`headers.${name}`, 'unknown: this version of rekindle does not know what it means');
  }
}

function isCarried(name: string): boolean {
  return name.startsWith(meta) || name === 'x-container-read' || name === 'x-container-write';
}

/** Anything else is a proxy's, about its answer. */
function isContainers(name: string): boolean {
  return /^x-(?:container|storage|versions|history)-/.test(name);
}

function comparable(headers: Headers, scope: Scope): Readonly<Record<string, unknown>> {
  const names = Object.keys(headers).filter(
    name => isContainers(name) && (name === 'x-storage-policy' || !derived.test(name)),
  );
  return Object.fromEntries(
    names.map(name => {
      const list = name === 'x-container-read' || name === 'x-container-write';
      return [name, list ? comparableAccess(headers[name], scope) : headers[name]];
    }),
  );
}
