/** From parsed words to what a session takes. */
import type {CloudOptions} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import {plugins, synonyms, texts, type GlobalArgs, type TextName} from './globals.ts';
import {seconds} from './numbers.ts';

/** @throws RekindleError 'usage' */
export function cloudOptions(args: GlobalArgs): CloudOptions {
  if (args['os-cloud'] === '')
    throw new RekindleError('usage', '--os-cloud is empty', {hint: 'name an entry of clouds.yaml'});
  if (args.insecure === true && args.verify === true)
    throw new RekindleError('usage', '--insecure and --verify contradict each other');
  const options: Record<string, unknown> = {};
  for (const [old, name] of Object.entries(synonyms)) options[camel(name)] = filled(args[old as TextName]);
  for (const name of Object.keys(texts)) {
    const value = filled(args[name as TextName]);
    if (value !== undefined) options[camel(name)] = value;
  }
  const auth = plugins.flatMap(name => {
    const value = filled(args[name]);
    return value === undefined ? [] : [[name.slice('os-'.length).replaceAll('-', '_'), value]];
  });
  const versions = Object.entries(args).flatMap(([name, value]: [string, unknown]) => {
    const service = /^os-(.+)-api-version$/.exec(name)?.[1];
    return service === undefined || value === '' ? [] : [[officialTypes[service] ?? service, value]];
  });
  return {
    ...(options as CloudOptions),
    osAuth: Object.fromEntries(auth) as Readonly<Record<string, string>>,
    osApiVersions: Object.fromEntries(versions) as Readonly<Record<string, string>>,
    insecure: args.insecure === true ? true : undefined,
    verify: args.verify,
    httpTimeout: seconds('http-timeout', args['http-timeout']),
  };
}

/** The openstack client's own words for a service, where they aren't its type. */
const officialTypes: Readonly<Record<string, string>> = {
  volume: 'block-storage',
  object: 'object-store',
  share: 'shared-file-system',
  loadbalancer: 'load-balancer',
  alarming: 'alarm',
  'container-infra': 'container-infrastructure-management',
};

/** Empty means unset, as in the environment: scripts pass on variables that may be empty. */
function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
