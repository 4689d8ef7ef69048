/** Images of the source that the target lacks, copied there. */
export {copyImages} from './copy.ts';
export {planImages} from './plan.ts';
export type {
  CopiedImage,
  Copies,
  CopyOptions,
  CopyProgress,
  Hash,
  ImageFinding,
  ImagePlan,
  PlannedImage,
  PlanOptions,
  Renamed,
  SourceImage,
} from './types.ts';
export {imageLabel, sizeLabel} from './words.ts';
