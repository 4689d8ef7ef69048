/** Shares with access rules, share networks with and without a place, security services in several of them. */
import type {Api, Fields, Row} from '../api.ts';
import {place} from '../make.ts';
import {attempt, type Site} from '../site.ts';
import {sweep} from '../sweep.ts';
import type {Extra} from './extra.ts';

const version = {'x-openstack-manila-api-version': '2.65'};

async function ask(api: Api, method: string, path: string, body?: unknown): Promise<Fields> {
  return ((await api.call(method, 'share', path, body, version)) ?? {}) as Fields;
}

async function available(api: Api, share: Row): Promise<void> {
  const end = Date.now() + 300_000;
  for (;;) {
    const {share: row} = await ask(api, 'GET', `/shares/${share.id}`);
    const status = String((row as Row)['status']);
    if (status === 'available') return;
    if (status === 'error' || Date.now() > end) throw new Error(`share ${share.id} is ${status}`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

async function build(site: Site): Promise<Readonly<Record<string, Row>>> {
  const {api} = site;
  const make = async (path: string, key: string, fields: Fields): Promise<Row> =>
    (await ask(api, 'POST', path, {[key]: fields}))[key] as Row;
  const on = await place(api, 'shares', '10.62.0.0/24');
  const ldap = await make('/security-services', 'security_service', {
    name: 'staff',
    description: 'who may mount; $(true) "é"',
    type: 'ldap',
    dns_ip: '192.0.2.53',
    server: 'ldap.example.org',
    domain: 'example.org',
    user: 'manila',
    password: 'w0rd',
    ou: 'ou=shares,dc=example',
  });
  const kerberos = await make('/security-services', 'security_service', {name: 'staff', type: 'kerberos'});
  const nameless = await make('/security-services', 'security_service', {type: 'active_directory'});
  const office = await make('/share-networks', 'share_network', {
    name: 'office',
    description: 'of the staff',
    neutron_net_id: on.network.id,
    neutron_subnet_id: on.subnet.id,
  });
  const empty = await make('/share-networks', 'share_network', {name: 'office'});
  const unnamed = await make('/share-networks', 'share_network', {});
  for (const [network, service] of [
    [office, ldap],
    [office, kerberos],
    [empty, ldap],
  ] as const) {
    await ask(api, 'POST', `/share-networks/${network.id}/action`, {
      add_security_service: {security_service_id: service.id},
    });
  }

  const shares = [
    await make('/shares', 'share', {
      name: 'home',
      description: 'of everybody; $(true) "é"',
      share_proto: 'NFS',
      size: 2,
      metadata: {tier: 'gold', 'odd key': '$(true)'},
    }),
    await make('/shares', 'share', {name: 'home', share_proto: 'CIFS', size: 1}),
    await make('/shares', 'share', {share_proto: 'NFS', size: 1}),
  ];
  const open = await attempt(site, 'public share', async () =>
    make('/shares', 'share', {name: 'open', share_proto: 'NFS', size: 1, is_public: true}),
  );
  if (open !== undefined) shares.push(open);
  for (const share of shares) await available(api, share);
  const [home, second] = shares as [Row, Row];
  const allow = async (share: Row, type: string, to: string, level: string, metadata?: Fields) =>
    ask(api, 'POST', `/shares/${share.id}/action`, {
      allow_access: {
        access_type: type,
        access_to: to,
        access_level: level,
        ...(metadata === undefined ? {} : {metadata}),
      },
    });
  await allow(home, 'ip', '10.62.0.0/24', 'rw');
  await allow(home, 'ip', '192.0.2.7', 'ro');
  await allow(home, 'ip', '192.0.2.8', 'ro', {why: 'the printer', 'two words': 'é $(true)'});
  await allow(second, 'user', 'staff', 'rw');
  return {ldap, kerberos, nameless, office, empty, unnamed, home, second};
}

async function wipe(api: Api): Promise<void> {
  for (const [path, key] of [
    ['/shares', 'shares'],
    ['/share-networks', 'share_networks'],
    ['/security-services', 'security_services'],
  ] as const) {
    await sweep(
      api,
      key,
      async () => (await ask(api, 'GET', `${path}/detail`))[key] as readonly Row[],
      async row => {
        if (key === 'security_services')
          for (const network of (row['share_networks'] ?? []) as readonly string[])
            await ask(api, 'POST', `/share-networks/${network}/action`, {
              remove_security_service: {security_service_id: row.id},
            });
        await api.call('DELETE', 'share', `${path}/${row.id}`, undefined, version);
      },
    );
  }
}

export const shares: Extra = {build, wipe};
