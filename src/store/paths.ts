/** Which paths a bundle may hold. */
import {RekindleError} from '../model/errors.ts';

/** Files at the top of every bundle; what else is ours lies in `files/`. */
export const ownFiles: readonly string[] = [
  'template.yaml',
  'environment.yaml',
  'secrets.yaml',
  'deploy.sh',
  'report.md',
  'report.json',
  'topology.svg',
  'topology.html',
  'inventory.json',
];

/** Why that path can't be a file of a bundle. */
export function faultOfPath(path: string): string | undefined {
  if (path.length > 1000) return 'is too long';
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..') return 'leads elsewhere';
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\\:]/u.test(part))
      return 'has characters that no file name should have';
    if (Buffer.byteLength(part) > 255) return 'is too long';
  }
  return undefined;
}

/** @throws RekindleError 'internal': the paths are ours, so a bad one is a bug and never written. */
export function checkPaths(paths: readonly string[]): void {
  const seen = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const fault = faultOfPath(path);
    if (fault !== undefined) {
      throw new RekindleError(
        'internal',
        `the bundle has a file whose path ${fault}: ${JSON.stringify(path)}`,
      );
    }
    // Two names that differ in case only are one file on some systems.
    const folded = path.normalize('NFC').toLowerCase();
    if (seen.has(folded))
      throw new RekindleError('internal', `the bundle has two files ${JSON.stringify(path)}`);
    seen.add(folded);
    for (const folder of foldersOf(folded)) folders.add(folder);
  }
  const both = [...seen].find(path => folders.has(path));
  if (both !== undefined) {
    throw new RekindleError('internal', `the bundle has a file and a folder ${JSON.stringify(both)}`);
  }
}

/** `a/b/c` -> `a`, `a/b`. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
