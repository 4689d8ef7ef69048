/** Writing a bundle, and what is said about it: for `snapshot` and `render`. */
import type {Report} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import type {Snapshot} from '../pipeline.ts';
import type {Earlier} from '../store/index.ts';
import type {Context} from './command.ts';
import {dataText} from './format/formats.ts';
import {tableText} from './format/table.ts';
import {harmless} from './terminal.ts';
import {joined, shellWord} from './shell.ts';

interface SaveArgs {
  readonly dir?: string | undefined;
  readonly force?: boolean | undefined;
  readonly format: 'table' | 'json' | 'yaml';
}

/** @param earlier The bundle that it replaces. */
export async function saveBundle(
  {bundle, report, warnings}: Snapshot,
  args: SaveArgs,
  context: Context,
  earlier: Earlier | undefined,
): Promise<void> {
  const {writeBundle} = await import('../store/index.ts');
  const dir = args.dir ?? folderName(report.project);
  if (earlier !== undefined && args.force !== true) checkWhole(dir, report, earlier.report);
  const update = earlier !== undefined;
  for (const warning of warnings) context.log.log('warn', warning);
  await writeBundle(context.path(dir), bundle, {force: args.force, update, signal: context.signal});
  const {format} = args;
  const since = earlier === undefined ? undefined : sinceOf(report, earlier.report);
  context.print(
    format === 'table' ? summary(dir, report, since) : await dataText(countsOf(dir, report, since), format),
  );
}

/**
 * The bundle that the new one would replace, if it is of the same project.
 * @throws RekindleError 'exists' for another project's, unless forced; 'input' for a damaged one.
 */
export async function earlierBundle(
  {dir, force}: Pick<SaveArgs, 'dir' | 'force'>,
  project: {readonly id: string; readonly name: string; readonly region: string | null},
  context: Context,
): Promise<Earlier | undefined> {
  const {readEarlier} = await import('../store/index.ts');
  const folder = dir ?? folderName(project.name);
  const earlier = await readEarlier(context.path(folder));
  if (earlier === undefined) return undefined;
  const {source} = earlier;
  if (source.project.id === project.id && source.region === project.region) return earlier;
  if (force === true) return undefined;
  const whose =
    source.project.id === project.id
      ? `this project in the region ${source.region ?? '(none)'}`
      : `another project, ${JSON.stringify(source.project.name)}`;
  throw new RekindleError('exists', `${folder} holds the bundle of ${whose}`, {
    hint: 'name another folder; --force replaces it',
  });
}

/** @throws RekindleError 'exists': what could not be read must not look as if it were gone. */
function checkWhole(dir: string, report: Report, earlier: Report): void {
  const here = new Set(report.resources.map(({kind, id}) => `${kind}:${id}`));
  const unread = new Map(
    report.gaps.filter(({reason}) => reason !== 'vanished').map(({kind, detail}) => [kind, detail]),
  );
  const lost = earlier.resources.filter(({kind, id}) => unread.has(kind) && !here.has(`${kind}:${id}`));
  const [first] = lost;
  if (first === undefined) return;
  throw new RekindleError(
    'exists',
    `${dir} has ${many(lost.length, 'resource')} that could not be read this time (${first.name}${lost.length > 1 ? ', …' : ''}): ${unread.get(first.kind) ?? ''}`,
    {
      hint: 'nothing was changed: try again, or write the partial snapshot to another folder; --force replaces it',
    },
  );
}

/** Logical names of what is new, and of what is gone. */
interface Since {
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

function sinceOf({resources}: Report, {resources: earlier}: Report): Since {
  return {added: namesBeyond(resources, earlier), gone: namesBeyond(earlier, resources)};
}

/** Names of those that the others don't have. */
function namesBeyond(those: Report['resources'], others: Report['resources']): string[] {
  const keys = new Set(others.map(({kind, id}) => `${kind}:${id}`));
  return those.filter(({kind, id}) => !keys.has(`${kind}:${id}`)).map(({name}) => name);
}

/** Fields are part of the interface. */
function countsOf(
  dir: string,
  {project, counts, steps, losses, skipped, gaps}: Report,
  since: Since | undefined,
): object {
  return {
    bundle: dir,
    project,
    resources: counts.resources,
    parameters: counts.parameters,
    steps: steps.length,
    losses: losses.length,
    skipped: skipped.length,
    gaps: gaps.length,
    fields: counts.fields,
    kinds: counts.kinds,
    ...(since === undefined ? {} : {since}),
  };
}

const fates = {
  exact: 'as they are',
  derived: 'made by the server again',
  parameter: 'parameters of the template',
  step: 'by an API call beside the stack',
  lost: 'lost',
} as const;

function summary(dir: string, report: Report, since: Since | undefined): string {
  const {counts, steps, losses} = report;
  const head = [
    many(counts.resources, 'resource'),
    many(counts.parameters, 'parameter'),
    many(steps.length, 'step'),
    many(losses.length, 'loss', 'losses'),
  ].join(', ');
  const kinds = Object.entries(counts.kinds)
    .filter(([, {rows}]) => rows > 0)
    .map(([kind, n]) => [kind, n.rows, n.resources, n.parts, n.steps, n.lost, n.skipped].map(String));
  const table =
    kinds.length === 0
      ? 'The project is empty.\n'
      : tableText({
          titles: ['Kind', 'Found', 'Resources', 'In others', 'By steps', 'Lost', 'Not ours'],
          numeric: [false, true, true, true, true, true, true],
          rows: kinds,
        });
  const total = Object.values(counts.fields).reduce((sum, count) => sum + count, 0);
  const fields = Object.entries(fates).map(
    ([fate, words]) =>
      `  ${String(counts.fields[fate as keyof typeof fates]).padStart(7)}  ${fate}: ${words}`,
  );
  const at = shellWord(dir);
  return [
    `${harmless(dir)}: ${head}`,
    ...(since === undefined
      ? []
      : [`since the bundle that was there: ${since.added.length} added, ${since.gone.length} gone`]),
    '',
    table,
    `${total} fields`,
    ...fields,
    '',
    'Read, then deploy and prove it:',
    `  less ${shellWord(joined(dir, 'report.md'))}`,
    `  rekindle deploy ${at} --os-cloud TARGET --stack NAME`,
    `  rekindle verify ${at} --os-cloud TARGET --stack NAME`,
    '',
  ].join('\n');
}

/** A project's name made fit for a folder: letters, digits, `._-`, and never hidden. */
export function folderName(project: string): string {
  const name = project
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60);
  return `./${name === '' ? 'project' : name}`;
}

function many(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
