import {RekindleError} from '../../model/errors.ts';
import {type Surroundings} from '../types.ts';
import {type Kind, type ReadFile, expandPath, searchPaths, set} from './files.ts';
import {type Parsed, SyntaxTrouble, type TreeMap, isMap, parseConfig} from './yaml.ts';

/** The first file of a kind that could be read and parsed. */
export interface Source {
  readonly path: string;
  readonly root: TreeMap;
  readonly changed: Parsed['changed'];
}

/** Searches for a file of a kind; nothing merges across directories. */
export function findSource(kind: Kind, surroundings: Surroundings, readFile: ReadFile): Source | undefined {
  const {logger, platform} = surroundings;
  warnMissing(kind, surroundings, readFile);
  for (const path of searchPaths(kind, surroundings)) {
    const file = readFile(path);
    if (file === undefined) continue;
    if (file === 'unreadable') {
      logger.log('info', `${path} can't be read and is skipped`);
      continue;
    }
    const parsed = parse(path, file.text, surroundings);
    if (parsed === undefined) continue;
    if (kind === 'secure' && platform !== 'win32' && (file.mode & 0o077) !== 0) {
      logger.log('warn', `${path} can be read by others: chmod 600 it`);
    }
    if (parsed.root !== undefined && !isMap(parsed.root)) {
      throw new RekindleError('config', `${path} must be a mapping with the key ${sectionOf(kind)}`);
    }
    return {path, root: parsed.root ?? {}, changed: parsed.changed};
  }
  return undefined;
}

function parse(path: string, text: string, {logger}: Surroundings): Parsed | undefined {
  try {
    return parseConfig(text, path.endsWith('.json'));
  } catch (error) {
    const why = error instanceof SyntaxTrouble ? error.message : 'it holds too many aliases';
    logger.log('warn', `${path} is skipped: ${why}`);
    return undefined;
  }
}

function warnMissing(kind: Kind, surroundings: Surroundings, readFile: ReadFile): void {
  if (kind === 'clouds-public') return;
  const variable = kind === 'clouds' ? 'OS_CLIENT_CONFIG_FILE' : 'OS_CLIENT_SECURE_FILE';
  const named = set(surroundings.env[variable]);
  if (named === undefined || readFile(expandPath(named, surroundings)) !== undefined) return;
  surroundings.logger.log('warn', `${variable} names ${named}, which does not exist`);
}

function sectionOf(kind: Kind): string {
  return kind === 'clouds-public' ? 'public-clouds' : 'clouds';
}

/** The named entries of a file. @throws RekindleError 'config' where they aren't a mapping. */
export function entriesOf(source: Source | undefined, kind: Kind): TreeMap {
  const section = sectionOf(kind);
  const entries = source?.root[section];
  if (entries === undefined) return {};
  if (isMap(entries)) return entries;
  throw new RekindleError(
    'config',
    `${source?.path ?? kind}: ${section} must be a mapping of names to entries`,
  );
}

/** Warns of what a reader of the file would not expect: only of the chosen entry, and never with the value. */
export function warnChanged(source: Source | undefined, entry: string, {logger}: Surroundings): void {
  for (const path of source?.changed ?? []) {
    if (path[1] !== entry) continue;
    logger.log(
      'warn',
      `${source?.path ?? ''}: ${path.join('.')} is unquoted, and YAML reads the number as something else than is written: put it in quotes`,
    );
  }
}
