/** Taking a snapshot into a folder: for `snapshot` and `clone`. */
import type {Argv} from 'yargs';
import type {Session} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {Inventory} from '../model/inventory.ts';
import {shapeOf} from '../model/report.ts';
import type {Shape} from '../model/shape.ts';
import {earlierBundle, folderFor, saveBundles, type Made, type Saved} from './bundle-out.ts';
import type {Context} from './command.ts';
import {warnOfGaps} from './gaps.ts';
import {flag, text} from './option-kinds.ts';
import type {Wanted} from './select-options.ts';
import {chosenShape, withShape, type ShapeArgs} from './shape-options.ts';

export interface TakingArgs extends ShapeArgs {
  readonly dir?: string | undefined;
  readonly force?: boolean | undefined;
  readonly 'user-data': 'keep' | 'omit';
  readonly secrets: 'omit' | 'capture';
}

export function withTaking<Args>(cli: Argv<Args>) {
  return withShape(cli)
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
    });
}

/** What can be known before anything is read is said before it. */
export async function checkFolder(
  {dir, force}: Pick<TakingArgs, 'dir' | 'force'>,
  targets: readonly Wanted[],
  context: Context,
): Promise<void> {
  if (dir === '')
    throw new RekindleError('usage', 'The folder to write is empty', {hint: 'leave it out, or name one'});
  if (dir === undefined || targets[0]?.name !== undefined) return;
  const {checkFree} = await import('../store/index.ts');
  await checkFree(context.path(dir), {force, update: true});
}

/** Reads the session's project and writes its bundles. */
export async function take(
  session: Session,
  args: TakingArgs,
  targets: readonly Wanted[],
  context: Context,
): Promise<{readonly saved: readonly Saved[]; readonly inventory: Inventory}> {
  const {log, signal, tool} = context;
  const pipeline = await import('../pipeline/snapshot.ts');
  const {id = '', name = ''} = session.identity.project ?? {};
  const project = {id, name, region: session.region ?? null};
  const wanted: (Omit<Made, 'taken'> & {readonly shape: Shape})[] = [];
  for (const target of targets) {
    const dir = folderFor(target, args.dir, name);
    const earlier = await earlierBundle({...args, dir}, project, context);
    const shape = await chosenShape(args, earlier && shapeOf(earlier.report), context, target);
    wanted.push({name: target.name, dir, earlier, shape});
  }
  log.waiting(`Reading the project ${name} at ${session.authHost}`);
  const {inventory, secrets} = await pipeline.take(session, {
    tool,
    signal,
    logger: log,
    userData: args['user-data'],
    secrets: args.secrets,
    shape: wanted.find(({shape}) => shape.stacks === 'as-template')?.shape,
  });
  warnOfGaps(inventory, log);
  const made = wanted.map(({name: part, dir, earlier, shape}) => {
    return {name: part, dir, earlier, taken: pipeline.render(inventory, {secrets, shape, earlier})};
  });
  return {saved: await saveBundles(made, args, context), inventory};
}
