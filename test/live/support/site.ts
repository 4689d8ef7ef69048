/** Where a project is built: who builds, what the cloud offers for it, and what it refused. */
import {generateKeyPairSync, randomBytes} from 'node:crypto';
import {ApiError, type Api, type Row} from './api.ts';

/** Objects of the cloud itself that the cases refer to. A missing one drops the cases that need it. */
export interface Outside {
  /** A small public image, and another one. */
  readonly image: string;
  readonly otherImage: string;
  readonly tiny: string;
  /** A flavor without a disk, for servers that boot from a volume; else the tiny one. */
  readonly nodisk: string;
  readonly external: string;
  readonly otherExternal: string | undefined;
  /** A network that another project shares with everyone. */
  readonly shared: string | undefined;
  /** A volume type whose volumes can be on several servers. */
  readonly multiattach: string | undefined;
  readonly otherType: string | undefined;
}

export interface Refusal {
  readonly what: string;
  readonly error: string;
}

export interface SiteOptions {
  /** The same project with the role admin, for what only an operator can do. */
  readonly admin?: Api | undefined;
  /** Another member of the same project, for servers with another user's key pair. */
  readonly other?: Api | undefined;
}

export interface Site {
  readonly api: Api;
  readonly admin: Api | undefined;
  readonly other: Api | undefined;
  readonly outside: Outside;
  /** Ends the names that must not clash with another build: key pairs belong to the user, not to the project. */
  readonly suffix: string;
  /** What the cloud would not do, so that no case goes missing in silence. */
  readonly refused: Refusal[];
}

/** Six characters that no other run has. */
export function randomSuffix(): string {
  return randomBytes(4).toString('hex').slice(0, 6);
}

/** Marks a user's key pairs as made for one project, so that wiping the project finds them. */
export function keyMark(projectId: string): string {
  return `-${projectId.slice(0, 8)}-`;
}

export async function openSite(api: Api, options: SiteOptions = {}): Promise<Site> {
  return {
    api,
    admin: options.admin,
    other: options.other,
    outside: await findOutside(api),
    suffix: keyMark(api.projectId) + randomSuffix(),
    refused: [],
  };
}

/**
 * Tries a case that a cloud may refuse: the answer is noted and gives undefined. A 500 counts as well, for it is what
 * a service says whose database can't hold a character.
 */
export async function attempt<T>(site: Site, what: string, make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status > 500) throw error;
    site.refused.push({what, error: error.message});
    return undefined;
  }
}

/** A byte string with its length before it, as OpenSSH writes them. */
function counted(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A fresh public key in OpenSSH's form. Nova makes key pairs itself only below 2.92. */
export function publicKey(comment: string): string {
  const {publicKey: key} = generateKeyPairSync('ed25519');
  const raw = Buffer.from(key.export({format: 'jwk'}).x ?? '', 'base64url');
  const blob = Buffer.concat([counted(Buffer.from('ssh-ed25519')), counted(raw)]);
  return `ssh-ed25519 ${blob.toString('base64')} ${comment}`;
}

/** The preferred name where the cloud has it, so that a project looks the same each time, else any. */
function pick(rows: readonly Row[], what: string, ...names: readonly string[]): string {
  const found =
    names.map(name => rows.find(row => row['name'] === name)).find(row => row !== undefined) ?? rows[0];
  if (found === undefined) throw new Error(`the cloud has no ${what} to build with`);
  return found.id;
}

async function findOutside(api: Api): Promise<Outside> {
  const [images, flavors, networks, types] = await Promise.all([
    api.list('image', '/images?status=active&visibility=public', 'images'),
    api.list('compute', '/flavors/detail', 'flavors'),
    api.list('network', '/networks', 'networks'),
    api.list('volume', '/types', 'volume_types'),
  ]);
  const withDisk = flavors
    .filter(row => Number(row['disk']) > 0)
    .sort((a, b) => Number(a['ram']) - Number(b['ram']));
  const external = networks.filter(row => row['router:external'] === true);
  const shared = networks.filter(row => row['shared'] === true && row['router:external'] !== true);
  const multiattach = types.find(row => {
    const specs = row['extra_specs'] as Record<string, string> | undefined;
    return specs?.['multiattach'] === '<is> True';
  });
  const gateway = pick(external, 'external network', 'public');
  return {
    image: pick(images, 'public image', 'cirros-like'),
    otherImage: pick(images, 'public image', 'debian-like'),
    tiny: pick(withDisk, 'flavor', 'm1.tiny'),
    nodisk: pick([...flavors.filter(row => row['disk'] === 0), ...withDisk], 'flavor', 'm1.nodisk'),
    external: gateway,
    otherExternal: external.find(row => row.id !== gateway)?.id,
    shared: shared.find(row => row['project_id'] !== api.projectId)?.id,
    // A member does not see extra specs in every release; the name is the last resort.
    multiattach: (multiattach ?? types.find(row => row['name'] === 'fast'))?.['name'] as string | undefined,
    otherType: types.find(row => row['name'] === 'anywhere')?.['name'] as string | undefined,
  };
}
