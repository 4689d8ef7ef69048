/** The library: everything the command line does, typed. It never touches argv, stdout or process state. */
export {openSession, realClock} from './cloud/index.ts';
export type {
  Clock,
  CloudOptions,
  Exchange,
  Identity,
  Logger,
  Service,
  Session,
  Surroundings,
} from './cloud/index.ts';
export {
  checkLayers,
  deployLayers,
  preflight,
  sourceFacts,
  stackContents,
  stackOf,
  type CheckedLayer,
  type Deployment,
  type DeployOptions,
  type Finding,
  type LayersOptions,
  type Match,
  type Preflight,
  type PreflightOptions,
  type SourceFacts,
} from './deploy/index.ts';
export {
  deleteSnapshot,
  deleteStack,
  findSnapshot,
  follow,
  lastEvent,
  leftBehind,
  openHeat,
  perform,
  serversNotActive,
  stackFailed,
  stackFields,
  type Accepted,
  type Action,
  type AdoptBody,
  type DeleteOptions,
  type Deletion,
  type Environment,
  type EventOptions,
  type FollowOptions,
  type Heat,
  type LeftBehind,
  type Performed,
  type PropertySchema,
  type ResourceDetail,
  type ResourceType,
  type Stack,
  type StackAction,
  type StackBody,
  type StackEvent,
  type StackField,
  type StackFilter,
  type StackOutput,
  type StackRef,
  type StackResource,
  type StackServer,
  type StackSnapshot,
  type UpdateBody,
  type Waiting,
} from './heat/index.ts';
export {readNames} from './emit/index.ts';
export {discover, type DiscoverOptions} from './discover/index.ts';
export type {
  Bundle,
  BundleFile,
  EarlierBundle,
  LoadedBundle,
  LoadedLayer,
  ParametersFile,
  Report,
  ReportLayer,
} from './model/bundle.ts';
export {RekindleError, type ErrorCode} from './model/errors.ts';
export type {Graph, LedgerEntry, Node, Place, Step} from './model/graph.ts';
export {isPartial, type Gap, type Inventory} from './model/inventory.ts';
export type {Located} from './model/located.ts';
export type {ChosenName, Layout, NamesChoice, RulesChoice, Shape} from './model/shape.ts';
export {
  adopt,
  deploy,
  diff,
  isSameProject,
  planAdoption,
  render,
  snapshot,
  take,
  verify,
  type DiffOptions,
  type Adoption,
  type AdoptOptions,
  type RenderOptions,
  type Snapshot,
  type SnapshotOptions,
  type Taken,
  type Verifiable,
  type VerifyOptions,
} from './pipeline.ts';
export type {Secrets} from './model/secrets.ts';
export {readRules, type Explained} from './shape/index.ts';
export {
  readBundle,
  readEarlier,
  readInventory,
  readLayers,
  readWhole,
  readYamlTree,
  writeBundle,
  type Earlier,
  type WholeBundle,
} from './store/index.ts';
export {
  formatDifferences,
  ignoring,
  parseIgnoreFile,
  type Comparison,
  type Difference,
  type FormatOptions,
  type IgnoreRule,
  type Sides,
} from './verify/index.ts';
