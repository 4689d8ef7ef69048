/** What a job in a process of its own tells the benchmark, as one line of JSON. */
import {writeSync} from 'node:fs';
import type {Figures} from '../figures.ts';

/** Time from when its modules were loaded; memory of the whole process. */
export interface Measured extends Figures {
  /** What the job counted. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Runs the job and prints its figures. */
export async function measured(
  job: () => Promise<Readonly<Record<string, number>>> | Readonly<Record<string, number>>,
): Promise<void> {
  const [since, before] = [performance.now(), process.cpuUsage()];
  const counts = await job();
  const {user, system} = process.cpuUsage(before);
  const figures: Measured = {
    seconds: (performance.now() - since) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS * 1024,
    counts,
  };
  writeSync(1, `${JSON.stringify(figures)}\n`);
}
