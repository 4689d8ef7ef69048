/**
 * What the template says of things in its own words: who uses a parameter, what a project holds. Things go by their
 * logical names, which are plain and stay, and by no number: that would change with every newcomer.
 */
import {compareNames} from './order.ts';

/** Logical names by node key. */
type NamesByKey = ReadonlyMap<string, string>;

/** Names of a kind that are told; of more the template says the kind. */
const TOLD = 3;
/** Characters that a list of names may have in a sentence. */
const LONGEST = 70;

/** Kinds that a project is known by, in the order of the template. */
const HEADLINE = [
  'server',
  'load_balancer',
  'network',
  'router',
  'floating_ip',
  'volume',
  'share',
  'cluster',
  'database_instance',
  'zone',
];

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  dscp: 'DSCP',
  ike: 'IKE',
  ip: 'IP',
  ipsec: 'IPsec',
  l2: 'L2',
  l7policy: 'L7 policy',
  l7rule: 'L7 rule',
  lb: 'load balancer',
  keypair: 'key pair',
  qos: 'QoS',
  rbac: 'RBAC',
  recordset: 'record set',
  tls: 'TLS',
  vpn: 'VPN',
  zone: 'zone',
};

/** A kind or a prefix in words, as `floating IP`. */
export function nounOf(kind: string): string {
  return kind
    .split('_')
    .map(word => ABBREVIATIONS[word] ?? word)
    .join(' ');
}

export function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

/**
 * The resources with those keys, as `servers db and web_*`; '' for none, or where they are of too many kinds to be worth
 * a word.
 * @param prefix Of what they use: that volumes have a volume type goes without saying.
 */
export function usersOf(keys: readonly string[], names: NamesByKey, prefix = ''): string {
  const kinds = [...byKind(keys, names)];
  const isPlain = ([kind, some]: (typeof kinds)[number]): boolean =>
    prefix.startsWith(`${kind}_`) && jobsOf(kind, some) === undefined;
  if (kinds.length > 2 || (kinds.length === 1 && kinds.every(isPlain))) return '';
  const words = kinds.map(([kind, some]) => said(kind, some)).join(' and ');
  return words.length <= LONGEST
    ? words
    : kinds.map(([kind, some]) => plural(nounOf(kind), some.length)).join(' and ');
}

/** What is in the project, in a line, as `servers db and web_*, network web, volumes`. */
export function contentsOf(names: NamesByKey): string {
  const kinds = byKind([...names.keys()], names);
  const words: string[] = [];
  for (const kind of HEADLINE) {
    const some = kinds.get(kind);
    if (some === undefined) continue;
    const more = said(kind, some);
    if ([...words, more].join(', ').length > LONGEST) break;
    words.push(more);
  }
  return words.join(', ');
}

function said(kind: string, names: readonly string[]): string {
  const noun = plural(nounOf(kind), names.length);
  const jobs = jobsOf(kind, names);
  return jobs !== undefined ? `${noun} ${listed(jobs)}` : names.length === 1 ? `one ${noun}` : noun;
}

/** Their names, one for those that differ in a number at the end; undefined for too many or made up ones. */
function jobsOf(kind: string, names: readonly string[]): readonly string[] | undefined {
  const jobs = new Map<string, string[]>();
  for (const name of names) {
    if (name === kind) return undefined;
    const short = name.startsWith(`${kind}_`) ? name.slice(kind.length + 1) : name;
    // A hash, to tell it from others.
    if (/(?:^|_)(?=[a-f]*\d)[0-9a-f]{6,}$/.test(short)) return undefined;
    const job = short.replace(/\d+$/, '*');
    const same = jobs.get(job);
    if (same === undefined) jobs.set(job, [short]);
    else same.push(short);
  }
  if (jobs.size > TOLD) return undefined;
  return [...jobs]
    .map(([job, [first = '', ...more]]) => (more.length === 0 ? first : job))
    .sort(compareNames);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function plural(noun: string, count: number): string {
  if (count === 1) return noun;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** Names by kind, of the keys that have one. */
function byKind(keys: readonly string[], names: NamesByKey): ReadonlyMap<string, readonly string[]> {
  const kinds = new Map<string, string[]>();
  for (const key of keys) {
    const name = names.get(key);
    if (name === undefined) continue;
    const kind = key.slice(0, key.indexOf(':'));
    const some = kinds.get(kind);
    if (some === undefined) kinds.set(kind, [name]);
    else some.push(name);
  }
  return kinds;
}
