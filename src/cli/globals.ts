/** Options that every command takes: the openstack client's, and how to talk. */
import type {Argv} from 'yargs';

/** Options whose value is text, by name; '' hides one from the short help. */
export const texts = {
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
export const synonyms = {
  'os-tenant-name': 'os-project-name',
  'os-tenant-id': 'os-project-id',
  'os-endpoint-type': 'os-interface',
  'os-url': 'os-endpoint',
} as const;

/** Options of some authentication plugins; the clouds.yaml key is the rest of the name. */
export const plugins = [
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

const flags = {
  debug: 'Trace HTTP requests, show stacks; no secrets',
  timing: 'List the requests and their seconds at the end',
  'no-color': 'No colours; so does NO_COLOR',
  'show-hidden': 'With --help: every option',
} as const;

export type TextName =
  keyof typeof texts | keyof typeof synonyms | (typeof plugins)[number] | 'http-timeout' | 'log-file';

export type GlobalArgs = {readonly [Name in TextName]?: string | undefined} & {
  readonly [Name in keyof typeof flags | 'quiet' | 'insecure' | 'verify']?: boolean | undefined;
} & {readonly verbose?: number | undefined};

export interface GlobalOption {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'count';
  readonly describe: string;
  readonly group: 'Cloud:' | 'In every command:';
  readonly alias?: string;
  /** Left out by help, unless --show-hidden is given. */
  readonly hidden?: true;
}

const everywhere = 'In every command:';

/** @param apiVersions Names like `os-compute-api-version` that the command line uses. */
export function globalOptions(apiVersions: readonly string[] = []): readonly GlobalOption[] {
  const type = 'boolean';
  const others = [...Object.keys(synonyms), ...plugins, ...apiVersions];
  return [
    ...Object.entries(texts).map(([name, describe]) => cloudText(name, describe)),
    ...others.map(name => cloudText(name, '')),
    {name: 'insecure', type: 'boolean', group: 'Cloud:', describe: "Don't check the server's certificate"},
    {name: 'verify', type: 'boolean', group: 'Cloud:', describe: 'Check it', hidden: true},
    {name: 'http-timeout', type: 'string', group: 'Cloud:', describe: 'Seconds for one request'},
    {
      name: 'verbose',
      type: 'count',
      group: everywhere,
      alias: 'v',
      describe: 'Say more; -vv says everything',
    },
    {name: 'log-file', type: 'string', group: everywhere, describe: 'Write messages to a file as well'},
    {name: 'quiet', type: 'boolean', group: everywhere, alias: 'q', describe: 'Only the result and errors'},
    ...Object.entries(flags).map(([name, describe]) => ({name, type, group: everywhere, describe}) as const),
  ];
}

function cloudText(name: string, describe: string): GlobalOption {
  const option = {name, type: 'string', group: 'Cloud:'} as const;
  return describe === ''
    ? {...option, describe: 'As in the openstack client', hidden: true}
    : {...option, describe};
}

export interface Globals {
  readonly apiVersions: readonly string[];
  readonly showHidden: boolean;
}

export function withGlobals(cli: Argv, {apiVersions, showHidden}: Globals): Argv<GlobalArgs> {
  let all: Argv<unknown> = cli;
  for (const {name, type, describe, group, alias, hidden} of globalOptions(apiVersions)) {
    all = all.option(name, {
      type,
      describe,
      group,
      hidden: hidden === true && !showHidden,
      ...(alias === undefined ? {} : {alias}),
      ...(type === 'string' ? {nargs: 1, requiresArg: true} : {}),
    });
  }
  return all.group(['help', 'version'], everywhere);
}
