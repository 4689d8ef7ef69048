/** Zones in zones, a secondary one, records of every type with names in and out of them and addresses of the project. */
import type {Api, Fields, Row} from '../api.ts';
import {floatingIp, place, port} from '../make.ts';
import {attempt, type Site} from '../site.ts';
import {sweepAll} from '../sweep.ts';
import type {Extra} from './extra.ts';

/** The answer of Designate is the row itself. */
async function post(api: Api, path: string, fields: Fields): Promise<Row> {
  return (await api.call('POST', 'dns', path, fields)) as Row;
}

async function settled(api: Api, path: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (((await api.call('GET', 'dns', path)) as Row)['status'] === 'PENDING') {
    if (Date.now() > end) throw new Error(`${path} stays PENDING`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

function addressOf(row: Row): string {
  return (row['fixed_ips'] as {ip_address: string}[])[0]?.ip_address ?? '';
}

async function build(site: Site): Promise<Readonly<Record<string, Row>>> {
  const {api, outside} = site;
  const on = await place(api, 'dns', '10.60.0.0/24');
  const pinned = await port(api, on.network, {
    name: 'dns-pinned',
    fixed_ips: [{subnet_id: on.subnet.id, ip_address: '10.60.0.10'}],
  });
  const guest =
    outside.shared === undefined ? undefined : await port(api, outside.shared, {name: 'dns-guest'});
  const door = await floatingIp(api, {floating_network_id: outside.external});

  // Names of zones are the cloud's own: each build has others.
  const top = `shop${site.suffix}.example.`;
  const zone = await post(api, '/zones', {
    name: top,
    email: 'hostmaster@example.org',
    ttl: 777,
    description: 'shop — "all" of it; $(true)',
  });
  const record = async (name: string, type: string, records: readonly string[], more: Fields = {}) =>
    post(api, `/zones/${zone.id}/recordsets`, {name: `${name}${top}`, type, records, ...more});

  // It stands in the zone that is put around it afterwards.
  const older = await record('old.lab.', 'A', ['192.0.2.20']);
  const sub = await post(api, '/zones', {name: `lab.${top}`, email: 'lab@example.org'});
  const subSub = await post(api, '/zones', {name: `deep.lab.${top}`, email: 'lab@example.org', ttl: 60});
  const secondary = await post(api, '/zones', {
    name: `copy${site.suffix}.example.`,
    type: 'SECONDARY',
    masters: ['192.0.2.1:5354', '192.0.2.3:53'],
    description: 'not ours to edit',
  });

  const rows: Record<string, Row> = {zone, sub, subSub, secondary, older, pinned, door};
  rows['door record'] = await record('www.', 'A', [String(door['floating_ip_address'])], {
    ttl: 60,
    description: 'front door',
  });
  rows['mixed record'] = await record('all.', 'A', ['192.0.2.9', '192.0.2.8', addressOf(pinned)]);
  if (guest !== undefined) rows['guest record'] = await record('guest.', 'A', [addressOf(guest)]);
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['', 'A', ['192.0.2.1']],
    ['', 'MX', [`10 mx.${top}`, '20 mx.example.org.']],
    ['', 'TXT', ['"v=spf1 -all"', '"a \\"quoted\\" $(word)"']],
    ['six.', 'AAAA', ['2001:db8::1']],
    ['*.', 'CNAME', [`www.${top}`]],
    ['away.', 'CNAME', ['www.example.org.']],
    ['Upper.', 'CNAME', [top]],
    ['_sip._tcp.', 'SRV', [`0 5 5060 sip.${top}`, '1 5 5060 sip.example.org.']],
    ['delegated.', 'NS', [`ns.delegated.${top}`, 'ns.example.org.']],
    ['back.', 'PTR', [`www.${top}`]],
    ['spf.', 'SPF', ['"v=spf1 mx -all"']],
    ['keys.', 'SSHFP', ['1 1 123456789abcdef67890123456789abcdef67890']],
    ['', 'CAA', ['0 issue ca.example.org']],
    ['naptr.', 'NAPTR', [`10 20 S SIP+D2U "" _sip._udp.${top}`]],
  ];
  for (const [name, type, records] of cases) {
    const made = await attempt(site, `${type} record`, async () => record(name, type, records));
    if (made !== undefined) rows[`${type} ${name}`] = made;
  }
  rows['in the zone below'] = await post(api, `/zones/${sub.id}/recordsets`, {
    name: `www.lab.${top}`,
    type: 'CNAME',
    records: [`www.${top}`],
  });
  await attempt(site, 'name of a floating IP', async () =>
    api.call('PATCH', 'dns', `/reverse/floatingips/RegionOne:${door.id}`, {ptrdname: 'www.example.org.'}),
  );
  for (const {id} of [zone, sub, subSub, secondary]) await settled(api, `/zones/${id}`);
  return rows;
}

export const dns: Extra = {
  build,
  wipe: async api => sweepAll(api, 'dns', '/zones?limit=1000', 'zones'),
};
