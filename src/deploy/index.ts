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
export {deploy, type Deployment, type DeployOptions} from './deploy.ts';
export {type Finding, preflight, type Preflight, type PreflightOptions} from './preflight.ts';
export {findStack, stackContents, type StackContents, type StackPart} from './stack-parts.ts';
