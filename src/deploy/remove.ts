/** Deletes a bundle's stack, and takes back what its steps made beside it. */
import {realClock} from '../cloud/index.ts';
import type {Session} from '../cloud/types.ts';
import {deleteStack, type DeleteOptions, type Deletion, type Heat, type StackRef} from '../heat/index.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import {resourceIds, standingOf} from './beside.ts';
import {type StepOutcome, stepsOf} from './steps/index.ts';

export interface RemoveOptions extends Omit<DeleteOptions, 'wait'> {
  readonly onStep?: ((outcome: StepOutcome) => void) | undefined;
}

export interface Removal extends Deletion {
  /** What became of the steps that are taken back; one that failed doesn't keep Heat from going on. */
  readonly steps: readonly StepOutcome[];
}

/** @throws RekindleError as `deleteStack` does */
export async function remove(
  session: Session,
  heat: Heat,
  stack: StackRef,
  bundle: LoadedBundle,
  options: RemoveOptions = {},
): Promise<Removal> {
  const [resources, shown] = await Promise.all([resourceIds(heat, stack), heat.show(stack)]);
  const standing = standingOf(session, bundle, {...bundle.parameters, ...shown?.parameters}, resources);
  const {clock = realClock, signal, onStep} = options;
  const steps = stepsOf(session, {report: bundle.report, isNew: false, clock, signal, onStep});
  const undone: StepOutcome[] = [];
  const deletion = await deleteStack(heat, stack, {
    ...options,
    async before(left) {
      await options.before?.(left);
      undone.push(...(await steps.undo('after', standing)));
    },
    async after(left) {
      undone.push(...(await steps.undo('before', standing)));
      await options.after?.(left);
    },
  });
  return {...deletion, steps: undone};
}
