/** Options of the commands that change a stack, and how they wait: events on standard error, the end on standard output. */
import type {Argv} from 'yargs';
import type {Stack, StackEvent, StackRef, Waiting} from '../../../heat/index.ts';
import type {Context} from '../../command.ts';
import {exit} from '../../exit.ts';
import {rowFormats, rowsText} from '../../format/formats.ts';
import {rowOptions, withRows, type RowArgs} from '../../format/options.ts';
import {seconds} from '../../numbers.ts';
import {RekindleError} from '../../../model/errors.ts';
import {flag, text} from '../../option-kinds.ts';
import {shellWord} from '../../shell.ts';
import {stackColumns, stackRow, type Target} from './target.ts';

export interface WaitArgs {
  readonly wait?: boolean | undefined;
  readonly 'no-wait'?: boolean | undefined;
  readonly poll?: string | undefined;
}

export function withWaiting<Args>(cli: Argv<Args>): Argv<Args & WaitArgs> {
  return cli
    .option('no-wait', flag('Return once Heat has begun'))
    .option('poll', text('Seconds between two looks (5)'))
    .option('wait', {...flag('The default, as other clients spell it'), hidden: true});
}

export function withAction<Args>(cli: Argv<Args>): Argv<Args & WaitArgs & RowArgs> {
  return withRows(withWaiting(cli), rowFormats);
}

/** Runs it with events going to standard error. */
export async function showingEvents<T>(
  stack: StackRef,
  args: WaitArgs,
  context: Context,
  wait: (waiting: Waiting) => Promise<T>,
): Promise<T> {
  const pollSeconds = seconds('poll', args.poll);
  const {makeProgress} = await import('../../progress.ts');
  const progress = makeProgress({
    world: context.world,
    paint: context.paint.err,
    quiet: context.args.quiet === true,
  });
  progress.begin(stack.name, 0);
  try {
    return await wait({
      pollSeconds,
      signal: context.signal,
      clock: context.world.clock,
      onEvent: (event: StackEvent) => progress.event(event, stack.name),
    });
  } finally {
    progress.end();
  }
}

export interface Doing {
  /** As for `follow`. */
  readonly actions: readonly string[];
  readonly ask: () => Promise<unknown>;
  /** Statuses that are no failure. Default: those that end in COMPLETE. */
  readonly isGood?: (status: string) => boolean;
  /** The way on after a failure. */
  readonly hint: string;
}

/**
 * Asks, waits unless told not to, and prints the stack as it is then.
 * @throws RekindleError 'stack-failed' with the resources that failed.
 */
export async function act(
  {heat, stack}: Target,
  {actions, ask, hint, isGood = status => status.endsWith('_COMPLETE')}: Doing,
  args: WaitArgs & RowArgs,
  context: Context,
): Promise<Stack | undefined> {
  const {perform, stackFailed} = await import('../../../heat/index.ts');
  let end: Stack | undefined;
  if (args['no-wait'] === true) {
    await ask();
    end = await heat.show(stack);
    sayHowToWatch(stack, context);
  } else {
    const performed = await showingEvents(stack, args, context, waiting =>
      perform(heat, stack, {...waiting, actions, ask}),
    );
    end = performed.end;
    if (end === undefined)
      throw new RekindleError(
        'stack-failed',
        `The stack ${JSON.stringify(stack.name)} (${stack.id}) was deleted meanwhile`,
        {hint: 'someone else deleted it: `rekindle stack list` shows what is there'},
      );
    if (!isGood(end.status)) throw await stackFailed(heat, end, undefined, performed.failures, hint);
  }
  await printStack(end ?? stack, args, context);
  return end;
}

export async function printStack(stack: Stack, args: RowArgs, context: Context): Promise<number> {
  const listing = {columns: stackColumns, rows: [stackRow(stack)]};
  context.print(await rowsText(listing, rowOptions(args, context)));
  return exit.done;
}

export function sayHowToWatch({id}: StackRef, context: Context): void {
  const {args, log} = context;
  const cloud = args['os-cloud'] === undefined ? '' : ` --os-cloud ${shellWord(args['os-cloud'])}`;
  log.say(`Watch it with: rekindle${cloud} stack events --follow ${id}`);
}
