/** The synthetic cloud as a process of its own, so that its work is not the client's: `child.js SERVERS SEED`. */
import {planOf, type Planned} from '../wire/plan.ts';
import {readExamples} from './examples.ts';
import {makeProject} from './project.ts';
import {startCloud, type Served} from './server.ts';

/** What the parent may ask, each answered by one message. */
export type Ask =
  | {readonly ask: 'start'}
  | {readonly ask: 'delay'; readonly milliseconds: number}
  /** What came since the last one. */
  | {readonly ask: 'plan'};

export interface Traffic {
  readonly plan: readonly Planned[];
  readonly peaks: Readonly<Record<string, number>>;
  readonly served: readonly Served[];
}

const [servers, seed] = process.argv.slice(2).map(Number);
const examples = await readExamples();
const cloud = await startCloud(makeProject(servers ?? 0, seed ?? 0, examples), examples);

process.on('message', (message: Ask) => {
  process.send?.(answer(message));
});
process.once('disconnect', () => {
  process.exit();
});

function answer(message: Ask): object {
  if (message.ask === 'start')
    return {origin: cloud.origin, authUrl: cloud.authUrl, region: examples.recording.region};
  if (message.ask === 'delay') {
    cloud.delay(message.milliseconds);
    return {};
  }
  const served = [...cloud.served];
  const plan = planOf(served, one => cloud.bodyOf(one));
  const traffic: Traffic = {plan, served, peaks: Object.fromEntries(cloud.peaks)};
  cloud.reset();
  return traffic;
}
