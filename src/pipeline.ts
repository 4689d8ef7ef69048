/** Joins the stages: Session -> Inventory -> Graph -> Bundle -> Stack -> Differences. Read this first. */
import type {Logger, Session} from './cloud/types.ts';
import {deploy as deployBundle, stackContents, type Deployment, type DeployOptions} from './deploy/index.ts';
import {discover, type DiscoverOptions} from './discover/index.ts';
import {emit} from './emit/index.ts';
import type {Bundle, EarlierBundle, LoadedBundle, Report} from './model/bundle.ts';
import type {StacksMode} from './model/define.ts';
import {RekindleError} from './model/errors.ts';
import type {Graph} from './model/graph.ts';
import type {Inventory} from './model/inventory.ts';
import {relate} from './relate/index.ts';
import {inventoryText} from './store/index.ts';
import {chosenOf, compareGraphs, externalsOf, seedsOf, type Comparison} from './verify/index.ts';

export interface SnapshotOptions extends Omit<DiscoverOptions, 'secrets'> {
  /** 'capture' reads secrets (pre-shared keys, payloads) for secrets.yaml. Default 'omit': they are neither read nor kept. */
  readonly secrets?: 'omit' | 'capture' | undefined;
  /** What becomes of things that Heat stacks own. Default: as-resources. */
  readonly stacks?: StacksMode | undefined;
  /** The bundle of the same project that this one replaces (`readEarlier`): names, and what somebody wrote, stay. */
  readonly earlier?: EarlierBundle | undefined;
}

export interface RenderOptions {
  /** Captured secrets by `kind:id.path`. */
  readonly secrets?: ReadonlyMap<string, string> | undefined;
  readonly earlier?: SnapshotOptions['earlier'];
  readonly stacks?: SnapshotOptions['stacks'];
}

export interface Snapshot {
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly bundle: Bundle;
  readonly report: Report;
}

/** Reads the project and makes its bundle; nothing is written. */
export async function snapshot(session: Session, options: SnapshotOptions = {}): Promise<Snapshot> {
  const {secrets: mode, earlier, stacks, ...rest} = options;
  const secrets = mode === 'capture' ? new Map<string, string>() : undefined;
  const inventory = await discover(session, {...rest, details: detailsOf(stacks), secrets});
  return render(inventory, {secrets, earlier, stacks});
}

/** The bundle of an inventory, without a cloud. */
export function render(inventory: Inventory, options: RenderOptions = {}): Snapshot {
  const {stacks} = options;
  if (stacks === 'as-template' && !hasTemplates(inventory)) {
    throw new RekindleError('usage', "The inventory has no templates of the project's stacks", {
      hint: 'take the snapshot with --stacks as-template',
    });
  }
  const {graph} = relate(inventory, {stacks});
  return {inventory, graph, ...emit(graph, inventoryText(inventory), options)};
}

function detailsOf(stacks: StacksMode | undefined): ReadonlySet<string> {
  return new Set(stacks === 'as-template' ? ['stack'] : []);
}

function hasTemplates({rows}: Inventory): boolean {
  const stacks = Object.hasOwn(rows, 'stack') ? (rows['stack'] ?? []) : [];
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

/** Re-reads what the stack built and compares it with the bundle's inventory. */
export async function verify(
  session: Session,
  bundle: LoadedBundle & {readonly inventory: Inventory},
  options: VerifyOptions,
): Promise<Comparison> {
  const {stacks} = bundle.report;
  const [{id: stack, resources: parts, parameters}, inventory] = await Promise.all([
    stackContents(session, options.stack),
    discover(session, {details: detailsOf(stacks), signal: options.signal, logger: options.logger}),
  ]);
  const source = relate(bundle.inventory, {stacks});
  const clone = relate(inventory, {stacks, transparent: [stack]});
  const values = {...bundle.parameters, ...parameters};
  const {absent, losses} = chosenOf(bundle.report, values);
  return compareGraphs(source, clone, {
    ...seedsOf(bundle.report, parts, clone.graph),
    absent,
    announced: {...bundle.report, losses: [...bundle.report.losses, ...losses]},
    externals: externalsOf(bundle.report, values),
  });
}

export interface DiffOptions {
  /** Report of the bundle that the source is of: what it calls things, and what it announced. */
  readonly report?: Report | undefined;
  /** What becomes of things that Heat stacks own. Default: the report's. */
  readonly stacks?: StacksMode | undefined;
}

/**
 * Two projects, or two times of one, in template terms. What a template can't carry is announced where there are two
 * projects; where there is one nothing is: whatever changed has drifted.
 */
export function diff(source: Inventory, other: Inventory, options: DiffOptions = {}): Comparison {
  const {stacks = options.report?.stacks} = options;
  const related = relate(source, {stacks});
  const {resources, losses, steps} = options.report ?? emit(related.graph, '', {stacks}).report;
  const sameProject = isSameProject(source, other);
  return compareGraphs(related, relate(other, {stacks}), {
    sameProject,
    announced: sameProject ? {resources, losses: [], steps: []} : {resources, losses, steps},
  });
}

/** Ids mean the same in both. */
export function isSameProject({source: a}: Inventory, {source: b}: Inventory): boolean {
  return a.project.id === b.project.id && a.region === b.region;
}
