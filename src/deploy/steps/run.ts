/** Runs a bundle's steps, each only where it is not so already; and takes back what a stack's deletion would leave. */
import type {Clock, Session} from '../../cloud/types.ts';
import type {Report, ReportStep} from '../../model/bundle.ts';
import {messageOf, RekindleError} from '../../model/errors.ts';
import {laterNames} from '../../model/report.ts';
import {commands} from './commands/index.ts';
import {parseWords} from './command.ts';
import {type Effect, type Hands, handsOf} from './effect.ts';
import {type Standing, wordsOf} from './words.ts';

export type StepState =
  /** It was carried out now. */
  | 'done'
  /** It was so. */
  | 'already'
  /** The thing it is about is switched off. */
  | 'nothing-to-do'
  | 'failed';

export interface StepOutcome {
  readonly step: ReportStep;
  readonly state: StepState;
  /** Why it failed; else ''. */
  readonly reason: string;
}

export interface StepRun {
  readonly report: Report;
  /** The stack didn't exist before: what is there already isn't its. */
  readonly isNew: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((outcome: StepOutcome) => void) | undefined;
}

/** One deployment's steps: what is made before the stack is known after it by the same names. */
export interface Steps {
  /**
   * Goes on after a failure, so that one report has all of them.
   * @throws RekindleError 'aborted' when the signal fired.
   */
  run(when: ReportStep['when'], standing: Standing): Promise<readonly StepOutcome[]>;
  /** Takes back, last first, what these steps made that the stack's deletion leaves, or trips over. */
  undo(when: ReportStep['when'], standing: Standing): Promise<readonly StepOutcome[]>;
}

export function stepsOf(session: Session, {report, isNew, clock, signal, onStep}: StepRun): Steps {
  const base = handsOf(session, {clock, signal, isNew});
  const handsFor = ({parameters}: Standing): Hands => ({...base, laterNames: laterNames(report, parameters)});
  const each = async (
    steps: readonly ReportStep[],
    carry: (step: ReportStep) => Promise<StepState>,
    undoing = false,
  ): Promise<readonly StepOutcome[]> => {
    const outcomes: StepOutcome[] = [];
    for (const step of steps) {
      if (signal?.aborted === true)
        throw new RekindleError('aborted', 'Interrupted between two steps', {
          hint: 'deploy again: done steps stay',
        });
      let outcome: StepOutcome;
      try {
        outcome = {step, state: await carry(step), reason: ''};
      } catch (error) {
        if (!(error instanceof RekindleError) || error.code === 'aborted') throw error;
        // What is gone needs no undoing.
        const state = undoing && error.code === 'not-found' ? 'nothing-to-do' : 'failed';
        outcome = {step, state, reason: state === 'failed' ? messageOf(error) : ''};
      }
      outcomes.push(outcome);
      onStep?.(outcome);
    }
    return outcomes;
  };
  const ofTime = (when: ReportStep['when']): readonly ReportStep[] =>
    report.steps.filter(step => step.when === when);
  return {
    run: async (when, standing) => {
      const hands = handsFor(standing);
      return each(ofTime(when), async step => {
        const effect = await effectOf(step, report, standing, hands);
        if (effect === undefined) return 'nothing-to-do';
        if (await effect.isSo()) return 'already';
        await effect.apply();
        return 'done';
      });
    },
    undo: async (when, standing) => {
      const hands = handsFor(standing);
      return each(
        ofTime(when).toReversed().filter(isTakenBack),
        async step => {
          const effect = await effectOf(step, report, standing, hands);
          if (effect?.undo === undefined) return 'nothing-to-do';
          return (await effect.undo()) ? 'done' : 'already';
        },
        true,
      );
    },
  };
}

/** What the step changes; undefined where there is nothing for it to change. */
async function effectOf(
  step: ReportStep,
  report: Report,
  standing: Standing,
  hands: Hands,
): Promise<Effect | undefined> {
  const words = wordsOf(step.command, step, report, standing);
  if (words === undefined) return undefined;
  const {command, said} = parseWords(words, commands);
  if (command.effect === undefined)
    throw new RekindleError('input', `openstack ${command.name} changes nothing, so it is no step`);
  if (step.of === undefined) return command.effect(said, hands);
  const listing = wordsOf(step.of, step, report, standing);
  if (listing === undefined) return undefined;
  return command.effect({...said, ids: await listed(listing, hands)}, hands);
}

async function listed(words: readonly string[], hands: Hands): Promise<readonly string[]> {
  const {command, said} = parseWords(words, commands);
  if (command.list === undefined)
    throw new RekindleError('input', `openstack ${command.name} lists nothing, so no step can go by it`);
  return command.list(said, hands);
}

/** Steps that make something, or keep Heat from deleting something. */
function isTakenBack({command}: ReportStep): boolean {
  return command.includes('create') || command.includes('lock');
}
