/** What an update of a stack will do, known before it. */
export {forecast, isNothing} from './forecast.ts';
export {foresee} from './foresee.ts';
export {type Reading, readState} from './state.ts';
export type {
  Cause,
  Definition,
  Existing,
  Fate,
  Forecast,
  Forecasted,
  Knowledge,
  StackState,
} from './types.ts';
