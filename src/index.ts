/** The library: everything the command line does, typed. It never touches argv, stdout or process state. */
export {openSession} from './cloud/index.ts';
export type {
  CloudOptions,
  Exchange,
  Identity,
  Logger,
  Service,
  Session,
  Surroundings,
} from './cloud/index.ts';
export {preflight, stackContents, type Deployment, type DeployOptions, type Finding} from './deploy/index.ts';
export {
  follow,
  openHeat,
  type Heat,
  type Stack,
  type StackAction,
  type StackBody,
  type StackEvent,
  type StackOutput,
  type StackRef,
  type StackResource,
  type StackSnapshot,
  type UpdateBody,
} from './heat/index.ts';
export {discover, type DiscoverOptions} from './discover/index.ts';
export type {Bundle, BundleFile, LoadedBundle, Report} from './model/bundle.ts';
export {RekindleError, type ErrorCode} from './model/errors.ts';
export type {Graph, LedgerEntry, Node, Place, Step} from './model/graph.ts';
export {isPartial, type Gap, type Inventory} from './model/inventory.ts';
export {
  adopt,
  deploy,
  diff,
  planAdoption,
  render,
  snapshot,
  verify,
  type Adoption,
  type AdoptOptions,
  type RenderOptions,
  type Snapshot,
  type SnapshotOptions,
  type VerifyOptions,
} from './pipeline.ts';
export {readBundle, readInventory, writeBundle} from './store/index.ts';
export {formatDifferences, type Comparison, type Difference} from './verify/index.ts';
