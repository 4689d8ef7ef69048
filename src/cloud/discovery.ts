import {completed, endpointParts, endpointUrl, majorOf, type EndpointParts} from './catalog.ts';
import {at, isObject, textAt} from './http/json.ts';
import {listOf} from './auth/token.ts';
import {compareVersions, type Range} from './microversion.ts';
import {factsOf} from './service-types.ts';

/** What a service turned out to be. */
export interface Discovered {
  readonly url: string;
  readonly version: string | undefined;
  readonly microversions: Range | undefined;
  /** Why the version could not be read, where it should have been. */
  readonly failure?: string;
}

/** GETs a version document; undefined where the answer is none. Status 300 is normal at a root. */
export type ReadVersions = (url: string) => Promise<{readonly status: number; readonly body: unknown}>;

/**
 * Finds a service's base address and microversions. Only services with microversions are asked: for the others the
 * form of the endpoint says it all, and a request is saved.
 */
export async function discover(
  official: string,
  endpoint: string,
  projectId: string | undefined,
  read: ReadVersions,
): Promise<Discovered> {
  const {major, microversions} = factsOf(official);
  const parts = endpointParts(endpoint, projectId);
  const guess = completed(official, parts, projectId);
  if (microversions === undefined || major === undefined) {
    return {url: endpointUrl(guess), version: guess.version, microversions: undefined};
  }
  const tried: string[] = [];
  const look = async (url: string): Promise<Version | undefined> => {
    const {status, body} = await read(url);
    const found = status === 200 || status === 300 ? bestOf(versionsOf(body), major) : undefined;
    if (found === undefined) tried.push(`${new URL(url).pathname} answered ${status}`);
    return found;
  };
  const right = parts.version !== undefined && majorOf(parts.version) === major;
  const own = right ? await look(`${endpointUrl({...parts, rest: undefined})}/`) : undefined;
  if (own?.range !== undefined) return result(official, parts, own, projectId);
  // Magnum names its microversions at the root only. Proof: magnum `api/controllers/root.py`, `v1/__init__.py`.
  const atRoot = await look(`${parts.root}/`);
  const found = own === undefined || (atRoot?.range !== undefined && atRoot.id === own.id) ? atRoot : own;
  if (found !== undefined) {
    // The document's own address often has the wrong scheme or host: only its version segment is believed.
    return result(official, right ? parts : {...parts, version: found.segment}, found, projectId);
  }
  const failure = `no version document (${tried.join(', ')})`;
  const rest = guess.rest ?? (factsOf(official).projectInPath === undefined ? undefined : projectId);
  return {url: endpointUrl({...guess, rest}), version: undefined, microversions: undefined, failure};
}

function result(
  official: string,
  parts: EndpointParts,
  {id, range}: Version,
  projectId: string | undefined,
): Discovered {
  const wants = factsOf(official).projectInPath;
  const needed =
    wants === 'always' ||
    (wants !== undefined && (range === undefined || compareVersions(range.max, wants.below) < 0));
  const rest = parts.rest ?? (needed ? projectId : undefined);
  return {url: endpointUrl({...parts, rest}), version: id, microversions: range};
}

interface Version {
  readonly id: string;
  readonly segment: string;
  readonly range: Range | undefined;
}

/** The shapes of version documents: `{versions: {values: []}}`, `{versions: []}`, `{version: {}}` and a bare object. */
function versionsOf(body: unknown): readonly unknown[] {
  const versions = at(body, 'versions');
  if (Array.isArray(versions)) return listOf(versions);
  if (isObject(versions)) return listOf(at(versions, 'values'));
  const one = at(body, 'version');
  if (isObject(one)) return [one];
  return textAt(body, 'id') === undefined ? [] : [body];
}

/** The newest usable version of that major: keystoneauth `discover.py`, normalized_version_data. */
function bestOf(versions: readonly unknown[], major: number): Version | undefined {
  const usable = versions.flatMap((version): Version[] => {
    const id = textAt(version, 'id');
    const status = (textAt(version, 'status') ?? 'CURRENT').toUpperCase();
    const known = ['CURRENT', 'STABLE', 'SUPPORTED', 'DEPRECATED'].includes(status);
    if (id === undefined || !known || majorOf(id) !== major || !/^v?\d+(?:\.\d+)?$/u.test(id)) return [];
    return [{id, segment: segmentOf(version, id), range: rangeOf(version)}];
  });
  return usable.sort((one, other) => compareVersions(plain(other.id), plain(one.id)))[0];
}

function plain(id: string): string {
  return id.replace(/^v/u, '');
}

/** Cinder calls itself v3.0 and lives below /v3: the self link knows. */
function segmentOf(version: unknown, id: string): string {
  const links = listOf(at(version, 'links'));
  const self = links.find(link => textAt(link, 'rel') === 'self');
  const path = (textAt(self, 'href') ?? '').replace(/[?#].*$/u, '');
  const segments = path.split('/').filter(segment => /^v\d+(?:\.\d+)?$/u.test(segment));
  return segments.at(-1) ?? `v${majorOf(id)}`;
}

function rangeOf(version: unknown): Range | undefined {
  const max = textAt(version, 'max_version') ?? textAt(version, 'version') ?? '';
  const min = textAt(version, 'min_version') ?? '';
  const form = /^\d+\.\d+$/u;
  if (!form.test(max)) return undefined;
  return {min: form.test(min) ? min : max, max};
}
