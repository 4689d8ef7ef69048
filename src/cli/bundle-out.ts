/** Writing a bundle, and what is said about it: for `snapshot` and `render`. */
import type {Report} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {printable} from '../model/printable.ts';
import type {Snapshot} from '../pipeline/index.ts';
import type {Earlier} from '../store/index.ts';
import type {Context} from './command.ts';
import {explanationListing} from './explanation-out.ts';
import {dataText, rowsText} from './format/formats.ts';
import {widthOf} from './format/options.ts';
import {tableText} from './format/table.ts';
import type {Wanted} from './select-options.ts';
import {harmless} from './terminal.ts';
import {joined, shellWord} from './shell.ts';

interface SaveArgs {
  readonly dir?: string | undefined;
  readonly force?: boolean | undefined;
}

/** A bundle, ready to be written. */
export interface Made {
  /** Which of several it is. */
  readonly name?: string | undefined;
  /** Default: named after the project. */
  readonly dir: string | undefined;
  readonly taken: Snapshot;
  /** The bundle that it replaces. */
  readonly earlier: Earlier | undefined;
}

/** A bundle that was written, and what is new in it. */
export interface Saved {
  readonly name?: string | undefined;
  /** As the user calls it. */
  readonly dir: string;
  readonly taken: Snapshot;
  readonly since: Since | undefined;
}

/** Writes them one after the other. */
export async function saveBundles(
  made: readonly Made[],
  {force}: Pick<SaveArgs, 'force'>,
  context: Context,
): Promise<readonly Saved[]> {
  const {checkFree, writeBundle} = await import('../store/index.ts');
  const all = made.map(({name, dir, taken, earlier}) => {
    return {name, dir: dir ?? folderName(taken.report.project), taken, earlier};
  });
  for (const {dir, taken, earlier} of all) {
    if (earlier !== undefined && force !== true) checkWhole(dir, taken.report, earlier.report);
    await checkFree(context.path(dir), {force, update: true});
  }
  const saved: Saved[] = [];
  for (const {name, dir, taken, earlier} of all) {
    const update = earlier !== undefined;
    for (const warning of taken.warnings) context.log.log('warn', warning);
    await writeBundle(context.path(dir), taken.bundle, {force, update, signal: context.signal});
    const left = (taken.report.addresses ?? []).filter(({what}) => what === 'left').length;
    if (left > 0)
      context.log.log(
        'warn',
        `${many(left, 'field')} with addresses that stay: report.md says which, and why`,
      );
    const exposed = (taken.report.likelySecrets ?? []).length;
    if (exposed > 0)
      context.log.log(
        'warn',
        `${many(exposed, 'likely secret')} in user data and metadata: report.md says where`,
      );
    const since = earlier === undefined ? undefined : sinceOf(taken.report, earlier.report);
    saved.push({name, dir, taken, since});
  }
  return saved;
}

/** What is in them, or with `explain` why. */
export async function savedText(
  saved: readonly Saved[],
  {format, explain}: {readonly format: 'table' | 'json' | 'yaml'; readonly explain?: boolean | undefined},
  context: Context,
): Promise<string> {
  if (explain === true) return explanation(saved, format, context);
  const [only] = saved.length === 1 ? saved : [];
  if (format === 'table') {
    const texts = saved.map(one => summary(one) + nextText(one.dir));
    return [...texts, ...(only === undefined ? [sharedText(sharedOf(saved))] : [])].join('\n');
  }
  const data =
    only === undefined ? {bundles: saved.map(savedData), shared: sharedOf(saved)} : savedData(only);
  return dataText(data, format);
}

async function explanation(
  saved: readonly Saved[],
  format: 'table' | 'json' | 'yaml',
  {world}: Context,
): Promise<string> {
  const rows = saved.flatMap(({name, taken}) =>
    taken.explained().map(row => (name === undefined ? row : Object.assign({bundle: name}, row))),
  );
  return rowsText(explanationListing(rows, format !== 'table'), {format, width: widthOf(world)});
}

interface Shared {
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  /** Names of the bundles. */
  readonly in: readonly string[];
}

/** What more than one of them makes: each is whole by itself. */
function sharedOf(made: readonly Saved[]): readonly Shared[] {
  const found = new Map<string, Shared>();
  for (const {name = '', taken} of made) {
    for (const {kind, id, label} of taken.report.resources) {
      const key = `${kind}:${id}`;
      found.set(key, {kind, name: label, id, in: [...(found.get(key)?.in ?? []), name]});
    }
  }
  return [...found.values()].filter(({in: bundles}) => bundles.length > 1);
}

function sharedText(shared: readonly Shared[]): string {
  if (shared.length === 0) return 'No two of them make the same thing.\n';
  const lines = shared
    .slice(0, 10)
    .map(({kind, name, id, in: bundles}) => `  ${kind} ${printable(name || id)}: ${bundles.join(', ')}`);
  const more = shared.length > 10 ? [`  and ${shared.length - 10} more`] : [];
  return [
    `${many(shared.length, 'thing')} that more than one of them needs, and each makes for itself:`,
    ...lines,
    ...more,
    '',
  ].join('\n');
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
export interface Since {
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
export function savedData({dir, taken: {report}, since}: Saved): object {
  const {project, counts, steps, losses, skipped, gaps, folds, unfolded, layers, resources} = report;
  return {
    bundle: dir,
    project,
    resources: counts.resources,
    parameters: counts.parameters,
    steps: steps.length,
    losses: losses.length,
    skipped: skipped.length,
    gaps: gaps.length,
    ...(layers === undefined ? {} : {layers: layerRows(layers, resources)}),
    fields: counts.fields,
    kinds: counts.kinds,
    ...(folds === undefined ? {} : {folds}),
    ...(unfolded === undefined ? {} : {unfolded}),
    ...(since === undefined ? {} : {since}),
  };
}

/** One for each stack, in the order they are deployed. */
function layerRows(layers: NonNullable<Report['layers']>, resources: Report['resources']) {
  const counts = new Map<string, number>();
  for (const {layer = ''} of resources) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  return layers.map(({name, feeds}) => ({
    layer: name,
    resources: counts.get(name) ?? 0,
    from_earlier: Object.keys(feeds).length,
  }));
}

function layersText({layers, resources}: Report): readonly string[] {
  if (layers === undefined) return [];
  const rows = layerRows(layers, resources).map(({layer, resources: count, from_earlier: fed}) => [
    layer,
    String(count),
    String(fed),
  ]);
  const titles = ['Stack', 'Resources', 'From earlier stacks'];
  return [`in ${many(layers.length, 'stack')}:`, tableText({titles, numeric: [false, true, true], rows})];
}

const fates = {
  exact: 'as they are',
  derived: 'made by the server again',
  parameter: 'parameters of the template',
  step: 'by an API call beside the stack',
  lost: 'lost',
} as const;

/** What the user left out stands beside what isn't the project's own. */
function leftOutTitle({shape}: Report): string {
  return shape?.select === undefined && shape?.exclude === undefined ? 'Not ours' : 'Left out';
}

/** What is in the bundle. */
export function summary({dir, taken: {report}, since}: Saved): string {
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
          titles: ['Kind', 'Found', 'Resources', 'In others', 'By steps', 'Lost', leftOutTitle(report)],
          numeric: [false, true, true, true, true, true, true],
          rows: kinds,
        });
  const total = Object.values(counts.fields).reduce((sum, count) => sum + count, 0);
  const fields = Object.entries(fates).map(
    ([fate, words]) =>
      `  ${String(counts.fields[fate as keyof typeof fates]).padStart(7)}  ${fate}: ${words}`,
  );
  return [
    `${harmless(dir)}: ${head}`,
    ...(since === undefined
      ? []
      : [`since the bundle that was there: ${since.added.length} added, ${since.gone.length} gone`]),
    ...foldLines(report),
    '',
    ...layersText(report),
    table,
    `${total} fields`,
    ...fields,
    '',
  ].join('\n');
}

function nextText(dir: string): string {
  const at = shellWord(dir);
  return [
    '',
    'Read, then deploy and prove it:',
    `  less ${shellWord(joined(dir, 'report.md'))}`,
    `  rekindle deploy ${at} --os-cloud TARGET --stack NAME`,
    `  rekindle verify ${at} --os-cloud TARGET --stack NAME`,
    '',
  ].join('\n');
}

/** Where a bundle goes; each of several into a folder of its own below the one that was named. */
export function folderFor({name}: Wanted, dir: string | undefined, project: string): string | undefined {
  return name === undefined ? dir : joined(dir ?? folderName(project), name);
}

function foldLines({folds, unfolded = []}: Report): readonly string[] {
  if (folds === undefined) return [];
  return [
    ...(folds.length === 0 ? ['folded: nothing, no two servers are alike'] : []),
    ...folds.map(({name, members}) => `folded: ${name} (${fewOf(members)})`),
    ...unfolded.map(({members, reason}) => `not folded: ${fewOf(members)}: ${harmless(reason)}`),
  ];
}

function fewOf(members: readonly string[]): string {
  return harmless(members.slice(0, 4).join(', ')) + (members.length > 4 ? `, … (${members.length})` : '');
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
