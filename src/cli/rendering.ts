/** Bundles of an inventory that was read, with what is said about them: for `render` and `select`. */
import type {Inventory} from '../model/inventory.ts';
import {shapeOf} from '../model/report.ts';
import type {Shape} from '../model/shape.ts';
import {earlierBundle, folderFor, savedText, saveBundles, type Made} from './bundle-out.ts';
import type {Context} from './command.ts';
import {exit} from './exit.ts';
import type {Wanted} from './select-options.ts';
import {chosenShape, type ShapeArgs} from './shape-options.ts';
import {reportOf} from './sources.ts';

export interface RenderArgs extends ShapeArgs {
  readonly source: string;
  readonly dir?: string | undefined;
  readonly force?: boolean | undefined;
  readonly explain?: boolean | undefined;
  readonly format: 'table' | 'json' | 'yaml';
}

/**
 * @param settled Has the last word on the choices.
 * @returns the exit code
 */
export async function renderTo(
  inventory: Inventory,
  args: RenderArgs,
  targets: readonly Wanted[],
  context: Context,
  settled: (shape: Shape) => Shape = shape => shape,
): Promise<number> {
  const [pipeline, {isPartial}] = await Promise.all([
    import('../pipeline/snapshot.ts'),
    import('../model/inventory.ts'),
  ]);
  const {project, region} = inventory.source;
  const before = await reportOf(args.source, context);
  const made: Made[] = [];
  for (const wanted of targets) {
    const dir = folderFor(wanted, args.dir, project.name);
    const earlier = await earlierBundle({...args, dir}, {...project, region}, context);
    const report = before ?? earlier?.report;
    const shape = settled(await chosenShape(args, report && shapeOf(report), context, wanted));
    made.push({name: wanted.name, dir, earlier, taken: pipeline.render(inventory, {shape, earlier})});
  }
  context.print(await savedText(await saveBundles(made, args, context), args, context));
  return isPartial(inventory) ? exit.partial : exit.done;
}
