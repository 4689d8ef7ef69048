export {announcedBy, compareGraphs} from './compare.ts';
export {externalsOf} from './externals.ts';
export {formatDifferences, type Format} from './format.ts';
export type {Announced, Blind, CompareOptions, Comparison, Difference, Named, Shown, Side} from './types.ts';
