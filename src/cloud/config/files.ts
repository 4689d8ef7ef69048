import {readFileSync, statSync} from 'node:fs';
import path from 'node:path';

import {type Surroundings} from '../types.ts';

export interface FileText {
  readonly text: string;
  /** Permission bits. */
  readonly mode: number;
}

/** Undefined for what is absent; 'unreadable' for what is there and closed to us. */
export type ReadFile = (path: string) => FileText | 'unreadable' | undefined;

export const fileReader: ReadFile = file => {
  try {
    return {text: readFileSync(file, 'utf8'), mode: statSync(file).mode};
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'unreadable';
  }
};

export type Kind = 'clouds' | 'secure' | 'clouds-public';

/**
 * Where a kind of file is looked for, in order: openstacksdk `config/loader.py` (CONFIG_SEARCH_PATH) with the
 * directories of its `appdirs`. The variables come first.
 */
export function searchPaths(kind: Kind, {env, cwd, home, platform}: Surroundings): readonly string[] {
  const {win32, posix} = path;
  const join = (...parts: readonly string[]): string => (platform === 'win32' ? win32 : posix).join(...parts);
  const realHome = set(env['SNAP_REAL_HOME']) ?? home;
  const directories = [
    cwd,
    userDirectory(),
    join(realHome, '.config', 'openstack'),
    siteDirectory(),
    '/etc/openstack',
  ];
  const variable = {
    clouds: 'OS_CLIENT_CONFIG_FILE',
    secure: 'OS_CLIENT_SECURE_FILE',
    'clouds-public': undefined,
  }[kind];
  const named = variable === undefined ? undefined : set(env[variable]);
  const found = directories.flatMap(directory =>
    ['yaml', 'yml', 'json'].map(extension => join(directory, `${kind}.${extension}`)),
  );
  return [...new Set(named === undefined ? found : [expandPath(named, {cwd, home, platform}), ...found])];

  function userDirectory(): string {
    if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'openstack');
    if (platform === 'win32') {
      return join(set(env['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local'), 'OpenStack', 'openstack');
    }
    return join(set(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'openstack');
  }

  function siteDirectory(): string {
    if (platform === 'darwin') return '/Library/Application Support/openstack';
    if (platform === 'win32')
      return join(set(env['PROGRAMDATA']) ?? 'C:\\ProgramData', 'OpenStack', 'openstack');
    return '/etc/xdg/openstack';
  }
}

/** `~` and relative paths, as the Python clients take them. */
export function expandPath(
  file: string,
  {cwd, home, platform}: Pick<Surroundings, 'cwd' | 'home' | 'platform'>,
): string {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const tilde = /^~(?=$|[/\\])/u.test(file);
  return tilde ? paths.join(home, file.slice(1)) : paths.resolve(cwd, file);
}

/** Empty means unset. */
export function set(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}
