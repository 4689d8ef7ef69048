/** A bundle becomes a stack of the target project. */
export {deploy, type Deployment, type DeployOptions} from './deploy.ts';
export {follow, type FollowOptions, formatEvent} from './events.ts';
export {
  type Heat,
  openHeat,
  type ResourceType,
  type Stack,
  type StackBody,
  type StackEvent,
  type StackOutput,
  type StackRef,
  type StackResource,
} from './heat.ts';
export {type Finding, preflight, type Preflight, type PreflightOptions} from './preflight.ts';
export {findStack, stackContents, type StackContents, type StackPart} from './stack-parts.ts';
