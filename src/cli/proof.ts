/** Comparing what a bundle's stack built with the snapshot: for `verify` and `clone`. */
import type {Session} from '../cloud/types.ts';
import type {Comparison} from '../verify/index.ts';
import type {Context} from './command.ts';
import {stackName} from './stack-options.ts';

/**
 * @param dir The bundle's folder, as the user calls it.
 * @param open The target; not asked before the bundle is read.
 */
export async function prove(
  dir: string,
  stack: string | undefined,
  open: () => Promise<Session>,
  context: Context,
): Promise<Comparison> {
  const [pipeline, {readInventory, readWhole}] = await Promise.all([
    import('../pipeline/verify.ts'),
    import('../store/index.ts'),
  ]);
  const {signal, log} = context;
  const folder = context.path(dir);
  const bundle = {...(await readWhole(folder)), inventory: await readInventory(folder)};
  const name = stackName(stack, bundle.report.project);
  return pipeline.verify(await open(), bundle, {stack: name, signal, logger: log});
}
