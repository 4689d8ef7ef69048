/** `--select`, `--exclude`, `--select-file` and `--explain`: which things go into which bundle, and why. */
import type {Argv} from 'yargs';
import {RekindleError} from '../model/errors.ts';
import type {Shape} from '../model/shape.ts';
import {nearest} from '../model/nearest.ts';
import type * as language from '../shape/index.ts';
import type {Context} from './command.ts';
import {flag, list, text} from './option-kinds.ts';

/** What `withSelect` adds. */
export interface SelectionArgs {
  readonly select?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly 'select-file'?: string | undefined;
}

/** The selection, and the reasons for it. */
export function withSelection<T>(cli: Argv<T>) {
  return withSelect(cli).option('explain', flag('Print why each thing is in or out'));
}

export function withSelect<T>(cli: Argv<T>) {
  return cli
    .option(
      'select',
      list('Only these things, with what they need, as server:web-*; NAME=… for one of several bundles'),
    )
    .option('exclude', list('Not these: what refers to them takes what the target has, by a parameter'))
    .option(
      'select-file',
      text("A file of selections, one a line, as `rekindle select` writes it; '-' is standard input"),
    );
}

/** A line for each thing of the largest projects. */
const longest = 16 * 1024 * 1024;

/**
 * The options, with what --select-file says as --select and --exclude.
 * @throws RekindleError 'input' for a file that can't be read or understood, 'usage' where --select is given as well
 */
export async function withSelectFile<Args extends SelectionArgs>(
  args: Args,
  context: Context,
): Promise<Args> {
  const {'select-file': file, select = [], exclude = []} = args;
  if (file === undefined) return args;
  if (select.length > 0)
    throw new RekindleError('usage', '--select and --select-file exclude each other', {
      hint: 'a line of the file may be any selection; --exclude goes with both',
    });
  const [{readText}, {readSelections}] = await Promise.all([
    import('../store/text.ts'),
    import('../shape/index.ts'),
  ]);
  const said =
    file === '-'
      ? readSelections('standard input', await context.world.stdin())
      : readSelections(file, await readText(context.path(file), longest));
  return {
    ...args,
    ...(said.select === undefined ? {} : {select: [said.select]}),
    ...(said.exclude === undefined ? {} : {exclude: [...exclude, said.exclude]}),
  };
}

/** One of the bundles that a run makes. */
export interface Wanted {
  /** Folder below the one that was named; undefined where the run makes one bundle. */
  readonly name?: string;
  readonly select?: string;
}

/**
 * The bundles that are asked for: one, unless the selections have names.
 * @throws RekindleError 'usage' for a text that can't be read, and for several selections without names
 */
export async function selectionsOf({select = []}: SelectionArgs): Promise<readonly Wanted[]> {
  if (select.length === 0) return [{}];
  const spoken = await import('../shape/index.ts');
  const wanted = select.map(text => readOne(text, spoken));
  const names = new Set(wanted.map(({name}) => name));
  if (wanted.length > 1 && names.has(undefined))
    throw new RekindleError('usage', 'Several selections make several bundles, and each needs a name', {
      hint: `--select web='server:web-*' --select db='server:db' makes DIR/web and DIR/db; for one bundle of all join them by "|"`,
    });
  if (names.size < wanted.length) {
    const twice = wanted.find(({name}, index) => wanted.findIndex(other => other.name === name) < index);
    throw new RekindleError('usage', `Two selections are called ${twice?.name ?? ''}`, {
      hint: 'each makes a bundle of its own: give them different names, or join them by "|"',
    });
  }
  return wanted;
}

type Language = Pick<typeof language, 'canonicalSelection' | 'fieldNames' | 'isField'>;

function readOne(text: string, {canonicalSelection, fieldNames, isField}: Language): Wanted {
  const [, name, rest] = /^\s*([A-Za-z0-9_-]+)=(?!=)(.*)$/su.exec(text) ?? [];
  // A field's name stands before an equals sign as well: no bundle can be called so.
  if (name === undefined || rest === undefined || isField(name)) return {select: canonicalSelection(text)};
  try {
    return {name, select: canonicalSelection(rest)};
  } catch (error) {
    if (!(error instanceof RekindleError)) throw error;
    const like = nearest(name, fieldNames);
    const {code, message, hint} = error;
    throw new RekindleError(code, `${message} (${name} is taken for the name of a bundle)`, {
      hint: like === undefined ? hint : `did you mean ${like}=${rest}?`,
    });
  }
}

/** @throws RekindleError 'usage' where there are several, or it has a name */
export async function onlySelection(args: SelectionArgs): Promise<Wanted> {
  const [first = {}, ...others] = await selectionsOf(args);
  if (others.length > 0)
    throw new RekindleError('usage', 'This command takes one selection', {hint: 'join them by "|"'});
  return first;
}

/**
 * Of the choices those that the options make; what isn't said is left as it was.
 * @throws RekindleError 'usage' for a text that can't be read
 */
export async function selectionOf(
  {exclude = []}: SelectionArgs,
  {select}: Wanted,
): Promise<Pick<Shape, 'select' | 'exclude'>> {
  const chosen = select === undefined ? {} : {select};
  if (exclude.length === 0) return chosen;
  const {canonicalSelection} = await import('../shape/index.ts');
  // Each by itself first: columns are counted in what was written.
  const parts = exclude.map(text => `(${canonicalSelection(text)})`);
  return {...chosen, exclude: canonicalSelection(parts.join(' | '))};
}
