/** Joins the stages: Session -> Inventory -> Graph -> Bundle -> Stack -> Differences. Read this first. */
export {
  accountOf,
  choices,
  page,
  picture,
  render,
  snapshot,
  take,
  type Account,
  type Choices,
  type RenderOptions,
  type Snapshot,
  type SnapshotOptions,
  type Taken,
} from './snapshot.ts';
export {deploy} from '../deploy/index.ts';
export {verify, type Verifiable, type VerifyOptions} from './verify.ts';
export {comparedPage, diff, isSameProject, type ComparedOptions, type DiffOptions} from './diff.ts';
export {adopt, planAdoption, type Adoption, type AdoptOptions} from './adopt.ts';
