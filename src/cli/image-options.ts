/** Options about images that are copied, of `check`, `deploy` and `clone`. */
import type {Argv} from 'yargs';
import type {Session} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {Context} from './command.ts';
import {flag, text} from './option-kinds.ts';

export interface ImageArgs {
  readonly 'copy-images'?: boolean | undefined;
  readonly 'image-dir'?: string | undefined;
}

export interface FromArgs {
  readonly from?: string | undefined;
}

export function withImages<Args>(cli: Argv<Args>): Argv<Args & ImageArgs> {
  return cli
    .option('copy-images', flag('Copy the images that the target lacks from the source'))
    .option('image-dir', text('Folder to keep downloaded images in: an interrupted download goes on there'));
}

/** Where the command line names the target alone. */
export function withImageSource<Args>(cli: Argv<Args>): Argv<Args & FromArgs> {
  return cli.option('from', text('Entry of clouds.yaml to copy images from'));
}

/** @throws RekindleError 'usage' where the options don't go together. */
export function checkImageArgs(args: ImageArgs): void {
  if (args['image-dir'] === '') throw new RekindleError('usage', '--image-dir is empty');
  if (args['image-dir'] !== undefined && args['copy-images'] !== true)
    throw new RekindleError('usage', '--image-dir is for --copy-images');
}

/** The same where the command line names the target, before anything is asked. @throws RekindleError 'usage' */
export function checkImageSource(args: ImageArgs & FromArgs, context: Context): void {
  checkImageArgs(args);
  const {from} = args;
  if (args['copy-images'] !== true) {
    if (from === undefined) return;
    throw new RekindleError('usage', '--from is for --copy-images');
  }
  if (from === undefined || from === '')
    throw new RekindleError('usage', '--copy-images needs the cloud to copy from', {
      hint: '--from names an entry of clouds.yaml, that of the project the bundle is of',
    });
  const both = (['os-project-name', 'os-project-id', 'os-auth-url', 'os-region-name'] as const).find(
    name => context.args[name] !== undefined,
  );
  if (both !== undefined)
    throw new RekindleError('usage', `--${both} would count for the cloud of --from too`, {
      hint: '--os-cloud and --from name entries of clouds.yaml, which say the rest',
    });
}

/** The session to copy images from; undefined where none are to be copied. */
export async function openImageSource({from}: FromArgs, context: Context): Promise<Session | undefined> {
  return from === undefined ? undefined : context.open(from);
}
