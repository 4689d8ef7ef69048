/** Secrets that nothing else looks like, and finding them in whatever form they come out. */
import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';

/** Letters and digits only, so that no escaping changes it; the value round it needs every kind of escaping. */
function core(name: string): string {
  return `Pl4nt${name}9xQ`;
}

function value(name: string): string {
  return `a+/${core(name)}=%&"ü`;
}

/** By what they are. */
export const planted = {
  password: value('Password'),
  // A real one is in headers: it can't have everything.
  token: `gAAAAA${core('Token')}-_${'x0'.repeat(80)}==`,
  applicationSecret: value('Application'),
  proxy: value('Proxy'),
  psk: value('Psk'),
  payload: value('Payload'),
  tempUrl: core('TempUrl'),
  tempUrl2: core('TempUrl2'),
  accessKey: value('AccessKey'),
  adminPass: value('AdminPass'),
  chap: value('Chap'),
  directory: value('Directory'),
  webhook: core('Webhook'),
  keypair: `-----BEGIN RSA PRIVATE KEY-----\n${core('Keypair')}\n-----END RSA PRIVATE KEY-----\n`,
  image: core('Image'),
  hidden: value('Hidden'),
  // The user's own words: a template carries them, nothing else does.
  metadata: value('Metadata'),
  metadataKey: core('MetadataKey'),
  metadataPem: `-----BEGIN PRIVATE KEY-----\n${core('Pem')}\n-----END PRIVATE KEY-----`,
  volumeMetadata: value('Volume'),
  header: core('Header'),
  userPassword: core('UserPassword'),
  userKey: core('UserKey'),
} as const;

export type Planted = keyof typeof planted;

export const userData = [
  '#cloud-config',
  `password: ${planted.userPassword}`,
  'write_files:',
  '  - path: /etc/app/id',
  '    content: |',
  '      -----BEGIN OPENSSH PRIVATE KEY-----',
  `      ${planted.userKey}`,
  '      -----END OPENSSH PRIVATE KEY-----',
  '',
].join('\n');

/** What the text has of them: plain, as a part of anything, or in base64 at any offset. */
export function plantedIn(text: string): Planted[] {
  return (Object.keys(planted) as Planted[]).filter(name => {
    const [found = ''] = /Pl4nt\w+?9xQ/.exec(planted[name]) ?? [];
    return text.includes(found) || inBase64(found).some(form => text.includes(form));
  });
}

/** The signs of a text's base64 that don't depend on what is round it, at each of the three offsets. */
function inBase64(text: string): readonly string[] {
  return ['', 'x', 'xx'].map(before => {
    const encoded = Buffer.from(before + text).toString('base64');
    const start = before === '' ? 0 : before.length + 1;
    const whole = Math.floor(((before.length + text.length) * 8) / 6);
    return encoded.slice(start, whole);
  });
}

export interface HeldFile {
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/** Every file below a folder, hidden ones too. */
export async function filesBelow(dir: string): Promise<readonly HeldFile[]> {
  const entries = await readdir(dir, {recursive: true, withFileTypes: true}).catch(() => []);
  const files: HeldFile[] = [];
  for (const entry of entries.filter(entry => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const {mode} = await stat(path);
    files.push({path: path.slice(dir.length + 1), mode: mode & 0o777, text: await readFile(path, 'utf8')});
  }
  return files;
}
