export {chosenOf} from './chosen.ts';
export {announcedBy, compareGraphs} from './compare.ts';
export {externalsOf} from './externals.ts';
export {formatDifferences, type Format} from './format.ts';
export {seedsOf} from './seeds.ts';
export type {Announced, Blind, CompareOptions, Comparison, Difference, Named, Shown, Side} from './types.ts';
export {untouched, type Touched, type Untouched} from './untouched.ts';
