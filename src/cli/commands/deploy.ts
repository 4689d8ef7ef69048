import type {Session} from '../../cloud/types.ts';
import type {DeployOptions} from '../../deploy/index.ts';
import type {StackRef} from '../../heat/index.ts';
import type {LoadedBundle} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import {isPlainObject} from '../../model/value.ts';
import {makeCommand, type Context} from '../command.ts';
import {exit} from '../exit.ts';
import {findingsExit, findingsText} from '../findings.ts';
import {dataText, rowsText} from '../format/formats.ts';
import {rowOptions, withFormat} from '../format/options.ts';
import {seconds} from '../numbers.ts';
import {flag, text} from '../option-kinds.ts';
import {outputRows} from '../outputs.ts';
import {joined, shellWord} from '../shell.ts';
import {stackName, valuesOf, withStack, withValues} from '../stack-options.ts';

const formats = ['table', 'json', 'yaml', 'value'] as const;

export const deploy = makeCommand({
  usage: 'deploy <dir>',
  summary: 'Create the stack of a bundle, follow its events and print its outputs',
  examples: [
    'rekindle deploy out --os-cloud target --stack web',
    'rekindle deploy out --os-cloud target --dry-run   the checks only',
    'rekindle deploy out -P flavor_m1_small=c2.large -e mine.yaml',
  ],
  notes: `Events go to standard error, outputs to standard output. Ctrl-C stops following; the stack goes on. On a terminal it
asks first, unless --yes is given. Exit code 4 means that the checks found something in the way; nothing was created.`,
  options: cli =>
    withFormat(
      withValues(
        withStack(
          cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
        ),
      )
        .option('timeout', text('Minutes that Heat may take'))
        .option('tags', text('Tags of the stack: A,B'))
        .option('enable-rollback', flag('If it fails, let Heat take back what it built'))
        .option('dry-run', flag("Check, with Heat's own preview; create nothing"))
        .option('no-wait', flag('Return once Heat has begun'))
        .option('poll', text('Seconds between two looks (5)'))
        .option('yes', flag("Don't ask", 'y')),
      formats,
    ),
  async run(args, context) {
    const [pipeline, stage, {readBundle}] = await Promise.all([
      import('../../pipeline.ts'),
      import('../../deploy/index.ts'),
      import('../../store/index.ts'),
    ]);
    const timeoutMinutes = minutes(args.timeout);
    const pollSeconds = seconds('poll', args.poll);
    const bundle = await readBundle(context.path(args.dir));
    const options: DeployOptions = {
      stack: stackName(args.stack, bundle.report.project),
      parameters: await valuesOf(args, context),
      rollback: args['enable-rollback'],
      tags: (args.tags ?? '').split(',').filter(tag => tag !== ''),
      timeoutMinutes,
      pollSeconds,
      signal: context.signal,
    };
    const session = await context.open();
    if (args['dry-run'] === true) {
      const {findings} = await stage.preflight(session, bundle, options);
      context.print(await findingsText(findings, rowOptions(args, context)));
      return findingsExit(findings);
    }
    if (args.yes !== true) await confirm(session, bundle, options.stack, context);
    const created = await create(
      pipeline.deploy,
      {session, bundle, options, wait: args['no-wait'] !== true},
      context,
    );
    const rows = created.outputs.map(({key, value, error}) => ({key, value: error ?? value}));
    const {format} = args;
    const {stack, status} = created;
    if (format === 'json' || format === 'yaml') {
      const outputs = Object.fromEntries(rows.map(({key, value}) => [key, value]));
      context.print(await dataText({stack: {...stack, status}, outputs}, format));
    } else if (rows.length > 0) {
      const columns = [
        {key: 'key', title: 'Output'},
        {key: 'value', title: 'Value'},
      ];
      context.print(await rowsText({columns, rows: outputRows(rows)}, rowOptions(args, context)));
    }
    sayWhatNext(bundle, args.dir, created, context);
    return exit.done;
  },
});

interface Creation {
  readonly session: Session;
  readonly bundle: LoadedBundle;
  readonly options: DeployOptions;
  readonly wait: boolean;
}

interface Created {
  readonly stack: StackRef;
  readonly status: string;
  readonly outputs: readonly {
    readonly key: string;
    readonly value: unknown;
    readonly error: string | undefined;
  }[];
  readonly followed: boolean;
}

async function create(
  deployBundle: (
    session: Session,
    bundle: LoadedBundle,
    options: DeployOptions,
  ) => Promise<Omit<Created, 'followed'>>,
  {session, bundle, options, wait}: Creation,
  {log, world, paint, args, signal}: Context,
): Promise<Created> {
  const {makeProgress} = await import('../progress.ts');
  const {resources} = bundle.template;
  const progress = makeProgress({
    world,
    paint: paint.err,
    stack: options.stack,
    total: isPlainObject(resources) ? Object.keys(resources).length : 0,
    quiet: args.quiet === true,
  });
  const enough = new AbortController();
  let stack: StackRef | undefined;
  try {
    const made = await deployBundle(session, bundle, {
      ...options,
      signal: AbortSignal.any([signal, enough.signal]),
      onFinding({severity, where, what, hint}) {
        if (severity === 'warning') log.log('warn', `${where}: ${what}${hint === '' ? '' : `; ${hint}`}`);
      },
      onCreated(ref) {
        stack = ref;
        log.say(`Heat builds the stack ${ref.name} (${ref.id})`);
        if (!wait) enough.abort();
      },
      onEvent: event => progress.event(event),
    });
    return {...made, followed: true};
  } catch (error) {
    if (stack === undefined || !enough.signal.aborted || signal.aborted) throw error;
    return {stack, status: 'CREATE_IN_PROGRESS', outputs: [], followed: false};
  } finally {
    progress.end();
  }
}

/** Asks on a terminal. Off one, the command line is the word: a new stack destroys nothing. */
async function confirm(
  session: Session,
  bundle: LoadedBundle,
  stack: string,
  {world}: Context,
): Promise<void> {
  if (world.ask === undefined) return;
  const project = session.identity.project?.name ?? '';
  const {resources} = bundle.report.counts;
  const what = `the stack ${stack} with ${resources} ${resources === 1 ? 'resource' : 'resources'}`;
  const answer = await world.ask(
    `Create ${what} in the project ${project} at ${session.authHost}? [y/N] `,
    false,
  );
  if (!/^\s*y(es)?\s*$/i.test(answer))
    throw new RekindleError('aborted', 'Not confirmed; nothing was created', {
      hint: '--yes answers beforehand',
    });
}

function sayWhatNext(
  {report}: LoadedBundle,
  dir: string,
  {stack, followed}: Created,
  {log, args}: Context,
): void {
  const cloud = args['os-cloud'] === undefined ? '' : ` --os-cloud ${shellWord(args['os-cloud'])}`;
  if (!followed) {
    log.say(`Watch it with: openstack${cloud} stack event list --follow ${stack.id}`);
    return;
  }
  const count = report.steps.length;
  if (count > 0)
    log.say(
      `${count} ${count === 1 ? 'step' : 'steps'} beside the stack: ${joined(dir, 'report.md')} lists the commands`,
    );
  log.say(`Prove it with: rekindle verify ${shellWord(dir)}${cloud} --stack ${shellWord(stack.name)}`);
}

function minutes(value: string | undefined): number | undefined {
  const number = seconds('timeout', value);
  if (number !== undefined && !Number.isInteger(number))
    throw new RekindleError('usage', '--timeout takes whole minutes');
  return number;
}
