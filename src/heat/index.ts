/** Heat: its API, typed; following a stack; what to say of one that failed. */
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
  type StackFilter,
  type UpdateBody,
} from './client.ts';
export {lastEvent} from './last-event.ts';
export {stackFailed} from './failure.ts';
export {follow, type FollowOptions, formatEvent} from './follow.ts';
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
