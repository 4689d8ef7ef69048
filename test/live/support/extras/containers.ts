/** Object storage: containers with everything a container can carry, by names that an API takes and a shell would not. */
import type {Api, Row} from '../api.ts';
import {attempt, type Site} from '../site.ts';
import {sweep} from '../sweep.ts';
import type {Extra} from './extra.ts';

const HOSTILE = [
  '.hidden',
  '-x',
  '100% a%2Fb',
  'q?x=1#y&z',
  'trailing ',
  'ünï 🐙',
  '$(id) `id` "\'\\',
  '{{x}}: [y]',
  'get_resource',
  '007',
  'n'.repeat(256),
];

async function put({api}: Site, name: string, headers: Readonly<Record<string, string>> = {}): Promise<Row> {
  await api.call('PUT', 'object-store', `/${encodeURIComponent(name)}`, undefined, headers);
  return {id: name, name};
}

async function build(site: Site): Promise<Readonly<Record<string, Row>>> {
  const {api} = site;
  const all = await put(site, 'all', {
    'x-container-read': `.r:*,.rlistings,.r:-.example.com,${api.projectId}:*`,
    'x-container-write': `*:${api.userId},${'0123456789abcdef'.repeat(2)}:*,demo:bob`,
    'x-container-meta-quota-bytes': '1000000',
    'x-container-meta-quota-count': '50',
    'x-container-meta-temp-url-key': `first ${site.suffix}`,
    'x-container-meta-temp-url-key-2': `second ${site.suffix}`,
    'x-container-meta-web-index': 'index.html',
    'x-container-meta-web-listings': 'true',
    'x-container-meta-access-control-allow-origin': '*',
    'x-container-meta-my-admin-password': 'in the open',
    // A header is bytes to Swift; fetch wants one character for each.
    'x-container-meta-note': Buffer.from('hé: "$(id)" 🐙 100%25').toString('latin1'),
    'x-container-meta-number': '007',
  });
  await put(site, 'synced', {'x-container-sync-key': `sync ${site.suffix}`});
  // A map of one key that is the name of a function of Heat's.
  await put(site, 'function', {'x-container-meta-equals': 'x'});
  for (const name of HOSTILE) await put(site, name);
  const full = await put(site, 'full');
  for (const object of ['one', 'a/b'])
    await api.call('PUT', 'object-store', `/full/${object}`, {data: object});
  await put(site, 'full_segments');
  await attempt(site, 'a container with versions', async () => {
    await put(site, 'versions');
    await put(site, 'versioned', {'x-versions-location': 'versions'});
  });
  return {all, full};
}

async function namesIn(api: Api, path: string): Promise<Row[]> {
  const rows = (await api.call('GET', 'object-store', `${path}?format=json`)) as {name: string}[] | undefined;
  return (rows ?? []).map(({name}) => ({id: name, name}));
}

async function wipe(api: Api): Promise<void> {
  if (!api.has('object-store')) return;
  await sweep(
    api,
    'containers',
    () => namesIn(api, ''),
    async container => {
      const path = `/${encodeURIComponent(container.id)}`;
      for (const {id} of await namesIn(api, path))
        await api.remove('object-store', `${path}/${encodeURIComponent(id)}`);
      await api.remove('object-store', path);
    },
  );
}

export const containers: Extra = {build, wipe};
