/** Servers by what they are told and how they are: user data, keys, groups, metadata, stopped, in ERROR. */
import {gzipSync} from 'node:zlib';
import type {Row} from './api.ts';
import {keyPair, merge, newServer, place, server, serverGroup, volume} from './make.ts';
import {attempt, type Site} from './site.ts';

const SCRIPT = `#!/bin/sh
# Grüße: "quotes", $(id), \`date\`, {{x}}, %s \\n and a 日本 line
echo '{"get_param": "x"}' > /etc/motd
`;

/** Keys and values that Heat would run as functions if they stood in a template as they are. */
export const ODD_METADATA = {
  get_param: 'x',
  filter: 'y',
  Ref: 'x',
  'a.b': 'yes',
  'a b': '{{x}} $(id) # : ',
  '007': '007',
  empty: '',
  json: '{"get_resource": "server"}',
};

const base64 = (data: string | Buffer): string => Buffer.from(data).toString('base64');

async function toldThings(site: Site, on: Row): Promise<Record<string, Row>> {
  const {api} = site;
  const own = await keyPair(site, 'hard');
  const lost = await keyPair(site, 'lost');
  const networks = [{uuid: on.id}];
  const [scripted, zipped, single, tagged] = await Promise.all([
    server(site, {
      name: 'scripted',
      description: 'a "described" server: # $(id)',
      networks,
      key_name: own.id,
      user_data: base64(SCRIPT),
      config_drive: true,
      metadata: ODD_METADATA,
    }),
    // Bytes that are no text: cloud-init takes them, a template can't carry them.
    server(site, {
      name: 'zipped',
      networks,
      key_name: lost.id,
      user_data: base64(gzipSync(SCRIPT)),
      'OS-DCF:diskConfig': 'MANUAL',
    }),
    server(site, {name: 'single-key', metadata: {Ref: 'x'}, availability_zone: 'nova'}),
    server(site, {
      name: 'tagged',
      tags: ['web', 'env=prod', 'no', 'ключ'],
      accessIPv4: '203.0.113.9',
      hostname: 'tag-host',
    }),
  ]);
  // The server keeps the name of a key that is gone.
  await api.remove('compute', `/os-keypairs/${encodeURIComponent(lost.id)}`);
  const {other} = site;
  if (other === undefined) {
    site.refused.push({what: "a server with another user's key pair", error: 'no second user was given'});
    return {own, scripted, zipped, single, tagged};
  }
  const theirKey = await keyPair(site, 'theirs', other);
  const theirs = await server(site, {name: 'theirs', networks, key_name: theirKey.id}, undefined, other);
  return {own, scripted, zipped, single, tagged, theirKey, theirs};
}

async function states(site: Site, on: Row): Promise<Record<string, Row>> {
  const {api, admin, outside} = site;
  const networks = [{uuid: on.id}];
  const stopped = await server(site, {name: 'stopped', networks});
  await api.call('POST', 'compute', `/servers/${stopped.id}/action`, {'os-stop': null});
  await api.waitFor('compute', `/servers/${stopped.id}`, 'server', 'SHUTOFF');
  // No host has what the volume's image asks for: the server is in ERROR and was never anywhere, so it has no ports
  // and no host, while its volume stays reserved for it.
  const root = await volume(api, {name: 'homeless-root', imageRef: outside.image});
  await api.call('POST', 'volume', `/volumes/${root.id}/action`, {
    'os-set_image_metadata': {metadata: {'trait:HW_CPU_X86_SGX': 'required'}},
  });
  const homeless = await newServer(site, {
    name: 'homeless',
    networks,
    block_device_mapping_v2: [
      {boot_index: 0, source_type: 'volume', destination_type: 'volume', uuid: root.id},
    ],
  });
  await api.waitFor('compute', `/servers/${homeless.id}`, 'server', 'ERROR');
  if (admin === undefined) {
    site.refused.push({what: 'a server in ERROR that has its ports', error: 'only an admin can set a state'});
    return {stopped, homeless};
  }
  const broken = await server(site, {name: 'broken', networks});
  await admin.call('POST', 'compute', `/servers/${broken.id}/action`, {'os-resetState': {state: 'error'}});
  return {stopped, homeless, broken};
}

/** Every policy with a member and without, and two groups of one name. */
async function serverGroups(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const made: Record<string, Row> = {};
  const policies = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'];
  await Promise.all(
    policies.map(async policy => {
      made[`${policy} empty`] = await serverGroup(api, `empty ${policy}`, policy);
      const used = await serverGroup(api, policy, policy);
      made[policy] = used;
      made[`${policy} member`] = await server(site, {name: `in-${policy}`}, {group: used.id});
    }),
  );
  made['limited'] = await serverGroup(api, 'affinity', 'anti-affinity', {rules: {max_server_per_host: 3}});
  const nameless = await attempt(site, 'a server group without a name', () =>
    serverGroup(api, '', 'affinity'),
  );
  return nameless === undefined ? made : {...made, nameless};
}

export async function buildServers(site: Site): Promise<Record<string, Row>> {
  const on = await place(site.api, 'servers', '10.80.0.0/24');
  const parts = await Promise.all([
    toldThings(site, on.network),
    states(site, on.network),
    serverGroups(site),
  ]);
  return merge({network: on.network, subnet: on.subnet}, ...parts);
}
