/** Heat: its API, typed; following a stack; what to say of one that failed. */
export {type Action, lastEvent, perform, type Performed, type Waiting, watched, type Watched} from './act.ts';
export {
  type Accepted,
  type AdoptBody,
  type Environment,
  type EventOptions,
  type Heat,
  openHeat,
  type ResourceType,
  type StackAction,
  type StackBody,
  type StackField,
  stackFields,
  type StackFilter,
  type UpdateBody,
} from './client.ts';
export {isEngineSlow, isInDoubt, patience} from './doubt.ts';
export {quotedBy} from './quoted.ts';
export {deleteStack, type DeleteOptions, type Deletion} from './delete.ts';
export {stackFailed} from './failure.ts';
export {follow, type FollowOptions, formatEvent} from './follow.ts';
export {type LeftBehind, leftBehind} from './left-behind.ts';
export {wakeTrunks} from './trunks.ts';
export type {
  PropertySchema,
  ResourceDetail,
  Stack,
  StackEvent,
  StackOutput,
  StackRef,
  StackResource,
  StackSnapshot,
} from './rows.ts';
export {serversNotActive, type StackServer} from './servers.ts';
export {deleteSnapshot, findSnapshot} from './snapshots.ts';
