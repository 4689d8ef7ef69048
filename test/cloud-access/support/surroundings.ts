import {type Clock, type Surroundings} from '../../../src/cloud/index.ts';

export interface Heard {
  readonly level: string;
  readonly message: string;
}

export interface TestClock extends Clock {
  /** What was slept, in milliseconds; none of it was waited for. */
  readonly slept: number[];
  advance(milliseconds: number): void;
}

export function testClock(start = Date.now()): TestClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => 0.5,
    sleep: milliseconds => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    advance: milliseconds => {
      now += milliseconds;
    },
  };
}

/** A user called ann on a Linux machine, with nothing set. */
export function surroundingsOf(
  changes: Partial<Surroundings> = {},
): Surroundings & {readonly heard: Heard[]; readonly clock: TestClock} {
  const heard: Heard[] = [];
  return {
    env: {},
    cwd: '/here',
    home: '/home/ann',
    platform: 'linux',
    logger: {log: (level, message) => heard.push({level, message})},
    ...changes,
    clock: (changes.clock as TestClock | undefined) ?? testClock(),
    heard,
  };
}
