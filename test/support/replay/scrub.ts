/** What a recording must not hold: tokens, passwords, mail addresses, names of machines, times of the day. */
import type {Recorded} from './recording.ts';

export interface Found {
  /** Tokens and passwords that passed by. */
  readonly secrets: Iterable<string>;
  /** Real origins, as `http://10.0.0.1:9696`, and what takes their place. */
  readonly origins: Iterable<readonly [string, string]>;
}

/** Headers that a client may look at. */
const kept = new Set([
  'content-type',
  'location',
  'openstack-api-version',
  'retry-after',
  'vary',
  'x-subject-token',
]);
/** A container's own words are in the headers of its answers. */
const ownHeader = /^x-(?:container|versions|history|storage)-/;
const secretHeader = /temp-url-key|sync-key/;
const hostKeys =
  /"(?:binding:host_id|host|host_name|hostname|hypervisor_hostname|OS-EXT-SRV-ATTR:host|OS-EXT-SRV-ATTR:hypervisor_hostname|os-vol-host-attr:host)": ?"([^"@#]+)[@"#]/g;
const noMachine = new Set(['localhost', '127.0.0.1']);

export function scrub(exchanges: readonly Recorded[], found: Found): Recorded[] {
  const hosts = new Map<string, string>();
  for (const {body} of exchanges) {
    // Servers' own `hostname` is a name of the project's, and stays.
    for (const [whole, host = ''] of body.matchAll(hostKeys)) {
      const own = whole.startsWith('"hostname"') || noMachine.has(host) || /^host-\d+$/.test(host);
      if (!own && !hosts.has(host)) hosts.set(host, `host-${hosts.size + 1}`);
    }
  }
  const secrets = [...new Set(found.secrets)].filter(secret => secret.length > 3);
  const origins = [...found.origins].sort(([a], [b]) => b.length - a.length);
  const clean = (text: string): string => {
    let clean = text;
    for (const [origin, replacement] of origins) clean = clean.replaceAll(origin, replacement);
    for (const secret of secrets) clean = clean.replaceAll(secret, '{{token}}');
    for (const [host, replacement] of hosts) {
      clean = clean.replaceAll(new RegExp(`"${escaped(host)}(?=[@"#])`, 'g'), `"${replacement}`);
    }
    return clean
      .replaceAll(/("(?:psk|payload)": ?)"(?:[^"\\]|\\.)*"/g, '$1"scrubbed"')
      .replaceAll(/"audit_ids": ?\[[^\]]*\]/g, '"audit_ids": []')
      .replaceAll(/gAAAA[\w-]{20,}={0,2}/g, '{{token}}')
      .replaceAll(
        /req-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
        'req-00000000-0000-0000-0000-000000000000',
      )
      .replaceAll(/[\w.+-]+@(?!example\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/gi, 'someone@example.org');
  };
  return exchanges.map(exchange => ({
    ...exchange,
    headers: Object.fromEntries(
      Object.entries(exchange.headers)
        .filter(([name]) => kept.has(name) || ownHeader.test(name))
        .map(([name, value]) => [name, secretHeader.test(name) ? 'scrubbed' : clean(value)]),
    ),
    body: exchange.credential === undefined ? clean(exchange.body) : timeless(clean(exchange.body)),
  }));
}

function timeless(body: string): string {
  return body
    .replaceAll(/"issued_at": ?"[^"]*"/g, '"issued_at": "{{now}}"')
    .replaceAll(/"expires_at": ?"[^"]*"/g, '"expires_at": "{{later}}"');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
