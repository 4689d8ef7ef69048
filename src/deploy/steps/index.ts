/** A bundle's steps: what Heat can't say and one call of an API can. */
export {commands} from './commands/index.ts';
export {type Command, commandFor, pair, parseWords} from './command.ts';
export {type StepOutcome, type StepRun, type Steps, stepsOf, type StepState} from './run.ts';
export type {Standing} from './words.ts';
