/** How long the program takes to say its version and its help, against Node doing nothing. */
import {median} from './figures.ts';
import {main, run} from './runs.ts';

export interface StartResult {
  readonly node: number;
  readonly version: number;
  readonly help: number;
}

/** Medians in seconds, taken in turns. */
export async function measureStart(repeat: number): Promise<StartResult> {
  const words = {node: ['-e', '0'], version: [main, '--version'], help: [main, '--help']} as const;
  const runs: Record<keyof typeof words, number[]> = {node: [], version: [], help: []};
  for (let turn = 0; turn < repeat; turn++) {
    for (const name of ['node', 'version', 'help'] as const)
      runs[name].push((await run(process.execPath, words[name])).seconds);
  }
  return {node: median(runs.node), version: median(runs.version), help: median(runs.help)};
}
