export {announcedBy, compareGraphs} from './compare.ts';
export {formatDifferences, type Format} from './format.ts';
export type {Announced, Blind, CompareOptions, Comparison, Difference, Named, Shown, Side} from './types.ts';
