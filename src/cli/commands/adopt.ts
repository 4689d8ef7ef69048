import type {AdoptCheck} from '../../deploy/index.ts';
import type {AdoptOptions} from '../../pipeline/index.ts';
import {RekindleError} from '../../model/errors.ts';
import {adoptionExit, adoptionText, planText} from '../adoption-out.ts';
import {makeCommand, type Context} from '../command.ts';
import {findingsExit} from '../findings.ts';
import {rowOptions, withFormat} from '../format/options.ts';
import {minutes, seconds} from '../numbers.ts';
import {flag, text} from '../option-kinds.ts';
import type {Progress} from '../progress.ts';
import {shellWord} from '../shell.ts';
import {stackName, valuesOf, withStack, withValues} from '../stack-options.ts';

const formats = ['table', 'json', 'yaml'] as const;

export const adopt = makeCommand({
  examples: [
    'rekindle adopt out --os-cloud prod --dry-run     what would be adopted, and what not',
    'rekindle adopt out --os-cloud prod --stack web',
    'rekindle adopt out --os-cloud prod --external    where the operator has switched adopt off',
  ],
  notes: `The project is read again first: what differs from the bundle stops the adoption (exit code 4). Everything is adopted
with the deletion policy Retain, so that neither a failure nor "rekindle stack delete" deletes any of it; there is no
rollback. Afterwards Heat's check, an update with the same template and a comparison of all rows prove that nothing was
touched: exit code 0, or 4 with what changed. docs/adopt.md tells the rest.`,
  options: cli =>
    withFormat(
      withValues(
        withStack(
          cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
        ),
      )
        .option('dry-run', flag('Print what would be adopted; touch nothing'))
        .option('external', flag('By external_id instead: no property can be updated'))
        .option('no-update', flag('Leave out the update that proves that nothing would change'))
        .option('timeout', text('Minutes that Heat may take'))
        .option('tags', text('Tags of the stack: A,B'))
        .option('poll', text('Seconds between two looks (5)'))
        .option('yes', flag("Don't ask", 'y')),
      formats,
    ),
  async run(args, context) {
    const [pipeline, {readBundle, readInventory, readReportOf}] = await Promise.all([
      import('../../pipeline/adopt.ts'),
      import('../../store/index.ts'),
    ]);
    const timeoutMinutes = minutes('timeout', args.timeout);
    const pollSeconds = seconds('poll', args.poll);
    const dir = context.path(args.dir);
    const report = await readReportOf(dir);
    if (report?.layers !== undefined)
      throw new RekindleError(
        'usage',
        `${args.dir} is ${report.layers.length} templates, and what runs can be adopted by one stack only`,
        {
          hint: `make one of it: rekindle render ${shellWord(args.dir)} OTHER --layout single --max-resources ${report.counts.resources}`,
        },
      );
    const bundle = {...(await readBundle(dir)), inventory: await readInventory(dir)};
    const options: AdoptOptions = {
      stack: stackName(args.stack, bundle.report.project),
      parameters: await valuesOf(args, context),
      external: args.external,
      update: args['no-update'] !== true,
      tags: (args.tags ?? '').split(',').filter(tag => tag !== ''),
      timeoutMinutes,
      pollSeconds,
      signal: context.signal,
      logger: context.log,
    };
    const session = await context.open();
    if (args['dry-run'] === true) {
      const plan = await pipeline.planAdoption(session, bundle, options);
      context.print(await planText(plan, rowOptions(args, context)));
      return findingsExit(plan.findings);
    }
    const {makeProgress} = await import('../progress.ts');
    const {log, world, paint} = context;
    let progress: Progress | undefined;
    try {
      const adoption = await pipeline.adopt(session, bundle, {
        ...options,
        async onPlan(plan) {
          for (const {severity, where, what, hint} of plan.findings)
            if (severity === 'warning') log.log('warn', `${where}: ${what}${hint === '' ? '' : `; ${hint}`}`);
          if (args.yes !== true) await confirm(plan, options.stack, session.identity.project?.name, context);
          progress = makeProgress({world, paint: paint.err, quiet: args.quiet === true});
          progress.begin(options.stack, plan.adopted.length);
        },
        onStack: ({name, id}) => log.say(`Heat takes over the stack ${name} (${id})`),
        onEvent: event => progress?.event(event, options.stack),
      });
      progress?.end();
      context.print(await adoptionText(adoption, args.format));
      log.say(
        `Let go of it with: rekindle stack delete ${shellWord(adoption.stack.name)}: nothing it names is deleted`,
      );
      return adoptionExit(adoption);
    } finally {
      progress?.end();
    }
  },
});

/** Asks on a terminal, and only where there is something to ask. Off one, the command line is the word. */
async function confirm(
  {adopted, leftOut, findings}: AdoptCheck,
  stack: string,
  project = '',
  {world}: Pick<Context, 'world'>,
): Promise<void> {
  if (world.ask === undefined || findings.some(({severity}) => severity === 'error')) return;
  const what = `${adopted.length} ${adopted.length === 1 ? 'resource' : 'resources'}`;
  const left = leftOut.length === 0 ? '' : ` (${leftOut.length} left out)`;
  const answer = await world.ask(
    `Put ${what}${left} of the project ${project} under the stack ${stack}? Nothing is changed. [y/N] `,
    false,
  );
  if (!/^\s*y(es)?\s*$/i.test(answer))
    throw new RekindleError('aborted', 'Not confirmed; nothing was touched', {
      hint: '--yes answers beforehand',
    });
}
