export {chosenOf} from './chosen.ts';
export {announcedBy, compareGraphs} from './compare.ts';
export {externalsOf} from './externals.ts';
export {comparisonData, formatDifferences, type Format} from './format.ts';
export type {FormatOptions, Sides} from './format-options.ts';
export {ignoring} from './ignore.ts';
export {parseIgnoreFile} from './ignore-file.ts';
export {seedsOf} from './seeds.ts';
export {lines as shownLines} from './show.ts';
export type {
  Announced,
  Blind,
  CompareOptions,
  Comparison,
  Difference,
  IgnoredDifference,
  IgnoreRule,
  Named,
  Shown,
  Side,
} from './types.ts';
export {untouched, type Touched, type Untouched} from './untouched.ts';
export {fieldOf} from './words.ts';
