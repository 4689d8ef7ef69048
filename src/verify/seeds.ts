/** What a stack tells of which clone is whose: logical name -> physical id -> node. Pure. */
import type {Report} from '../model/bundle.ts';
import type {Graph} from '../model/graph.ts';
import {plainId} from '../model/physical.ts';
import {specOf} from '../resources/index.ts';

export interface Seeds {
  /** Source key -> clone key. */
  readonly seeds: ReadonlyMap<string, string>;
  /** Clone keys that the stack made, with what is said inside them. */
  readonly scope: ReadonlySet<string>;
}

/** @param parts The stack's resources: logical name and physical id. */
export function seedsOf(
  report: Report,
  parts: readonly {readonly name: string; readonly id: string}[],
  clone: Graph,
): Seeds {
  const byPhysical = new Map<string, string | undefined>();
  for (const node of clone.nodes.values()) {
    if (node.place.as === 'skipped') continue;
    const physical = specOf(node.kind)?.physicalId;
    let id = node.id;
    try {
      id = physical === undefined ? id : plainId(physical(node.row as never));
    } catch {
      // A malformed row has no physical id; it is found as a difference.
    }
    const key = `${node.kind}:${id}`;
    // A volume's attachments all have the volume's id: of two the content tells.
    byPhysical.set(key, byPhysical.has(key) ? undefined : node.key);
  }
  const physicalOf = new Map(parts.map(part => [part.name, plainId(part.id)]));
  const seeds = new Map<string, string>();
  for (const resource of report.resources) {
    const key = byPhysical.get(`${resource.kind}:${physicalOf.get(resource.name) ?? ''}`);
    if (key !== undefined) seeds.set(`${resource.kind}:${resource.id}`, key);
  }
  const scope = new Set(seeds.values());
  for (const node of clone.nodes.values()) {
    if (node.place.as === 'part' && scope.has(`${node.place.of.kind}:${node.place.of.id}`))
      scope.add(node.key);
  }
  return {seeds, scope};
}
