/** FILE or DIR: a template of anybody's, or a bundle, as `validate` and `preview` take it. */
import {stat} from 'node:fs/promises';
import type {Argv} from 'yargs';
import type {LoadedBundle} from '../../../model/bundle.ts';
import type {Fields} from '../../../model/json.ts';
import type {Context} from '../../command.ts';
import {valuesOf, type ValueArgs} from '../../stack-options.ts';

export interface TemplateSource {
  readonly template: Fields;
  readonly files: Readonly<Record<string, string>>;
  /** The bundle's, and over them those of the command line. */
  readonly parameters: Fields;
  /** Where it is one. */
  readonly bundle: LoadedBundle | undefined;
  /** Those of the command line alone. */
  readonly given: Fields;
}

export function withSource<Args>(cli: Argv<Args>): Argv<Args & {source: string}> {
  return cli.positional('source', {
    type: 'string',
    demandOption: true,
    describe: 'File with a template, or folder of a bundle',
  });
}

/** @throws RekindleError 'input' or 'usage' */
export async function templateSource(
  args: ValueArgs & {readonly source: string},
  context: Context,
): Promise<TemplateSource> {
  const {readBundle, readTemplate} = await import('../../../store/index.ts');
  const given = await valuesOf(args, context);
  const path = context.path(args.source);
  const isFolder = await stat(path).then(
    stats => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return {...(await readTemplate(path)), parameters: given, given, bundle: undefined};
  const bundle = await readBundle(path);
  const {template, files, parameters} = bundle;
  return {template, files, parameters: {...parameters, ...given}, given, bundle};
}
