/** The only door to the cloud: nothing else of this folder is imported from outside. */

export {realClock} from './clock.ts';
export {openSession} from './session.ts';
export type {
  Answer,
  CallOptions,
  Clock,
  CloudNetwork,
  CloudOptions,
  Exchange,
  Identity,
  ListOptions,
  Logger,
  Query,
  Service,
  Session,
  Surroundings,
} from './types.ts';
