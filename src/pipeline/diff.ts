/** Two projects, or two times of one, from their inventories: what differs. Pure. */
import {emit, reportOf} from '../emit/index.ts';
import type {Report} from '../model/bundle.ts';
import type {Inventory} from '../model/inventory.ts';
import {shapeOf} from '../model/report.ts';
import type {Ips, Shape} from '../model/shape.ts';
import {joined, pageOf} from '../page/index.ts';
import type {Related} from '../relate/index.ts';
import {shape as shaped} from '../shape/index.ts';
import {compareGraphs, type Comparison} from '../verify/index.ts';

export interface DiffOptions {
  /** Report of the bundle that the source is of: what it calls things, and what it announced. */
  readonly report?: Report | undefined;
  /** What of both is compared. Default: the report's. */
  readonly shape?: Shape | undefined;
  /** What becomes of the addresses of each, where a bundle of it says so. Default: the source's by the shape. */
  readonly ips?: {readonly source?: Ips | undefined; readonly other?: Ips | undefined} | undefined;
}

/**
 * Two projects, or two times of one, in template terms. What a template can't carry is announced where there are two
 * projects; where there is one nothing is: whatever changed has drifted.
 */
export function diff(source: Inventory, other: Inventory, options: DiffOptions = {}): Comparison {
  const {report, shape: chosen = report === undefined ? {} : shapeOf(report)} = options;
  const sameProject = isSameProject(source, other);
  const {ips: whole, ...shape} = chosen;
  const ips = options.ips ?? {source: whole};
  const auto = ips.source === 'auto' || ips.other === 'auto' ? ('auto' as const) : undefined;
  const as = (own: Ips | undefined): Shape => {
    const mine = own ?? auto;
    // What runs in a project keeps its addresses, whatever its bundle makes of them.
    return sameProject || mine === undefined ? shape : {...shape, ips: mine};
  };
  // What was selected there may be gone here: that is what is to be found.
  const related = shaped(source, as(ips.source), {lenient: true});
  // Rules change what a template says, and so only what is announced; they may name what the other does not have.
  const {rules: _rules, ...rest} = as(ips.other);
  const there = shaped(other, rest, {lenient: true});
  return differing(related, there, report ?? reportOf(related.graph, {shape}), sameProject);
}

function differing(
  source: Related,
  other: Related,
  {resources, losses, steps}: Pick<Report, 'resources' | 'losses' | 'steps'>,
  sameProject: boolean,
): Comparison {
  return compareGraphs(source, other, {
    sameProject,
    announced: sameProject ? {resources, losses: [], steps: []} : {resources, losses, steps},
  });
}

/** Ids mean the same in both. */
export function isSameProject({source: a}: Inventory, {source: b}: Inventory): boolean {
  return a.project.id === b.project.id && a.region === b.region;
}

export interface ComparedOptions {
  /** What the sources are called. */
  readonly before: string;
  readonly after: string;
  readonly shape?: Shape | undefined;
}

/** The page of two projects, or two times of one: all that is in either, with what differs. */
export function comparedPage(
  inventory: Inventory,
  other: Inventory,
  {before, after, shape: choices}: ComparedOptions,
): string {
  const [one, two] = [shaped(inventory, choices), shaped(other, choices, {lenient: true})];
  const {bundle, report} = emit(one.graph, {shape: choices});
  const comparison = differing(one, two, report, isSameProject(inventory, other));
  const {graph, changes} = joined(one.graph, two.graph, comparison);
  const compared = {before, after, changes};
  return pageOf({graph, report, bundle, compared});
}
