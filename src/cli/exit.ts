/** Exit codes: part of the interface, see README.md. */
import type {ErrorCode} from '../model/errors.ts';
import type {Interruption} from './world.ts';

export const exit = {
  done: 0,
  failed: 1,
  usage: 2,
  partial: 3,
  /** `diff` and `verify`: differences; `check` and `deploy`: not deployable. */
  different: 4,
} as const;

const byCode: Readonly<Partial<Record<ErrorCode, number>>> = {
  usage: exit.usage,
  config: exit.usage,
  input: exit.usage,
  exists: exit.usage,
  'not-deployable': exit.different,
};

export function exitOf(code: ErrorCode): number {
  return byCode[code] ?? exit.failed;
}

/** 128 and the signal's number, as a shell says it. */
export const exitOfInterruption: Readonly<Record<Interruption, number>> = {
  SIGINT: 130,
  SIGPIPE: 141,
  SIGTERM: 143,
};
