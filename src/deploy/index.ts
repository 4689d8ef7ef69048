/** A bundle becomes a stack of the target project. */
export {deploy, type Deployment, type DeployOptions} from './deploy.ts';
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
