/** A bundle's steps around one deployment: before its stack, and after it. */
import type {Clock, Session} from '../cloud/types.ts';
import type {Heat, StackRef} from '../heat/index.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import type {Fields} from '../model/json.ts';
import {withDefaults} from './check/template.ts';
import {type Standing, type StepOutcome, stepsOf} from './steps/index.ts';

export interface BesideOptions {
  /** What Heat is given. */
  readonly parameters: Fields;
  /** False: carry out none. */
  readonly steps?: boolean | undefined;
  /** The stack didn't exist before. */
  readonly isNew: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((outcome: StepOutcome) => void) | undefined;
}

export interface Beside {
  /** @throws RekindleError 'stack-failed' where one failed: the stack, or a later step, names what they make */
  before(): Promise<void>;
  /** @returns What became of all steps; a failure is no error, for the stack stands. */
  after(heat: Heat, stack: StackRef): Promise<readonly StepOutcome[]>;
}

export function stepsBeside(session: Session, bundle: LoadedBundle, options: BesideOptions): Beside {
  const {report} = bundle;
  if (options.steps === false || report.steps.length === 0)
    return {before: () => Promise.resolve(), after: () => Promise.resolve([])};
  const steps = stepsOf(session, {...options, report});
  let early: readonly StepOutcome[] = [];
  return {
    async before() {
      early = await steps.run('before', standingOf(session, bundle, options.parameters, new Map()));
      refuse(early);
    },
    async after(heat, stack) {
      const resources = await resourceIds(heat, stack);
      const late = await steps.run('after', standingOf(session, bundle, options.parameters, resources));
      return [...early, ...late];
    },
  };
}

export async function resourceIds(heat: Heat, stack: StackRef): Promise<ReadonlyMap<string, string>> {
  const resources = await heat.resources(stack, {nestedDepth: 0});
  return new Map(resources.map(({name, id}) => [name, id]));
}

export function standingOf(
  session: Session,
  {template}: LoadedBundle,
  parameters: Fields,
  resources: Standing['resources'],
): Standing {
  const project = session.identity.project?.id ?? '';
  return {resources, parameters: withDefaults(template, parameters), project};
}

function refuse(outcomes: readonly StepOutcome[]): void {
  const failed = outcomes.filter(({state}) => state === 'failed');
  if (failed.length === 0) return;
  throw new RekindleError(
    'stack-failed',
    [
      `${failed.length === 1 ? 'A step' : `${failed.length} steps`} before the stack failed:`,
      ...failed.map(({step, reason}) => `  ${step.title} (${JSON.stringify(step.label)}): ${reason}`),
    ].join('\n'),
    {
      hint: 'the stack was left as it was; mend the cause and deploy again, or leave the steps out with --no-steps',
    },
  );
}
