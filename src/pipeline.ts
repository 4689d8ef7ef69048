/** Joins the stages: Session -> Inventory -> Graph -> Bundle -> Stack -> Differences. Read this first. */
import type {Logger, Session} from './cloud/types.ts';
import {deploy as deployBundle, stackResources, type Deployment, type DeployOptions} from './deploy/index.ts';
import {discover, type DiscoverOptions} from './discover/index.ts';
import {emit} from './emit/index.ts';
import type {Bundle, LoadedBundle, Report} from './model/bundle.ts';
import type {Graph} from './model/graph.ts';
import type {Inventory} from './model/inventory.ts';
import {relate} from './relate/index.ts';
import {inventoryText} from './store/index.ts';
import {compareGraphs, externalsOf, type Comparison} from './verify/index.ts';
import {seedsOf} from './verify/seeds.ts';

export interface Snapshot {
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly bundle: Bundle;
  readonly report: Report;
}

/** Reads the project and makes its bundle; nothing is written. */
export async function snapshot(session: Session, options: DiscoverOptions = {}): Promise<Snapshot> {
  return render(await discover(session, options));
}

/** The bundle of an inventory, without a cloud. */
export function render(inventory: Inventory): Snapshot {
  const {graph} = relate(inventory);
  return {inventory, graph, ...emit(graph, inventoryText(inventory))};
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
  const [parts, inventory] = await Promise.all([
    stackResources(session, options.stack),
    discover(session, {signal: options.signal, logger: options.logger}),
  ]);
  const source = relate(bundle.inventory);
  const clone = relate(inventory);
  return compareGraphs(source, clone, {
    ...seedsOf(bundle.report, parts, clone.graph),
    announced: bundle.report,
    externals: externalsOf(bundle.report, bundle.parameters),
  });
}

/** Two projects, or two times of one, in template terms. */
export function diff(source: Inventory, other: Inventory): Comparison {
  const related = relate(source);
  const {report} = emit(related.graph, '');
  return compareGraphs(related, relate(other), {announced: report});
}
