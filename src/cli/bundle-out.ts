/** Writing a bundle, and what is said about it: for `snapshot` and `render`. */
import type {Report} from '../model/bundle.ts';
import type {Snapshot} from '../pipeline.ts';
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

export async function saveBundle(
  {bundle, report}: Snapshot,
  args: SaveArgs,
  context: Context,
): Promise<void> {
  const {writeBundle} = await import('../store/index.ts');
  const dir = args.dir ?? folderName(report.project);
  await writeBundle(context.path(dir), bundle, {force: args.force, signal: context.signal});
  const {format} = args;
  context.print(format === 'table' ? summary(dir, report) : await dataText(countsOf(dir, report), format));
}

/** What somebody filled into the secrets.yaml that the new bundle replaces. */
export async function keptSecrets(
  {dir, force}: Pick<SaveArgs, 'dir' | 'force'>,
  project: string,
  context: Context,
): Promise<Readonly<Record<string, unknown>>> {
  if (force !== true) return {};
  const {readSecrets} = await import('../store/index.ts');
  return readSecrets(context.path(dir ?? folderName(project)));
}

/** Fields are part of the interface. */
function countsOf(dir: string, {project, counts, steps, losses, skipped, gaps}: Report): object {
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
  };
}

const fates = {
  exact: 'as they are',
  derived: 'made by the server again',
  parameter: 'parameters of the template',
  step: 'by an API call beside the stack',
  lost: 'lost',
} as const;

function summary(dir: string, report: Report): string {
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
