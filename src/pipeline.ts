/** Joins the stages: Session -> Inventory -> Graph -> Bundle -> Stack -> Differences. Read this first. */
import type {Logger, Session} from './cloud/types.ts';
import {
  adoptChecked,
  type AdoptBundleOptions,
  type AdoptCheck,
  type AdoptedStack,
  checkAdoption,
  deploy as deployBundle,
  type Deployment,
  type DeployOptions,
  lossesThere,
  refuseAdoption,
  stackContents,
  stackOf,
} from './deploy/index.ts';
import {discover, type DiscoverOptions} from './discover/index.ts';
import {emit, reportOf} from './emit/index.ts';
import type {Bundle, EarlierBundle, LoadedBundle, LoadedLayer, Report, ReportLoss} from './model/bundle.ts';
import {RekindleError} from './model/errors.ts';
import type {Graph} from './model/graph.ts';
import {fields, word} from './model/json.ts';
import {rowsOf, type Inventory} from './model/inventory.ts';
import type {Ips, Shape} from './model/shape.ts';
import {parsePyYaml} from './model/pyyaml.ts';
import {shapeOf} from './model/report.ts';
import {joined, pageOf, pictureFiles} from './page/index.ts';
import {sceneOf, type Scene} from './picture/index.ts';
import {relate, type Related} from './relate/index.ts';
import {
  checkParameterized,
  chooser,
  explain,
  shape as shaped,
  type Chooser,
  type Explained,
} from './shape/index.ts';
import {inventoryFile, inventoryText} from './store/index.ts';
import {
  chosenOf,
  compareGraphs,
  type Comparison,
  externalsOf,
  seedsOf,
  untouched,
  type Untouched,
} from './verify/index.ts';

export interface SnapshotOptions extends Omit<DiscoverOptions, 'secrets'> {
  /** 'capture' reads secrets (pre-shared keys, payloads) for secrets.yaml. Default 'omit': they are neither read nor kept. */
  readonly secrets?: 'omit' | 'capture' | undefined;
  /** What goes into the template, and how. Default: everything, as it is. */
  readonly shape?: Shape | undefined;
  /** The bundle of the same project that this one replaces (`readEarlier`): names, and what somebody wrote, stay. */
  readonly earlier?: EarlierBundle | undefined;
}

export interface RenderOptions {
  /** Captured secrets by `kind:id.path`. */
  readonly secrets?: ReadonlyMap<string, string> | undefined;
  readonly earlier?: SnapshotOptions['earlier'];
  readonly shape?: SnapshotOptions['shape'];
  /** Terms of the selection that nothing fits are no error: the rows are not those it was written for. */
  readonly lenient?: boolean | undefined;
}

export interface Snapshot extends Account {
  readonly inventory: Inventory;
  readonly bundle: Bundle;
}

/** What is said of a project, and what Heat is to be given. */
export interface Account {
  readonly graph: Graph;
  readonly report: Report;
  /** Why each thing is in or out. */
  readonly explained: () => readonly Explained[];
  /** What of the choices came to nothing: for whoever made them. */
  readonly warnings: readonly string[];
}

/** Reads the project and makes its bundle; nothing is written. */
export async function snapshot(session: Session, options: SnapshotOptions = {}): Promise<Snapshot> {
  const {earlier, shape} = options;
  const {inventory, secrets} = await take(session, options);
  return render(inventory, {secrets, earlier, shape});
}

/** Reads the project for one bundle, or for several that are made of it. */
export async function take(session: Session, options: SnapshotOptions = {}): Promise<Taken> {
  const {secrets: mode, earlier: _earlier, shape, ...rest} = options;
  const secrets = mode === 'capture' ? new Map<string, string>() : undefined;
  return {inventory: await discover(session, {...rest, details: detailsOf(shape), secrets}), secrets};
}

export interface Taken {
  readonly inventory: Inventory;
  /** Captured ones, by `kind:id.path`. */
  readonly secrets: ReadonlyMap<string, string> | undefined;
}

/** The bundle of an inventory, without a cloud. */
export function render(inventory: Inventory, options: RenderOptions = {}): Snapshot {
  const {files, ...account} = accountOf(inventory, options);
  const pictures = pictureFiles({...account, bundle: files});
  // Last: the largest of all texts, while nothing else is being made any more.
  const stored = {path: inventoryFile, text: inventoryText(inventory)};
  return {...account, inventory, bundle: [...files, stored, ...pictures]};
}

/** As `render`, without what is only looked at or kept: no picture, no inventory. */
export function accountOf(
  inventory: Inventory,
  options: RenderOptions = {},
): Account & {readonly files: Bundle} {
  const {shape, lenient} = options;
  if (shape?.stacks === 'as-template' && !hasTemplates(inventory)) {
    throw new RekindleError('usage', "The inventory has no templates of the project's stacks", {
      hint: 'take the snapshot with --stacks as-template',
    });
  }
  const {graph, selection, warnings} = shaped(inventory, shape, {lenient});
  checkParameterized(graph, shape);
  const emitted = emit(graph, options);
  const {bundle: files, report} = emitted;
  const explained = () => explain(graph, selection, report.parameters);
  return {graph, report, files, warnings: [...warnings, ...emitted.warnings], explained};
}

/** What is to be drawn of an inventory. @param shape Of it, only what cuts: what is cut is drawn as outside. */
export function picture(inventory: Inventory, {shape}: Pick<RenderOptions, 'shape'> = {}): Scene {
  return sceneOf(shaped(inventory, shape).graph);
}

/** The page of an inventory. @param shape As for `picture`. */
export function page(inventory: Inventory, {shape}: Pick<RenderOptions, 'shape'> = {}): string {
  const {graph} = shaped(inventory, shape);
  const {bundle, report} = emit(graph, {shape});
  return pageOf({graph, report, bundle});
}

export interface ComparedOptions {
  /** What the sources are called. */
  readonly before: string;
  readonly after: string;
  readonly shape?: Shape | undefined;
}

/** The page of two projects, or two times of one: all that is in either, with what differs. */
export function comparedPage(
  inventory: Inventory,
  other: Inventory,
  {before, after, shape: choices}: ComparedOptions,
): string {
  const [one, two] = [shaped(inventory, choices), shaped(other, choices, {lenient: true})];
  const {bundle, report} = emit(one.graph, {shape: choices});
  const comparison = differing(one, two, report, isSameProject(inventory, other));
  const {graph, changes} = joined(one.graph, two.graph, comparison);
  const compared = {before, after, changes};
  return pageOf({graph, report, bundle, compared});
}

/** A project as it is, to choose from. */
export interface Choices {
  readonly graph: Graph;
  readonly chooser: Chooser;
}

/** What there is to select. @param shape Of it, only what becomes of stacks. */
export function choices(inventory: Inventory, {stacks}: Pick<Shape, 'stacks'> = {}): Choices {
  const related = relate(inventory, {stacks});
  return {graph: related.graph, chooser: chooser(related)};
}

function detailsOf({stacks}: Shape = {}): ReadonlySet<string> {
  return new Set(stacks === 'as-template' ? ['stack'] : []);
}

function hasTemplates(inventory: Inventory): boolean {
  const stacks = rowsOf(inventory, 'stack');
  return stacks.length === 0 || stacks.some(row => row['template'] !== undefined);
}

/** Creates the bundle's stack and follows it. */
export async function deploy(
  session: Session,
  bundle: LoadedBundle,
  options: DeployOptions,
): Promise<Deployment> {
  return await deployBundle(session, bundle, options);
}

export interface VerifyOptions {
  readonly stack: string;
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
}

/** What a verification needs of a bundle; with layers it is of all their stacks together. */
export interface Verifiable extends Pick<LoadedBundle, 'report' | 'parameters'> {
  readonly inventory: Inventory;
  /** With the templates what the target could not make of them counts as announced. */
  readonly layers?: readonly (Pick<LoadedLayer, 'name'> & Partial<Pick<LoadedLayer, 'bundle'>>)[];
}

/** Re-reads what the stack built, or all its layers' stacks, and compares it with the bundle's inventory. */
export async function verify(
  session: Session,
  bundle: Verifiable,
  options: VerifyOptions,
): Promise<Comparison> {
  keepSecrets(session, bundle);
  const shape = shapeOf(bundle.report);
  const layers: NonNullable<Verifiable['layers']> = bundle.layers ?? [{name: ''}];
  // Where there is no such stack nobody wants the rest of the project: nothing is asked behind the caller's back.
  const over = new AbortController();
  const signal = options.signal === undefined ? over.signal : AbortSignal.any([options.signal, over.signal]);
  const reading = discover(session, {details: detailsOf(shape), signal, logger: options.logger});
  const [stacks, inventory] = await Promise.all([
    Promise.all(layers.map(({name}) => stackContents(session, stackOf(options.stack, name)))),
    reading,
  ]).catch(async (error: unknown) => {
    over.abort();
    await reading.catch(() => {});
    throw error;
  });
  const parts = stacks.flatMap(({resources}) => resources);
  const parameters = Object.assign({}, ...stacks.map(stack => stack.parameters)) as Readonly<
    Record<string, string>
  >;
  const source = shaped(bundle.inventory, shape);
  const transparent = stacks.map(({id}) => id);
  const clone = relate(inventory, {stacks: shape.stacks, ips: shape.ips, transparent});
  const values = {...bundle.parameters, ...parameters};
  const {absent, losses, prefixed} = chosenOf(bundle.report, values);
  const compared = (more: readonly ReportLoss[]): Comparison =>
    compareGraphs(source, clone, {
      ...seedsOf(bundle.report, parts, clone.graph),
      absent,
      prefixed,
      announced: {...bundle.report, losses: [...bundle.report.losses, ...losses, ...more]},
      externals: externalsOf(bundle.report, values),
    });
  const first = compared([]);
  if (first.same) return first;
  // What the target can't make was told before the deployment, and is told again by what the target is.
  const there = await Promise.all(
    layers.flatMap(({bundle: one}) =>
      one === undefined ? [] : [lossesThere(session, one, parameters, options.signal)],
    ),
  );
  return there.some(found => found.length > 0) ? compared(there.flat()) : first;
}

/** What Heat was given may come back in what it says. */
function keepSecrets(
  {secrets}: Pick<Session, 'secrets'>,
  {report, parameters}: Pick<Verifiable, 'report' | 'parameters'>,
): void {
  for (const {name, role} of report.parameters) if (role === 'secret') secrets?.keep(word(parameters[name]));
}

export interface DiffOptions {
  /** Report of the bundle that the source is of: what it calls things, and what it announced. */
  readonly report?: Report | undefined;
  /** What of both is compared. Default: the report's. */
  readonly shape?: Shape | undefined;
  /** What becomes of the addresses of each, where a bundle of it says so. Default: the source's by the shape. */
  readonly ips?: {readonly source?: Ips | undefined; readonly other?: Ips | undefined} | undefined;
}

/**
 * Two projects, or two times of one, in template terms. What a template can't carry is announced where there are two
 * projects; where there is one nothing is: whatever changed has drifted.
 */
export function diff(source: Inventory, other: Inventory, options: DiffOptions = {}): Comparison {
  const {report, shape: chosen = report === undefined ? {} : shapeOf(report)} = options;
  const sameProject = isSameProject(source, other);
  const {ips: whole, ...shape} = chosen;
  const ips = options.ips ?? {source: whole};
  const auto = ips.source === 'auto' || ips.other === 'auto' ? ('auto' as const) : undefined;
  const as = (own: Ips | undefined): Shape => {
    const mine = own ?? auto;
    // What runs in a project keeps its addresses, whatever its bundle makes of them.
    return sameProject || mine === undefined ? shape : {...shape, ips: mine};
  };
  // What was selected there may be gone here: that is what is to be found.
  const related = shaped(source, as(ips.source), {lenient: true});
  // Rules change what a template says, and so only what is announced; they may name what the other does not have.
  const {rules: _rules, ...rest} = as(ips.other);
  const there = shaped(other, rest, {lenient: true});
  return differing(related, there, report ?? reportOf(related.graph, {shape}), sameProject);
}

function differing(
  source: Related,
  other: Related,
  {resources, losses, steps}: Pick<Report, 'resources' | 'losses' | 'steps'>,
  sameProject: boolean,
): Comparison {
  return compareGraphs(source, other, {
    sameProject,
    announced: sameProject ? {resources, losses: [], steps: []} : {resources, losses, steps},
  });
}

/** Ids mean the same in both. */
export function isSameProject({source: a}: Inventory, {source: b}: Inventory): boolean {
  return a.project.id === b.project.id && a.region === b.region;
}

export interface AdoptOptions extends AdoptBundleOptions {
  readonly logger?: Logger | undefined;
  /** Is told what will be adopted, with everything in the way; what it throws ends the adoption before it begins. */
  readonly onPlan?: ((plan: AdoptCheck) => void | Promise<void>) | undefined;
}

export interface Adoption extends AdoptedStack {
  readonly plan: AdoptCheck;
  /** Every row of the project before and after. */
  readonly proof: Untouched;
}

type WithInventory = LoadedBundle & {readonly inventory: Inventory};

/** What `adopt` would do; nothing is touched. */
export async function planAdoption(
  session: Session,
  bundle: WithInventory,
  options: AdoptOptions,
): Promise<AdoptCheck> {
  return (await lookBefore(session, bundle, options)).plan;
}

/**
 * Puts what the bundle was made from under a stack of its own project, without touching it.
 * @throws RekindleError 'not-deployable' where the bundle is no longer true, or something can't be adopted; 'stack-failed'
 * where Heat gave up, with the project as it was.
 */
export async function adopt(
  session: Session,
  bundle: WithInventory,
  options: AdoptOptions,
): Promise<Adoption> {
  const {plan, inventory: before} = await lookBefore(session, bundle, options);
  await options.onPlan?.(plan);
  refuseAdoption(plan, session.identity.project?.name ?? '');
  const stack = await adoptChecked(session, bundle, plan, options);
  const inventory = await readAgain(session, bundle, options);
  const {stacks, ips} = shapeOf(bundle.report);
  // Under its own stack a thing is still the same. All of the project counts, whatever the bundle has of it.
  const {graph} = relate(inventory, {stacks, ips, transparent: [stack.stack.id]});
  const first = {inventory: before, graph: relate(before, {stacks, ips}).graph};
  return {...stack, plan, proof: untouched(first, {inventory, graph})};
}

async function lookBefore(
  session: Session,
  bundle: WithInventory,
  options: AdoptOptions,
): Promise<{readonly plan: AdoptCheck; readonly inventory: Inventory}> {
  checkHome(session, bundle);
  checkUnmoved(bundle);
  keepSecrets(session, bundle);
  const inventory = await readAgain(session, bundle, options);
  const shape = shapeOf(bundle.report);
  const {graph, report, files} = accountOf(inventory, {shape, lenient: true});
  const texts = Object.fromEntries(files.map(({path, text}) => [path, text]));
  const present = {
    graph,
    report,
    template: fields(parsePyYaml(texts['template.yaml'] ?? '')),
    parameters: Object.fromEntries(report.parameters.map(({name, value}) => [name, value])),
    files: texts,
  };
  return {inventory, plan: await checkAdoption(session, bundle, present, options)};
}

function readAgain(
  session: Session,
  {report}: LoadedBundle,
  {signal, logger}: AdoptOptions,
): Promise<Inventory> {
  return discover(session, {details: detailsOf(shapeOf(report)), signal, logger});
}

/** What was moved is no longer what runs. */
function checkUnmoved({report, dir}: WithInventory): void {
  const {ips} = shapeOf(report);
  if (typeof ips !== 'object') return;
  throw new RekindleError(
    'not-deployable',
    `The bundle's addresses are shifted (--ips shift=${ips.shift.join(',')}): it no longer says what runs in ${JSON.stringify(report.project)}, so it can't be adopted`,
    {hint: `\`rekindle render ${dir} ${dir} --ips keep\` makes it again with the addresses that are there`},
  );
}

/** Ids mean nothing in another project. */
function checkHome({identity, region}: Session, {inventory: {source}}: WithInventory): void {
  const {project} = identity;
  const other = source.region !== null && region !== undefined && region !== source.region;
  if (project?.id === source.project.id && !other) return;
  const name = JSON.stringify(source.project.name);
  const home = `${name} (${source.project.id})${other ? ` in the region ${source.region}` : ''}`;
  throw new RekindleError(
    'not-deployable',
    `The bundle is of the project ${home}, and can be adopted nowhere else: this is ${JSON.stringify(project?.name ?? '')} (${project?.id ?? 'no project'})`,
    {hint: "`rekindle deploy` builds a copy here; to adopt, use the source's own cloud entry"},
  );
}
