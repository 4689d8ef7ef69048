import test from 'ava';
import fc from 'fast-check';
import {
  isRandom,
  isSecretName,
  likelySecretOf,
  likelySecrets,
  withoutLikely,
} from '../../src/model/likely-secrets.ts';

/** A text with one secret in it, marked by « and ». */
const secrets: readonly (readonly [text: string, why: RegExp])[] = [
  ['#cloud-config\npassword: «hunter22»\n', /password/],
  ['  - name: x\n    passwd: "«hunter22»"', /passwd/],
  ['DB_PASS=«hunter22»', /pass/],
  ["export MYSQL_ROOT_PASSWORD='«hun ter;22»'", /password/],
  ['{"db": {"apiKey": "«hunter22»", "port": 5432}}', /apikey/],
  ['token = "«hunter22»"', /token/],
  ['psk: «hunter22»', /psk/],
  ['client_secret => «hunter22»,', /secret/],
  ['mysql --password=«hunter22» -u root', /command line/],
  ['openstack token issue --os-password «hunter22»', /command line/],
  ['echo "root:«hunter22»" | chpasswd', /chpasswd/],
  ['#cloud-config\nchpasswd:\n  list: |\n    root:«hunter22»\n  expire: false', /chpasswd/],
  ['curl -su admin:«hunter22» https://x.test/', /command line/],
  ['git clone https://bot:«hunter22»@git.test/x.git', /URL/],
  ['a\n«-----BEGIN RSA PRIVATE KEY-----\nMIIE\nxyz\n-----END RSA PRIVATE KEY-----»\nb', /private key/],
  ['«-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r', /private key/],
  [`  content: «${Buffer.from('-----BEGIN PRIVATE KEY-----\nMIIE\n').toString('base64')}»`, /base64/],
  ['aws configure set aws_access_key_id «AKIAIOSFODNN7EXAMPLE»', /AWS/],
  ['x: «ghp_0123456789abcdefghijklmnopqrstuvwxyz»', /GitHub/],
  ['x: «glpat-0123456789abcdefghij»', /GitLab/],
  ['-H "X-Auth-Token: «gAAAAABhunter22»"', /token/],
  ['Authorization: Bearer «abcdef0123456789abcdef»', /bearer/],
  ['jwt «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_123»', /JSON web token/],
  ['    passwd: «$6$rounds=4096$abcdefgh$0123456789abcdefghijklmnopqrstuv»', /hash/],
  ['  hashed_passwd: $(cat x)\n  passwd: «$2b$12$0123456789abcdefghijkl.mnopqrstuvwxyzABCDEFGHIJKL»', /hash/],
  ['SIGNING_SALT=«x8Kq2LmZp0Rt5Vw9Yc3Bf7Hd»', /random value/],
  ['license_key: «12345-67890-ABCDE»', /key/],
  [`{"message": "body {'psk': u'«hunter22»', 'name': 'x'}"}`, /psk/],
  [String.raw`{"message": "{\"psk\": \"«hunter22»\", \"name\": \"x\"}"}`, /psk/],
  ['note = "say password: «hunter22» to nobody"', /password/],
  ['join --token=«abcdef.0123456789abcdef»', /command line/],
];

for (const [marked, why] of secrets) {
  test(`likely: ${JSON.stringify(marked.slice(0, 60))}`, t => {
    const [before = '', rest = ''] = marked.split('«');
    const [value = '', after = ''] = rest.includes('»') ? rest.split('»') : [rest, ''];
    const found = likelySecrets(before + value + after);
    t.is(found.length, 1, JSON.stringify(found));
    t.like(found[0], {start: before.length, end: before.length + value.length});
    t.is(found[0]?.line, before.split('\n').length);
    t.regex(found[0]?.why ?? '', why);
    t.false((found[0]?.why ?? '').includes('hunter22'));
    t.is(withoutLikely(before + value + after), `${before}***${after}`);
  });
}

const harmless = [
  '#cloud-config\nssh_pwauth: true\nlock_passwd: false\npasswd: !!null\n',
  'ssh_authorized_keys:\n  - ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 me@host\n',
  'public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0',
  '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'PASSWORD=$(openssl rand -hex 16)',
  'password: ${DB_PASSWORD}',
  'password: "$PASS"',
  'password: {{ vault_password }}',
  'password: %(password)s',
  'password: <your password>',
  'password: ********',
  'password: ""',
  'password:\n  other: 1',
  'password_file: /run/secrets/db',
  'password: /run/secrets/db',
  'token_ttl: 3600',
  'max_tokens: 4096',
  'if [ "$password" == "" ]; then',
  'chpasswd:\n  expire: false\n',
  'chpasswd:\n  list:\n    - root:RANDOM\n',
  'git clone https://git.test/x.git',
  'git clone ssh://git@git.test/x.git',
  'curl https://x.test/token/renew',
  'key: value',
  'key_name: my-key-0123456789abcdefghij',
  'keyserver: keyserver.ubuntu.com',
  'keyid: F430BBA5F430BBA5F430BBA5',
  'read -s -p "Password: " PASS',
  'secret_id: 6f1c2a3b-0000-4000-8000-000000000000',
  'apt-key adv --keyserver keyserver.ubuntu.com',
  'def check(password: str, token: Optional) -> bool:',
  'token = get_token(user)',
  'password = os.environ["DB"]',
  'Set the password: the first login asks for one',
].slice(0, -1);

for (const text of harmless) {
  test(`not likely: ${JSON.stringify(text.slice(0, 60))}`, t => {
    t.deepEqual(likelySecrets(text), []);
    t.is(withoutLikely(text), text);
  });
}

test('names that say that they are of a secret, and names that only look so', t => {
  for (const name of [
    'password',
    'DB_PASS',
    'dbPassword',
    'api-key',
    'apikey',
    'x-auth-token',
    'PSK',
    'secret',
  ])
    t.true(isSecretName(name), name);
  for (const name of [
    'compass',
    'bypass',
    'token_ttl',
    'public_key',
    'key_name',
    'keypair',
    'passive',
    'tokens',
  ])
    t.false(isSecretName(name), name);
});

test('a map: by the name of the key, or by the look of the value', t => {
  t.regex(likelySecretOf('db_password', 'x y z') ?? '', /password/);
  t.regex(likelySecretOf('note', '-----BEGIN PRIVATE KEY-----') ?? '', /private key/);
  t.regex(likelySecretOf('backup_key', 'x8Kq2LmZp0Rt5Vw9Yc3Bf7Hd') ?? '', /random/);
  t.is(likelySecretOf('db_password', 'true'), undefined);
  t.is(likelySecretOf('token', 'https://vault.test/v1/token'), undefined);
  t.is(likelySecretOf('role', 'x8Kq2LmZp0Rt5Vw9Yc3Bf7Hd'), undefined);
  t.is(likelySecretOf('os_hash_key', '6f1c2a3b-0000-4000-8000-000000000000'), undefined);
});

test('places are in order, apart, inside the text, and on their line', t => {
  const part = fc.oneof(
    fc.string({maxLength: 20}),
    fc.constantFrom(
      ...secrets.map(([text]) => text.replaceAll(/[«»]/g, '')),
      ...harmless,
      '\n',
      '  ',
      '"',
      "'",
    ),
  );
  fc.assert(
    fc.property(fc.array(part, {maxLength: 8}), parts => {
      const text = parts.join('\n');
      let end = 0;
      for (const one of likelySecrets(text)) {
        t.true(one.start >= end && one.end > one.start && one.end <= text.length);
        t.is(one.line, text.slice(0, one.start).split('\n').length);
        ({end} = one);
      }
    }),
    {numRuns: 500},
  );
});

test('a password after a telling word is found, whatever is round it, and no word says it', t => {
  const line = fc.constantFrom(
    '#cloud-config',
    'packages: [nginx]',
    'echo hello',
    '',
    '  - x: 1',
    '# password',
  );
  const value = fc
    .array(fc.constantFrom(...Array.from('abcdefghijkmnpqrstuvwyzABCDEFGHJKLMN23456789')), {
      minLength: 8,
      maxLength: 30,
    })
    .map(letters => `Zq${letters.join('')}7`);
  const said = fc.constantFrom(
    (secret: string) => `password: ${secret}`,
    (secret: string) => `DB_PASSWORD="${secret}"`,
    (secret: string) => `{"token": "${secret}"}`,
    (secret: string) => `api_key='${secret}'`,
    (secret: string) => `tool --secret ${secret}`,
  );
  fc.assert(
    fc.property(fc.array(line), said, value, fc.array(line), (before, say, secret, after) => {
      const text = [...before, say(secret), ...after].join('\n');
      const found = likelySecrets(text);
      t.deepEqual(
        found.map(one => one.line),
        [before.length + 1],
      );
      t.false(withoutLikely(text).includes(secret));
      t.false(JSON.stringify(found).includes(secret));
    }),
    {numRuns: 300},
  );
});

test('what is taken out leaves nothing to find', t => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...secrets.map(([text]) => text)), {maxLength: 5}), texts => {
      t.deepEqual(likelySecrets(withoutLikely(texts.join('\n').replaceAll(/[«»]/g, ''))), []);
    }),
    {numRuns: 200},
  );
});

test('a long text costs in proportion to its length', t => {
  // Each of these has made a careless pattern of this kind square.
  for (const unit of [
    'a',
    ' ',
    'password',
    'x=',
    '"',
    '-----BEGIN ',
    '://',
    'eyJ',
    '\n',
    'chpasswd:\n ',
    '--a ',
  ]) {
    const cost = (length: number): number => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const before = process.cpuUsage();
      likelySecrets(text);
      const {user, system} = process.cpuUsage(before);
      return user + system;
    };
    cost(2000);
    const [small, large] = [cost(16_000), cost(64_000)];
    // Four times the text: sixteen times the work would be square; small sums are noise.
    t.true(large < 250_000 || large < small * 10, `${JSON.stringify(unit)}: ${small} -> ${large}`);
  }
});

test('random', t => {
  t.true(isRandom('x8Kq2LmZp0Rt5Vw9Yc3Bf7Hd'));
  t.true(isRandom('5f4dcc3b5aa765d61d8327deb882cf99'));
  for (const text of [
    'aaaaaaaaaaaaaaaaaaaa1',
    'this-is-a-long-name-of-a-thing',
    'short1',
    '12345678901234567890',
  ])
    t.false(isRandom(text), text);
});
