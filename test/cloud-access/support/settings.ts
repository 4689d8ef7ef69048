import {type ReadFile} from '../../../src/cloud/config/files.ts';
import {loadSettings} from '../../../src/cloud/config/load.ts';
import {type CloudSettings} from '../../../src/cloud/settings.ts';
import {type CloudOptions, type Surroundings} from '../../../src/cloud/index.ts';
import {type Heard, surroundingsOf} from './surroundings.ts';

/** Files by path; an object is written as YAML-compatible JSON, `null` is a file that can't be read. */
export type Files = Readonly<Record<string, string | object | null>>;

export interface Asked extends Partial<Surroundings> {
  readonly files?: Files;
  readonly options?: CloudOptions;
  /** Permissions of secure files. */
  readonly mode?: number;
  readonly published?: Readonly<Record<string, unknown>>;
}

export interface Settled {
  readonly settings: CloudSettings;
  readonly heard: readonly Heard[];
  readonly fetched: readonly string[];
}

/** Loads settings from files in memory. */
export async function settle({
  files = {},
  options = {},
  mode = 0o600,
  published = {},
  ...changes
}: Asked): Promise<Settled> {
  const surroundings = surroundingsOf(changes);
  const fetched: string[] = [];
  const readFile: ReadFile = path => {
    const content = files[path];
    if (content === undefined) return undefined;
    if (content === null) return 'unreadable';
    return {text: typeof content === 'string' ? content : JSON.stringify(content), mode};
  };
  const settings = await loadSettings(options, surroundings, {
    readFile,
    fetchProfile: url => {
      fetched.push(url);
      return Promise.resolve(published[url]);
    },
  });
  return {settings, heard: surroundings.heard, fetched};
}

export const HERE = '/here/clouds.yaml';

/** An entry that is complete; give what is to differ. */
export function entry(changes: object = {}, auth: object = {}): object {
  return {
    auth: {
      auth_url: 'https://keystone.test/v3',
      username: 'ann',
      password: 'ann-pass',
      project_name: 'web',
      user_domain_name: 'Default',
      project_domain_name: 'Default',
      ...auth,
    },
    ...changes,
  };
}

/** Settings of one entry `c`, with flags and variables as given. */
export async function one(content: string | object, rest: Asked = {}): Promise<Settled> {
  const file = typeof content === 'string' ? content : {clouds: {c: content}};
  return await settle({files: {[HERE]: file}, ...rest});
}
