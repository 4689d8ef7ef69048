/** A deployed bundle, read again and compared with what it was made from: Stack -> Differences. */
import type {Logger, Session} from '../cloud/types.ts';
import {lossesThere, stackContents, stackOf} from '../deploy/index.ts';
import type {LoadedBundle, LoadedLayer, ReportLoss} from '../model/bundle.ts';
import type {Inventory} from '../model/inventory.ts';
import {shapeOf} from '../model/report.ts';
import {relate} from '../relate/index.ts';
import {shape as shaped} from '../shape/index.ts';
import {chosenOf, compareGraphs, type Comparison, externalsOf, seedsOf} from '../verify/index.ts';
import {readAgain} from './read-again.ts';

export interface VerifyOptions {
  readonly stack: string;
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
}

/** What a verification needs of a bundle; with layers it is of all their stacks together. */
export interface Verifiable extends Pick<LoadedBundle, 'report' | 'parameters'> {
  readonly inventory: Inventory;
  /** With the templates what the target could not make of them counts as announced. */
  readonly layers?: readonly (Pick<LoadedLayer, 'name'> & Partial<Pick<LoadedLayer, 'bundle'>>)[];
}

/** Re-reads what the stack built, or all its layers' stacks, and compares it with the bundle's inventory. */
export async function verify(
  session: Session,
  bundle: Verifiable,
  options: VerifyOptions,
): Promise<Comparison> {
  const shape = shapeOf(bundle.report);
  const layers: NonNullable<Verifiable['layers']> = bundle.layers ?? [{name: ''}];
  // Where there is no such stack nobody wants the rest of the project: nothing is asked behind the caller's back.
  const over = new AbortController();
  const signal = options.signal === undefined ? over.signal : AbortSignal.any([options.signal, over.signal]);
  const reading = readAgain(session, bundle, {signal, logger: options.logger});
  const [stacks, inventory] = await Promise.all([
    Promise.all(layers.map(({name}) => stackContents(session, stackOf(options.stack, name)))),
    reading,
  ]).catch(async (error: unknown) => {
    over.abort();
    await reading.catch(() => {});
    throw error;
  });
  const parts = stacks.flatMap(({resources}) => resources);
  const parameters = Object.assign({}, ...stacks.map(stack => stack.parameters)) as Readonly<
    Record<string, string>
  >;
  const source = shaped(bundle.inventory, shape);
  const transparent = stacks.map(({id}) => id);
  const clone = relate(inventory, {stacks: shape.stacks, ips: shape.ips, transparent});
  const values = {...bundle.parameters, ...parameters};
  const {absent, losses, prefixed} = chosenOf(bundle.report, values);
  const compared = (more: readonly ReportLoss[]): Comparison =>
    compareGraphs(source, clone, {
      ...seedsOf(bundle.report, parts, clone.graph),
      absent,
      prefixed,
      announced: {...bundle.report, losses: [...bundle.report.losses, ...losses, ...more]},
      externals: externalsOf(bundle.report, values),
    });
  const first = compared([]);
  if (first.same) return first;
  // What the target can't make was told before the deployment, and is told again by what the target is.
  const there = await Promise.all(
    layers.flatMap(({bundle: one}) =>
      one === undefined ? [] : [lossesThere(session, one, parameters, options.signal)],
    ),
  );
  return there.some(found => found.length > 0) ? compared(there.flat()) : first;
}
