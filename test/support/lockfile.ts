/** What the lock file says of the packages that are installed. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {script} from '../../src/page/bundled.js';

export interface Locked {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Only for building and testing it. */
  readonly dev: boolean;
  readonly optional: boolean;
  readonly integrity: string;
  readonly installs: boolean;
}

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const root = join(import.meta.dirname, '../../..');

export function lockedPackages(): readonly Locked[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Entry>>;
  };
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      license: entry.license ?? '',
      dev: entry.dev === true,
      optional: entry.optional === true,
      integrity: entry.integrity ?? '',
      installs: entry.hasInstallScript === true,
    }));
}

/** What the page's script holds, as the words before it say: `d3-zoom 3.0.1 (ISC)`. */
export function bundledPackages(): readonly Pick<Locked, 'name' | 'version' | 'license'>[] {
  return [...script.matchAll(/^\/\*! (.*)$/gm)].flatMap(([, names = '']) =>
    names.split(', ').map(one => {
      const [, name = '', version = '', license = ''] = /^(\S+) (\S+) \((.*)\)$/.exec(one) ?? [];
      return {name, version, license};
    }),
  );
}

/** docs/licences.md: what comes with rekindle, and under which terms. */
export function licencesPage(): string {
  const runtime = lockedPackages().filter(({dev}) => !dev);
  const rows = new Set(runtime.map(({name, version, license}) => `| ${name} | ${version} | ${license} |`));
  const inPage = bundledPackages().map(({name, version, license}) => `| ${name} | ${version} | ${license} |`);
  return [
    '# Licences of what is installed with rekindle',
    '',
    `${rows.size} packages, from the lock file; none of them runs anything when it is installed. rekindle itself is Apache-2.0.`,
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'Part of the script of `topology.html`, which has their texts before it:',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...inPage,
    '',
  ].join('\n');
}
