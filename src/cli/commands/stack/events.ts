import type {Heat, Stack, StackEvent} from '../../../heat/index.ts';
import {RekindleError} from '../../../model/errors.ts';
import {makeCommand, type Context} from '../../command.ts';
import {exit} from '../../exit.ts';
import {rowFormats, rowsText} from '../../format/formats.ts';
import {rowOptions, withRows} from '../../format/options.ts';
import {seconds, whole} from '../../numbers.ts';
import {flag, text} from '../../option-kinds.ts';
import {harmless} from '../../terminal.ts';
import {columnsOf, openTarget, withStackOperand} from './target.ts';

const formats = ['log', ...rowFormats] as const;

export const events = makeCommand({
  examples: [
    'rekindle stack events web --follow              until the stack rests',
    'rekindle stack events web --limit 20 --nested-depth 5',
    'rekindle stack events web --resource server_db -f json',
  ],
  notes: 'With --follow the exit code is 1 where the stack ends in a failure.',
  options: cli =>
    withRows(
      withStackOperand(cli)
        .option('follow', flag('Go on until the stack rests'))
        .option('nested-depth', text('Levels of nested stacks to show (0)'))
        .option('limit', text('Only so many, the latest'))
        .option('resource', text('Only of the resource with this logical name'))
        .option('poll', text('With --follow: seconds between two looks (5)')),
      formats,
    ),
  async run(args, context) {
    const {format, resource} = args;
    if (args.follow === true && format !== 'log')
      throw new RekindleError('usage', '--follow writes lines: it goes with -f log only');
    const nestedDepth = whole('nested-depth', args['nested-depth'], 0) ?? 0;
    const latest = whole('limit', args.limit, 1);
    const pollSeconds = seconds('poll', args.poll);
    const {heat, stack} = await openTarget(args.stack, context);
    const {formatEvent} = await import('../../../heat/index.ts');
    const line = (event: StackEvent): void =>
      context.print(`${harmless(formatEvent(event, stack.name)).replaceAll('\n', ' ')}\n`);

    const found = await heat.events(stack, {latest, resource, nestedDepth, signal: context.signal});
    if (format === 'log') {
      for (const event of found) line(event);
      return args.follow === true
        ? await following(heat, stack, {
            context,
            nestedDepth,
            pollSeconds,
            marker: found.at(-1)?.id,
            resource,
            line,
          })
        : exit.done;
    }
    const columns = columnsOf(...titles, ...(nestedDepth > 0 ? ['stack_name'] : []), 'logical_resource_id');
    context.print(
      await rowsText({columns, rows: found.map(eventRow)}, rowOptions({...args, format}, context)),
    );
    return exit.done;
  },
});

const titles = [
  'resource_name',
  'id',
  'resource_status',
  'resource_status_reason',
  'event_time',
  'physical_resource_id',
];

function eventRow(event: StackEvent): Readonly<Record<string, unknown>> {
  return {
    resource_name: event.resource,
    id: event.id,
    resource_status: event.status,
    resource_status_reason: event.reason,
    event_time: event.time,
    physical_resource_id: event.physicalId,
    stack_name: event.stackName,
    logical_resource_id: event.resource,
  };
}

interface Following {
  readonly context: Context;
  readonly nestedDepth: number;
  readonly pollSeconds: number | undefined;
  readonly marker: string | undefined;
  readonly resource: string | undefined;
  readonly line: (event: StackEvent) => void;
}

async function following(heat: Heat, stack: Stack, options: Following): Promise<number> {
  const [{follow}, {realClock}] = await Promise.all([
    import('../../../heat/index.ts'),
    import('../../../cloud/index.ts'),
  ]);
  const {context, resource, line} = options;
  const now = await heat.show(stack, {signal: context.signal});
  if (now === undefined) return exit.done;
  const end = now.status.endsWith('_IN_PROGRESS')
    ? await follow(heat, stack, {
        ...options,
        actions: actionsOf(now),
        signal: context.signal,
        clock: context.world.clock ?? realClock,
        onEvent(event) {
          if (resource === undefined || event.resource === resource) line(event);
        },
      })
    : now;
  return end === undefined || end.status.endsWith('_COMPLETE') ? exit.done : exit.failed;
}

/** What the stack is at, and what may follow by itself. */
function actionsOf({status, rollback}: Stack): readonly string[] {
  const action = status.replace(/_IN_PROGRESS$/, '');
  return rollback === true && ['CREATE', 'UPDATE', 'RESTORE'].includes(action)
    ? [action, 'ROLLBACK']
    : [action];
}
