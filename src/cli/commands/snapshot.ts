import {RekindleError} from '../../model/errors.ts';
import {shapeOf} from '../../model/report.ts';
import {makeCommand} from '../command.ts';
import {exit} from '../exit.ts';
import {withFormat} from '../format/options.ts';
import {warnOfGaps} from '../gaps.ts';
import {flag, text} from '../option-kinds.ts';
import type {Shape} from '../../model/shape.ts';
import {selectionsOf} from '../select-options.ts';
import {chosenShape, withShape} from '../shape-options.ts';
import {earlierBundle, folderFor, saveBundles, type Made} from '../bundle-out.ts';

export const snapshot = makeCommand({
  usage: 'snapshot [dir]',
  summary: 'Read the project and write the bundle that rebuilds it',
  examples: [
    'rekindle snapshot out --os-cloud source',
    'rekindle snapshot out --os-cloud source   again: names and your edits in out/ stay',
  ],
  notes: `A folder that holds an earlier bundle of the same project is updated: things keep their logical names, and what was
written into environment.yaml and secrets.yaml stays (docs/drift.md).

Exit code 3 means that something could not be read: the report names it, and the bundle lacks it.`,
  options: cli =>
    withFormat(
      withShape(cli)
        .positional('dir', {type: 'string', describe: 'Folder to write; default: named after the project'})
        .option('force', flag("Replace another project's bundle, or write among other files"))
        .option('user-data', {
          ...text("Servers' user data: in the bundle, or left out because it holds secrets"),
          choices: ['keep', 'omit'] as const,
          default: 'keep' as const,
        })
        .option('secrets', {
          ...text('Pre-shared keys and payloads: left to be filled in, or read into secrets.yaml'),
          choices: ['omit', 'capture'] as const,
          default: 'omit' as const,
        }),
      ['table', 'json', 'yaml'],
    ),
  async run(args, context) {
    const {log, signal, tool} = context;
    if (args.dir === '')
      throw new RekindleError('usage', 'The folder to write is empty', {hint: 'leave it out, or name one'});
    const [pipeline, {isPartial}, {checkFree}] = await Promise.all([
      import('../../pipeline.ts'),
      import('../../model/inventory.ts'),
      import('../../store/index.ts'),
    ]);
    // What can be known before anything is read is said before it.
    const targets = await selectionsOf(args);
    if (args.dir !== undefined && targets[0]?.name === undefined)
      await checkFree(context.path(args.dir), {force: args.force, update: true});
    const session = await context.open();
    const {id = '', name = ''} = session.identity.project ?? {};
    const made: (Omit<Made, 'taken'> & {readonly shape: Shape})[] = [];
    for (const wanted of targets) {
      const dir = folderFor(wanted, args.dir, name);
      const earlier = await earlierBundle(
        {...args, dir},
        {id, name, region: session.region ?? null},
        context,
      );
      const shape = await chosenShape(args, earlier && shapeOf(earlier.report), context, wanted);
      made.push({name: wanted.name, dir, earlier, shape});
    }
    log.waiting(`Reading the project ${session.identity.project?.name ?? ''} at ${session.authHost}`);
    const {inventory, secrets} = await pipeline.take(session, {
      tool,
      signal,
      logger: log,
      userData: args['user-data'],
      secrets: args.secrets,
      shape: made.find(({shape}) => shape.stacks === 'as-template')?.shape,
    });
    warnOfGaps(inventory, log);
    const bundles = made.map(({name: part, dir, earlier, shape}) => {
      return {name: part, dir, earlier, taken: pipeline.render(inventory, {secrets, shape, earlier})};
    });
    await saveBundles(bundles, args, context);
    return isPartial(inventory) ? exit.partial : exit.done;
  },
});
