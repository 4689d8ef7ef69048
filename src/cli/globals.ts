/** Options that every command takes: the openstack client's, and how to talk. */
import type {Argv} from 'yargs';
import type {CloudOptions} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';

/** Options whose value is text, by name; '' hides one from the short help. */
const texts = {
  'os-cloud': 'Entry of clouds.yaml',
  'os-region-name': 'Region',
  'os-project-name': 'Project, where the entry names another or none',
  'os-auth-url': 'Keystone, where no entry is used',
  'os-auth-type': '',
  'os-username': '',
  'os-user-id': '',
  'os-password': '',
  'os-token': '',
  'os-passcode': '',
  'os-project-id': '',
  'os-user-domain-name': '',
  'os-user-domain-id': '',
  'os-project-domain-name': '',
  'os-project-domain-id': '',
  'os-domain-name': '',
  'os-domain-id': '',
  'os-default-domain': '',
  'os-system-scope': '',
  'os-trust-id': '',
  'os-application-credential-id': '',
  'os-application-credential-name': '',
  'os-application-credential-secret': '',
  'os-interface': '',
  'os-endpoint': '',
  'os-cacert': '',
  'os-cert': '',
  'os-key': '',
} as const;

/** Older names of the openstack client. */
const synonyms = {
  'os-tenant-name': 'os-project-name',
  'os-tenant-id': 'os-project-id',
  'os-endpoint-type': 'os-interface',
  'os-url': 'os-endpoint',
} as const;

/** Options of some authentication plugins; the clouds.yaml key is the rest of the name. */
const plugins = [
  'os-auth-methods',
  'os-identity-provider',
  'os-protocol',
  'os-client-id',
  'os-client-secret',
  'os-openid-scope',
  'os-access-token',
  'os-access-token-endpoint',
  'os-access-token-type',
  'os-discovery-endpoint',
] as const;

type Text =
  keyof typeof texts | keyof typeof synonyms | (typeof plugins)[number] | 'http-timeout' | 'log-file';
type Flag = 'insecure' | 'verify' | 'debug' | 'timing' | 'no-color';

export type GlobalArgs = {readonly [Name in Text]?: string | undefined} & {
  readonly [Name in Flag]?: boolean | undefined;
} & {readonly verbose?: number | undefined; readonly quiet?: boolean | undefined};

const cloudGroup = 'Cloud:';

export interface GlobalOptions {
  /** Names like `os-compute-api-version` that the command line uses. */
  readonly apiVersions: readonly string[];
  /** Let help list what it leaves out otherwise. */
  readonly showHidden: boolean;
}

export function withGlobals(cli: Argv, {apiVersions, showHidden}: GlobalOptions): Argv<GlobalArgs> {
  const text = (describe: string, group = cloudGroup) =>
    ({
      type: 'string',
      nargs: 1,
      requiresArg: true,
      describe: describe || 'As in the openstack client',
      hidden: describe === '' && !showHidden,
      group,
    }) as const;
  let all: Argv<unknown> = cli;
  for (const [name, describe] of Object.entries(texts)) all = all.option(name, text(describe));
  for (const name of [...Object.keys(synonyms), ...plugins, ...apiVersions]) all = all.option(name, text(''));
  all = all
    .option('insecure', {
      type: 'boolean',
      group: cloudGroup,
      describe: "Don't check the server's certificate",
    })
    .option('verify', {
      type: 'boolean',
      group: cloudGroup,
      hidden: !showHidden,
      describe: "Check the server's certificate",
    })
    .option('http-timeout', text('Seconds for one request'))
    .option('verbose', {alias: 'v', type: 'count', describe: 'Say more; -vv says everything'})
    .option('quiet', {alias: 'q', type: 'boolean', describe: 'Say nothing but the result and errors'})
    .option('debug', {type: 'boolean', describe: 'Trace HTTP requests, show stacks; no secrets'})
    .option('log-file', {
      type: 'string',
      nargs: 1,
      requiresArg: true,
      describe: 'Write messages to a file as well',
    })
    .option('timing', {type: 'boolean', describe: 'List the requests and their seconds at the end'})
    .option('no-color', {type: 'boolean', describe: 'No colours; so does NO_COLOR'})
    .option('show-hidden', {type: 'boolean', describe: 'With --help: every option'});
  return all;
}

/** @throws RekindleError 'usage' */
export function cloudOptions(args: GlobalArgs): CloudOptions {
  if (args['os-cloud'] === '')
    throw new RekindleError('usage', '--os-cloud is empty', {hint: 'name an entry of clouds.yaml'});
  if (args.insecure === true && args.verify === true)
    throw new RekindleError('usage', '--insecure and --verify contradict each other');
  const options: Record<string, unknown> = {};
  for (const [old, name] of Object.entries(synonyms)) options[camel(name)] = filled(args[old as Text]);
  for (const name of Object.keys(texts)) {
    const value = filled(args[name as Text]);
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

/** @throws RekindleError 'usage' unless it is a positive number. */
export function seconds(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new RekindleError('usage', `--${name} takes a positive number, not ${JSON.stringify(value)}`);
  return number;
}

/** Empty means unset, as in the environment: scripts pass on variables that may be empty. */
function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
