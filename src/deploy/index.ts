/** A bundle becomes a stack of the target project. */
export {type Removal, remove, type RemoveOptions} from './remove.ts';
export {type StepOutcome, type StepState, shownWords} from './steps/index.ts';
export {deploy, type Deployment, type DeployOptions, type Plan} from './deploy.ts';
export type {Cause, Fate, Forecast, Forecasted} from './forecast/index.ts';
export {isNothing} from './forecast/index.ts';
export {
  type Finding,
  type Match,
  preflight,
  type Preflight,
  type PreflightOptions,
  sourceFacts,
  type SourceFacts,
} from './preflight.ts';
export {findStack, stackContents, type StackContents, type StackPart} from './stack-parts.ts';
export {checkLayers, type CheckedLayer, deployLayers, type LayersOptions, stackOf} from './layers.ts';
