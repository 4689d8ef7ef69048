/** `--map`: what the target calls the things that the source calls otherwise. */
import type {Argv} from 'yargs';
import type {PreflightOptions} from '../deploy/index.ts';
import type {LoadedLayer} from '../model/bundle.ts';
import type {Context} from './command.ts';
import {list} from './option-kinds.ts';

export interface MapArgs {
  readonly map?: readonly string[] | undefined;
}

/** A name more is a line of it; nobody writes that many. */
const limit = 1024 * 1024;

export function withMap<Args>(cli: Argv<Args>): Argv<Args & MapArgs> {
  return cli.option(
    'map',
    list(
      "KIND:NAME=NAME-THERE, as flavor:m1.small=c1.small, or a file of such: what the target calls the source's things; auto: take what is certainly meant; repeat for more",
    ),
  );
}

/** Files first, so that what the line itself says beats them. @throws RekindleError 'usage' or 'input' */
export async function mapOf(
  {map = []}: MapArgs,
  context: Context,
): Promise<Pick<PreflightOptions, 'map' | 'mapAuto'>> {
  const words = map.filter(word => word !== 'auto');
  if (words.length === 0) return {mapAuto: map.length > 0};
  const [{isRenaming, readRenaming, readRenamings}, {readText}, {readYamlTree}] = await Promise.all([
    import('../deploy/index.ts'),
    import('../store/text.ts'),
    import('../store/yaml-tree.ts'),
  ]);
  const files = words.filter(word => !isRenaming(word));
  const read = await Promise.all(
    files.map(async file =>
      readRenamings(file, readYamlTree(file, await readText(context.path(file), limit))),
    ),
  );
  const lines = words.filter(word => isRenaming(word)).map(word => readRenaming(word));
  return {map: [...read.flat(), ...lines], mapAuto: words.length < map.length};
}

/** @throws RekindleError 'usage' for what no parameter of the bundle is about */
export async function checkMapped(
  layers: readonly LoadedLayer[],
  {map = []}: Pick<PreflightOptions, 'map'>,
): Promise<void> {
  if (map.length === 0) return;
  const {checkMap} = await import('../deploy/index.ts');
  checkMap(
    layers.flatMap(({bundle}) => bundle.report.parameters),
    map,
  );
}
