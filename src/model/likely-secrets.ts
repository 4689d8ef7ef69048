/**
 * Where a text is likely to hold a secret: to tell people the place, and to keep the value out of messages. Pure, and
 * only a guess: it knows the forms that secrets have in user data and metadata, and leaves alone what only looks like
 * one (public keys, references to variables, placeholders).
 */

export interface LikelySecret {
  /** Counted from 1. */
  readonly line: number;
  /** What it looks like, as `a private key`; never the value. */
  readonly why: string;
  /** The value itself: from here up to there. */
  readonly start: number;
  readonly end: number;
}

/** A name that says so itself: `DB_PASSWORD`, `apiKey`, `x-auth-token`. */
const telling =
  'pass(?:word|wd|phrase|code)?|pwd|psk|secret|token|credentials?|(?:api|access|auth|private|secret|shared|encryption|signing|account|master|license|tempurl|temp[_-]url|sync)[_-]?key(?:[_-]?\\d)?';

const tellingName = new RegExp(`(?:^|[^a-z])(?:${telling})$`, 'i');
/** The same in one word: `dbpassword`, `authtoken`. */
const tellingEnd =
  /(?:password|passwd|passphrase|secret|token|credentials|(?:api|access|auth|private|secret)[_-]?key)$/i;

/** Values under these may be random: worth a look where they are. */
const keyLike = /(?:^|[^a-z])(?:key|pass|pwd|auth|cred|creds|cert|salt|seed|hash|sig|signature)(?:$|[^a-z])/i;
const publicName =
  /pub(?:lic)?|authorized|fingerprint|ssh[_-]?key|key[_-]?(?:name|id|ref|server|url|type|size|pair)|host[_-]?key/i;

/** Whether a map's key says that its value is a secret. */
export function isSecretName(name: string): boolean {
  if (publicName.test(name)) return false;
  return tellingName.test(spaced(name)) || tellingEnd.test(name);
}

/**
 * What a secret looks like by itself, the whole match being the value, or its first group where it has one. None is
 * without its mark, which is found far quicker.
 */
const shapes: readonly (readonly [why: string, mark: string, shape: RegExp])[] = [
  [
    'a private key',
    'PRIVATE KEY',
    /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]*?-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|[\s\S]*)/dgu,
  ],
  ['a private key', 'PuTTY', /PuTTY-User-Key-File-\d[\s\S]*/dgu],
  // The beginning of `-----BEGIN RSA PRIVATE KEY` and its like, encoded.
  [
    'a private key in base64',
    'LS0tLS1CRUdJTi',
    /LS0tLS1CRUdJTi(?:BQUklWQVRFI|BSU0EgUFJJVkFURS|BFQyBQUklWQVRFI|BPUEVOU1NIIFBSSVZBVEUg|BEU0EgUFJJVkFURS|BFTkNSWVBURUQgUFJJVkFURS)[A-Za-z0-9+/=]*/dgu,
  ],
  ['an AWS access key id', 'IA', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/dgu],
  ['a Google API key', 'AIza', /(?<![\w-])AIza[\w-]{35}(?![\w-])/dgu],
  ['a GitHub token', '_', /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})/dgu],
  ['a GitLab token', 'glpat-', /(?<!\w)glpat-[\w-]{20,}/dgu],
  ['a Slack token', 'xox', /(?<!\w)xox[abeoprs]-[\w-]{10,}/dgu],
  ['a Keystone token', 'gAAAAA', /(?<![\w-])gAAAAA[\w-]{60,}={0,2}/dgu],
  ['a JSON web token', 'eyJ', /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/dgu],
  ['a password hash', '$', /\$(?:1|2[abxy]?|5|6|7|y|gy|argon2(?:id?|d)|scrypt)\$[^\s"':]{20,}/dgu],
  [
    'a URL with a password',
    '://',
    /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"'<>]{0,200}:([^\s/@"'<>]{1,1000})@/dgiu,
  ],
  ['a bearer token', 'earer', /\b[Bb]earer\s+([\w.~+/-]{16,}=*)/dgu],
  [
    'a password in an HTTP header',
    'asic',
    /\b[Aa]uthorization["']?\s*[:=]\s*["']?[Bb]asic\s+([A-Za-z0-9+/]{8,}=*)/dgu,
  ],
  [
    'a password given to chpasswd',
    'chpasswd',
    /(?<![\w-])[\w-]{1,64}:([^\s"':|]{1,1000})["']?[ \t]{0,9}\|[ \t]{0,9}(?:sudo[ \t]{1,9})?chpasswd/dgu,
  ],
  ['a password given to chpasswd', 'chpasswd', /chpasswd[ \t]{0,9}<<<[ \t]{0,9}["']?[\w-]+:([^\s"']+)/dgu],
  ['a password on a command line', 'sshpass', /\bsshpass\s+-p\s*["']?([^\s"']+)/dgu],
  [
    'a password on a command line',
    'curl',
    /\bcurl\b[^\n]{0,300}?\s(?:-[A-Za-z]{0,9}u|--user|--proxy-user)[ =]["']?[^\s:"']{1,200}:([^\s"']+)/dgu,
  ],
];

/** `password: x`, `DB_PASS="x"`, `"token": "x"`, `psk='x'`; not `==`, nor what an address asks for. */
const assignment =
  /(?<![\w.-])([A-Za-z_][\w.-]{0,100})\\?["']?(?:[ \t]*(?:=>|:=|=(?!=))[ \t]*|[ \t]*:[ \t]+|:(?=\\?["']|\S+$))/gmu;
const option = /(?<![\w-])--([a-z][a-z-]{0,100})(?:=|[ \t]+)/gmu;
/** In quotes, in escaped quotes, or up to what ends a word; Python writes `u'…'`. */
const value =
  /u?(?:\\"((?:[^"\\\n]|\\[^"\n])*)\\"|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\n]|'')*)'|([^\s"',;&|)}\]]+))/duy;

/** What is assigned to each name. A value may hold assignments of its own. */
function* assigned(
  text: string,
  names: RegExp,
): Generator<{readonly name: string; readonly range: readonly [number, number]}> {
  for (const {0: whole, 1: name = '', index} of text.matchAll(names)) {
    value.lastIndex = index + whole.length;
    const [, ...ranges] = value.exec(text)?.indices ?? [];
    const range = ranges.find(one => one !== undefined);
    if (range !== undefined) yield {name, range};
  }
}

/** Far quicker than to try them all: most texts hold none of these. */
const hint =
  /-----BEGIN|LS0tLS1CRUdJTi|PuTTY|AKIA|ASIA|AIza|gh[pousr]_|github_pat|glpat-|xox|gAAAAA|eyJ|\$(?:\w{1,8})\$|:\/\/[^\s/]*@|bearer|basic|passw|pass|pwd|psk|secret|token|cred|key|auth|curl|salt|seed|cert|hash|sig/i;

/** The likely secrets of a text, in their order; none of them within another. */
export function likelySecrets(text: string): readonly LikelySecret[] {
  if (!hint.test(text)) return [];
  const found: Found[] = [];
  const add = (why: string, [start, end]: readonly [number, number], rank: number): void => {
    if (end > start && !isNoValue(text.slice(start, end))) found.push({why, start, end, rank});
  };
  for (const [why, mark, shape] of shapes) {
    if (!text.includes(mark)) continue;
    for (const {indices} of text.matchAll(shape)) {
      const range = indices?.[1] ?? indices?.[0];
      if (range !== undefined) add(why, range, 0);
    }
  }
  for (const {name, range} of assigned(text, assignment)) {
    const under = underName(name, text.slice(...range));
    if (under !== undefined) add(under.why, range, under.rank);
  }
  for (const {name, range} of assigned(text, option))
    if (isSecretName(name)) add('a password on a command line', range, 1);
  if (text.includes('chpasswd:'))
    for (const range of chpasswdLines(text)) add('a password in a list of chpasswd', range, 1);
  return withLines(text, found);
}

/** The text with each of them taken out. */
export function withoutLikely(text: string): string {
  let shown = '';
  let at = 0;
  for (const {start, end} of likelySecrets(text)) {
    shown += `${text.slice(at, start)}***`;
    at = end;
  }
  return at === 0 ? text : shown + text.slice(at);
}

/** What a value of a map looks like, under its key; undefined for what is none. */
export function likelySecretOf(key: string, value: string): string | undefined {
  const [first] = likelySecrets(value);
  if (first !== undefined) return first.why;
  if (isNoValue(value) || isAddress(value)) return undefined;
  return underName(key, value)?.why;
}

/** What a value is likely to be because of its name. */
function underName(name: string, said: string): Pick<Found, 'why' | 'rank'> | undefined {
  if (isSecretName(name) && !isNumberOfThings(name, said))
    return {why: `a value called ${kindOf(name)}`, rank: 1};
  return keyLike.test(spaced(name)) && !publicName.test(name) && isRandom(said)
    ? {why: 'a random value under a name like a key', rank: 2}
    : undefined;
}

/** A copy of data in which no value is one, nor stands under a name of one. */
export function maskSecrets(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map(item => maskSecrets(item, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskSecrets(inner, name)]));
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && likelySecretOf(key, String(value)) !== undefined ? '******' : value;
}

type Found = Omit<LikelySecret, 'line'> & {readonly rank: number};

/** The first of those that overlap; of two that begin together the one that says more. */
function withLines(text: string, found: readonly Found[]): readonly LikelySecret[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || a.rank - b.rank || b.end - a.end);
  const kept: LikelySecret[] = [];
  let [line, counted, end] = [1, 0, 0];
  for (const one of sorted) {
    const last = kept.at(-1);
    if (last !== undefined && one.start < end) {
      // `password: $6$…` is a hash, whatever begins first.
      if (one.end <= end) continue;
      kept[kept.length - 1] = {...last, end: one.end};
      end = one.end;
      continue;
    }
    for (; counted < one.start; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    kept.push({line, why: one.why, start: one.start, end: one.end});
    ({end} = one);
  }
  return kept;
}

/** Lines `user:password` below `chpasswd:` of cloud-init. */
function* chpasswdLines(text: string): Generator<readonly [number, number]> {
  for (const block of text.matchAll(
    /^([ \t]*)chpasswd:[ \t]*\r?\n((?:\1[ \t]+\S.*(?:\r?\n|$)|[ \t]*\r?\n)*)/gmu,
  )) {
    const from = block.index + block[0].length - (block[2] ?? '').length;
    for (const {indices} of (block[2] ?? '').matchAll(/^[ \t]+(?:-[ \t]+)?["']?[\w.-]+:([^\s"']+)/dgmu)) {
      const range = indices?.[1];
      if (range !== undefined) yield [from + range[0], from + range[1]];
    }
  }
}

/** Nothing, a word that switches something, a variable, a placeholder, a place in the file system. */
function isNoValue(text: string): boolean {
  const plain = text.replace(/^["']|["']$/gu, '').trim();
  return (
    plain.length < 3 ||
    /^(?:true|false|yes|no|on|off|null|none|nil|undefined|random|r|unset|required|optional|disabled|enabled|string|str|text|bytes|function|return|self\..*)$/iu.test(
      plain,
    ) ||
    (/^\$[\w{(@*#?]/u.test(plain) && !/^\$(?:\d|2[abxy]|y|gy|argon2\w*|scrypt)\$/u.test(plain)) ||
    /^(?:%[({\w]|\{\{|\{%|<[a-z_ -]+(?:>|$)|\[[^\]]*\]$|\(redacted\)|@[\w-]+@|`)/iu.test(plain) ||
    /^(?:[*•x.\-_?#]+|\{[\w.]*\})$/iu.test(plain) ||
    /^(?:~|\.{1,2})?\/[\w./@+-]*$/u.test(plain) ||
    /^\|[-+]?\d?$|^>[-+]?\d?$|^[{[(]$|^!+\w*$|^\{SHA256\}/u.test(plain) ||
    /^(?:[\w.]+\(.*|(?:os|process|env|config|vars|self|this|params?|args|data|request|settings)[.[].*)$/u.test(
      plain,
    )
  );
}

/** An address without a password. */
function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s:@?]+(?::\d+)?[^\s@?]*$/iu.test(text);
}

/** `max_token: 5`. A password of digits alone is four of them and more. */
function isNumberOfThings(name: string, text: string): boolean {
  return /token|key|credential/iu.test(name) && /^\d{1,6}$/u.test(text);
}

/** The word that tells, so that a name made of the secret itself is not repeated. */
function kindOf(name: string): string {
  const found = new RegExp(`(?:${telling})$`, 'i').exec(name)?.[0] ?? 'secret';
  return found.toLowerCase();
}

/** `apiKey` as `api_key`. */
function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/gu, '$1_$2').toLowerCase();
}

/** Twenty characters and more without a word in them: letters and digits mixed, 3.5 bits and more to each. */
export function isRandom(text: string): boolean {
  if (text.length < 20 || text.length > 4096 || !/^[\w+/=.~-]+$/u.test(text)) return false;
  if (!/\d/u.test(text) || !/[a-z]/iu.test(text) || /^(?:ssh-|ecdsa-|AAAA[BCE]3)/u.test(text)) return false;
  // A UUID is a name, mostly.
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text)) return false;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits >= 3.5 || (/^[0-9a-f]+$/iu.test(text) && text.length >= 32 && bits >= 3);
}
