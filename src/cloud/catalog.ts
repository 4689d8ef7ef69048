import {RekindleError} from '../model/errors.ts';
import {type CatalogEntry, type Endpoint} from './auth/token.ts';
import {oneLine} from './http/text.ts';
import {factsOf, officialType, typesOf} from './service-types.ts';
import {type CloudSettings} from './settings.ts';

/**
 * The endpoint of a service: the official type before its aliases, within one the interfaces in their order of
 * preference; the first match wins. Undefined where the catalog lacks it in this region.
 */
export function endpointOf(
  official: string,
  catalog: readonly CatalogEntry[],
  settings: CloudSettings,
): string | undefined {
  const own = settings.service(official);
  const region = own.region ?? settings.region;
  const types = own.serviceType === undefined ? typesOf(official) : [own.serviceType];
  for (const type of types) {
    const entries = catalog.filter(
      entry => entry.type === type && (own.serviceName === undefined || entry.name === own.serviceName),
    );
    const endpoints = entries
      .flatMap(entry => entry.endpoints)
      .filter(endpoint => inRegion(endpoint, region));
    for (const wanted of own.interfaces ?? settings.interfaces) {
      const found = endpoints.find(endpoint => endpoint.interface === wanted);
      if (found !== undefined) return found.url;
    }
  }
  return undefined;
}

function inRegion(endpoint: Endpoint, region: string | undefined): boolean {
  return region === undefined || endpoint.region === region;
}

/** Official types with an endpoint, those set by hand included; sorted. */
export function serviceTypesOf(catalog: readonly CatalogEntry[], settings: CloudSettings): readonly string[] {
  const types = new Set([...catalog.map(entry => officialType(entry.type)), ...settings.overridden]);
  const reachable = [...types].filter(
    type => settings.overridden.includes(type) || endpointOf(type, catalog, settings) !== undefined,
  );
  return reachable.sort();
}

/**
 * The region to work in: the one asked for if the catalog knows it, else the only one there is.
 * @throws RekindleError 'config' where it is unknown, or where there are several and none was named.
 */
export function regionOf(catalog: readonly CatalogEntry[], settings: CloudSettings): string | undefined {
  const all = regionsOf(catalog);
  const list = all.map(oneLine).join(', ');
  if (settings.region !== undefined) {
    if (all.length === 0 || all.includes(settings.region)) return settings.region;
    const near = all.find(name => name.toLowerCase() === settings.region?.toLowerCase());
    throw new RekindleError(
      'config',
      `Cloud ${settings.name} has no region ${settings.region}; it has ${list}`,
      {
        hint:
          near === undefined ? 'correct region_name, OS_REGION_NAME or --os-region-name' : `write it ${near}`,
      },
    );
  }
  // What is deployed lives in these; others, such as object storage, may have regions of their own.
  const main = regionsOf(catalog.filter(entry => ['compute', 'network'].includes(entry.type)));
  if (main.length > 1) {
    throw new RekindleError(
      'config',
      `Cloud ${settings.name} has several regions and none was chosen: ${main.map(oneLine).join(', ')}`,
      {
        hint: 'name one with region_name, OS_REGION_NAME or --os-region-name',
      },
    );
  }
  return main[0];
}

function regionsOf(entries: readonly CatalogEntry[]): readonly string[] {
  const names = entries.flatMap(entry => entry.endpoints).map(endpoint => endpoint.region);
  return [...new Set(names.filter(name => name !== undefined))].sort();
}

const VERSION = /^v\d+(?:\.\d+)?$/u;

export interface EndpointParts {
  /** Scheme, host and path prefix; no slash at the end. */
  readonly root: string;
  /** `v2.1`, where the address has one. */
  readonly version: string | undefined;
  /** What follows the version: mostly the project id. */
  readonly rest: string | undefined;
}

/** Takes an endpoint apart without ever rebuilding it from host and port, for prefixes such as `/compute` count. */
export function endpointParts(address: string, projectId: string | undefined): EndpointParts {
  const url = new URL(address);
  const segments = url.pathname.split('/').filter(segment => segment !== '');
  let rest: string | undefined;
  const beforeLast = segments.at(-2);
  const last = segments.at(-1);
  if (last !== undefined && !VERSION.test(last)) {
    if (last === projectId || (beforeLast !== undefined && VERSION.test(beforeLast))) rest = segments.pop();
  }
  const tail = segments.at(-1);
  const version = tail !== undefined && VERSION.test(tail) ? segments.pop() : undefined;
  return {root: [url.origin, ...segments].join('/'), version, rest};
}

/** Puts the parts together again. */
export function endpointUrl({root, version, rest}: EndpointParts): string {
  return [root, version, rest].filter(part => part !== undefined).join('/');
}

/** The endpoint by its form alone: only what is missing is added. */
export function completed(
  official: string,
  parts: EndpointParts,
  projectId: string | undefined,
): EndpointParts {
  const {suffix, major, projectInPath} = factsOf(official);
  const right = parts.version !== undefined && (major === undefined || majorOf(parts.version) === major);
  const version = right ? parts.version : (suffix ?? parts.version);
  const rest = parts.rest ?? (projectInPath === 'always' ? projectId : undefined);
  return {root: parts.root, version, rest};
}

export function majorOf(version: string): number {
  return Number(/^v?(\d+)/u.exec(version)?.[1] ?? Number.NaN);
}
