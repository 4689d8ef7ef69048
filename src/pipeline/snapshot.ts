/** A project, read or from a file, made a bundle, or what is only looked at: Session -> Inventory -> Graph -> Bundle. */
import type {Session} from '../cloud/types.ts';
import {discover, type DiscoverOptions} from '../discover/index.ts';
import {emit} from '../emit/index.ts';
import type {Bundle, EarlierBundle, Report} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import type {Graph} from '../model/graph.ts';
import {rowsOf, type Inventory} from '../model/inventory.ts';
import {detailsOf, type Shape} from '../model/shape.ts';
import {pageOf, pictureFiles} from '../page/index.ts';
import {sceneOf, type Scene} from '../picture/index.ts';
import {relate} from '../relate/index.ts';
import {
  checkParameterized,
  chooser,
  explain,
  shape as shaped,
  type Chooser,
  type Explained,
} from '../shape/index.ts';
import {inventoryFile, inventoryText} from '../store/index.ts';

export interface SnapshotOptions extends Omit<DiscoverOptions, 'secrets'> {
  /** 'capture' reads secrets (pre-shared keys, payloads) for secrets.yaml. Default 'omit': they are neither read nor kept. */
  readonly secrets?: 'omit' | 'capture' | undefined;
  /** What goes into the template, and how. Default: everything, as it is. */
  readonly shape?: Shape | undefined;
  /** The bundle of the same project that this one replaces (`readEarlier`): names, and what somebody wrote, stay. */
  readonly earlier?: EarlierBundle | undefined;
}

export interface RenderOptions {
  /** Captured secrets by `kind:id.path`. */
  readonly secrets?: ReadonlyMap<string, string> | undefined;
  readonly earlier?: SnapshotOptions['earlier'];
  readonly shape?: SnapshotOptions['shape'];
  /** Terms of the selection that nothing fits are no error: the rows are not those it was written for. */
  readonly lenient?: boolean | undefined;
}

export interface Snapshot extends Account {
  readonly inventory: Inventory;
  readonly bundle: Bundle;
}

/** What is said of a project, and what Heat is to be given. */
export interface Account {
  readonly graph: Graph;
  readonly report: Report;
  /** Why each thing is in or out. */
  readonly explained: () => readonly Explained[];
  /** What of the choices came to nothing: for whoever made them. */
  readonly warnings: readonly string[];
}

/** Reads the project and makes its bundle; nothing is written. */
export async function snapshot(session: Session, options: SnapshotOptions = {}): Promise<Snapshot> {
  const {earlier, shape} = options;
  const {inventory, secrets} = await take(session, options);
  return render(inventory, {secrets, earlier, shape});
}

/** Reads the project for one bundle, or for several that are made of it. */
export async function take(session: Session, options: SnapshotOptions = {}): Promise<Taken> {
  const {secrets: mode, earlier: _earlier, shape, ...rest} = options;
  const secrets = mode === 'capture' ? new Map<string, string>() : undefined;
  return {inventory: await discover(session, {...rest, details: detailsOf(shape), secrets}), secrets};
}

export interface Taken {
  readonly inventory: Inventory;
  /** Captured ones, by `kind:id.path`. */
  readonly secrets: ReadonlyMap<string, string> | undefined;
}

/** The bundle of an inventory, without a cloud. */
export function render(inventory: Inventory, options: RenderOptions = {}): Snapshot {
  const {files, ...account} = accountOf(inventory, options);
  const pictures = pictureFiles({...account, bundle: files});
  // Last: the largest of all texts, while nothing else is being made any more.
  const stored = {path: inventoryFile, text: inventoryText(inventory)};
  return {...account, inventory, bundle: [...files, stored, ...pictures]};
}

/** As `render`, without what is only looked at or kept: no picture, no inventory. */
export function accountOf(
  inventory: Inventory,
  options: RenderOptions = {},
): Account & {readonly files: Bundle} {
  const {shape, lenient} = options;
  if (shape?.stacks === 'as-template' && !hasTemplates(inventory)) {
    throw new RekindleError('usage', "The inventory has no templates of the project's stacks", {
      hint: 'take the snapshot with --stacks as-template',
    });
  }
  const {graph, selection, warnings} = shaped(inventory, shape, {lenient});
  checkParameterized(graph, shape);
  const emitted = emit(graph, options);
  const {bundle: files, report} = emitted;
  const explained = () => explain(graph, selection, report.parameters);
  return {graph, report, files, warnings: [...warnings, ...emitted.warnings], explained};
}

/** What is to be drawn of an inventory. @param shape Of it, only what cuts: what is cut is drawn as outside. */
export function picture(inventory: Inventory, {shape}: Pick<RenderOptions, 'shape'> = {}): Scene {
  return sceneOf(shaped(inventory, shape).graph);
}

/** The page of an inventory. @param shape As for `picture`. */
export function page(inventory: Inventory, {shape}: Pick<RenderOptions, 'shape'> = {}): string {
  const {graph} = shaped(inventory, shape);
  const {bundle, report} = emit(graph, {shape});
  return pageOf({graph, report, bundle});
}

/** A project as it is, to choose from. */
export interface Choices {
  readonly graph: Graph;
  readonly chooser: Chooser;
}

/** What there is to select. @param shape Of it, only what becomes of stacks. */
export function choices(inventory: Inventory, {stacks}: Pick<Shape, 'stacks'> = {}): Choices {
  const related = relate(inventory, {stacks});
  return {graph: related.graph, chooser: chooser(related)};
}

function hasTemplates(inventory: Inventory): boolean {
  const stacks = rowsOf(inventory, 'stack');
  return stacks.length === 0 || stacks.some(row => row['template'] !== undefined);
}
