/** The only door to the cloud: nothing else of this folder is imported from outside. */

export {realClock} from './clock.ts';
export {openSession} from './session.ts';
export type {
  Answer,
  Bodies,
  CallOptions,
  Clock,
  CloudNetwork,
  CloudOptions,
  Download,
  DownloadOptions,
  Exchange,
  Identity,
  ListOptions,
  Logger,
  Query,
  Service,
  Session,
  Surroundings,
  UploadOptions,
} from './types.ts';
