import {keyPrefixes, officialType} from '../service-types.ts';
import {type ServiceSettings} from '../settings.ts';
import {interfacesOf, textOf} from './values.ts';
import {type TreeMap} from './yaml.ts';

/** Settings of one service, as `compute_endpoint_override`: under the official type first, then under its aliases. */
export function serviceSettings(type: string, top: TreeMap, where: string): ServiceSettings {
  const prefixes = keyPrefixes(type);
  const first = <T>(name: string, read: (key: string) => T | undefined): T | undefined => {
    for (const prefix of prefixes) {
      const value = read(`${prefix}_${name}`);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const text = (name: string): string | undefined => first(name, key => textOf(top, key, where) || undefined);
  return {
    endpointOverride: text('endpoint_override') ?? text('endpoint'),
    interfaces: first('interface', key => interfacesOf(top, key, where)),
    region: text('region_name'),
    apiVersion: text('api_version'),
    microversion: text('default_microversion'),
    serviceType: text('service_type'),
    serviceName: text('service_name'),
  };
}

export function overriddenTypes(top: TreeMap): readonly string[] {
  const types = Object.entries(top).flatMap(([key, value]) => {
    const type = /^(.+?)_endpoint(?:_override)?$/u.exec(key)?.[1];
    return type === undefined || typeof value !== 'string' || value === '' ? [] : [officialType(type)];
  });
  return [...new Set(types)].sort();
}
