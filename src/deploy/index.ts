/** A bundle becomes a stack of the target project. */
export {
  adoptChecked,
  type AdoptBundleOptions,
  type AdoptCheck,
  checkAdoption,
  refuseAdoption,
} from './adopt/adopt.ts';
export {adoptData, type AdoptData, type Adopted} from './adopt/data.ts';
export type {AdoptPlan, LeftOut, Present} from './adopt/plan.ts';
export type {AdoptedStack, Proof} from './adopt/stack.ts';
export {type Removal, remove, type RemoveOptions} from './remove.ts';
export type {StepOutcome, StepState} from './steps/index.ts';
export {deploy, type Deployment, type DeployOptions, type Plan} from './deploy.ts';
export type {Cause, Fate, Forecast, Forecasted} from './forecast/index.ts';
export {refuse} from './check/finding.ts';
export {isNothing} from './forecast/index.ts';
export {
  type Finding,
  type Mapped,
  type Match,
  preflight,
  type Preflight,
  type PreflightOptions,
  type Renaming,
  sourceFacts,
  type SourceFacts,
} from './preflight.ts';
export {findStack, stackContents, type StackContents, type StackPart} from './stack-parts.ts';
export {
  checkLayers,
  type CheckedLayer,
  deployLayers,
  layerFindings,
  type LayersOptions,
  needs,
  stackOf,
} from './layers.ts';
export {inTurns} from './at-once.ts';
export {applyMap, checkMap, type MappedValues} from './mapping/apply.ts';
export {isRenaming, readRenaming, readRenamings} from './mapping/language.ts';
export {lossesThere} from './cut/there.ts';
