/** What would be adopted, what is left out, and what stands in the way: the bundle against the project as it is. Pure. */
import type {LoadedBundle, ReportResource} from '../../model/bundle.ts';
import type {AnySpec} from '../../model/define.ts';
import type {Graph, Node} from '../../model/graph.ts';
import {type Fields, fields, text} from '../../model/json.ts';
import {specOf} from '../../resources/index.ts';
import {type Finding, problem} from '../check/finding.ts';
import {resourcesOf, withDefaults} from '../check/template.ts';
import type {Adopted} from './data.ts';
import {externalObstacle} from './external.ts';
import {meaningOf, type Said, unlike} from './properties.ts';

/** The project read again, and rendered in the way the bundle was. */
export interface Present extends Said {
  readonly graph: Graph;
}

export interface LeftOut {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly reason: string;
}

export interface AdoptPlan {
  readonly adopted: readonly Adopted[];
  readonly leftOut: readonly LeftOut[];
  readonly findings: readonly Finding[];
  /** Servers and shares that Heat's check would call failed, with their state. */
  readonly resting: readonly {readonly name: string; readonly state: string}[];
  /** Types that no cloud of ours has tried. */
  readonly untried: readonly string[];
  /** Stacks that have things of the bundle already, with the names of those. */
  readonly owners: readonly {readonly stack: string; readonly names: readonly string[]}[];
}

export interface PlanOptions {
  /** What Heat is to be given. */
  readonly parameters: Fields;
  /** By `external_id`. */
  readonly external?: boolean | undefined;
}

const again = 'take a new snapshot, and adopt that';

export function planAdoption(
  bundle: LoadedBundle,
  present: Present,
  {parameters, external = false}: PlanOptions,
): AdoptPlan {
  const {template, report} = bundle;
  const values = withDefaults(template, parameters);
  const made = new Set(resourcesOf(template, values).map(({name}) => name));
  const listed = new Map(report.resources.map(resource => [resource.name, resource]));
  const mine = meaningOf({...bundle, parameters});
  const theirs = meaningOf(present);

  const adopted: Adopted[] = [];
  const leftOut: LeftOut[] = [];
  const findings: Finding[] = [];
  const resting: {name: string; state: string}[] = [];
  const untried = new Set<string>();
  const owners = new Map<string, string[]>();
  const groups = report.folds ?? [];
  for (const {name, members} of groups) {
    const what = `is a group of ${members.length} servers, and Heat adopts single things only`;
    findings.push(problem(name, what, 'write the bundle again with --no-fold, and adopt that'));
  }
  if (groups.length > 0) return {adopted, leftOut, findings, resting, untried: [], owners: []};
  for (const [name, raw] of Object.entries(fields(template['resources']))) {
    const resource = listed.get(name);
    if (!made.has(name)) {
      const condition = resource?.condition ?? text(fields(raw)['condition']);
      leftOut.push({
        name,
        type: text(fields(raw)['type']),
        label: resource?.label ?? '',
        reason: reasonOf(resource, condition),
      });
      continue;
    }
    if (resource === undefined) {
      const what = 'is in template.yaml, but report.json knows of nothing behind it';
      findings.push(problem(name, what, 'take it out of the template: adoption makes nothing new'));
      continue;
    }
    const key = `${resource.kind}:${resource.id}`;
    const node = present.graph.nodes.get(key);
    if (node?.stack !== undefined) {
      owners.set(node.stack, [...(owners.get(node.stack) ?? []), name]);
      continue;
    }
    const obstacle = obstacleOf(resource, node);
    if (obstacle !== undefined || node === undefined) {
      findings.push(obstacle ?? problem(name, 'is gone', again));
      continue;
    }
    for (const {property, mine: a, theirs: b} of unlike(mine.get(key) ?? {}, theirs.get(key) ?? {})) {
      const what = `property ${property} is ${shown(a)} in the bundle, and ${shown(b)} in the project`;
      findings.push(problem(name, what, again));
    }
    const spec = specOf(resource.kind);
    const physicalId = physicalIdOf(spec, node);
    if (physicalId === '') {
      findings.push(problem(name, `has no id that Heat could know it by`, again));
      continue;
    }
    if (spec?.modelled === true) untried.add(resource.type);
    const {type, kind, id, label} = resource;
    const state = restingState(node);
    const unfit = external ? externalObstacle(type, state) : undefined;
    if (unfit !== undefined) {
      leftOut.push({name, type, label, reason: unfit});
      continue;
    }
    if (state !== undefined) resting.push({name, state});
    adopted.push({name, type, kind, id, label, physicalId, data: dataOf(node, present.graph)});
  }
  return {
    adopted,
    leftOut,
    findings,
    resting,
    untried: [...untried].sort(),
    owners: [...owners].map(([stack, names]) => ({stack, names})),
  };
}

function reasonOf(resource: ReportResource | undefined, condition: string): string {
  if (resource?.kind === 'keypair') return "it is the user's own, not the project's; the servers name it";
  return `its condition ${condition} is off: what is there is used as it is`;
}

function obstacleOf({name, kind}: ReportResource, node: Node | undefined): Finding | undefined {
  if (node === undefined) return problem(name, 'is gone from the project', again);
  if (kind === 'stack')
    return problem(name, 'is a stack already', 'take a new snapshot with --stacks skip, and adopt that');
  const {place} = node;
  if (place.as === 'resource') return undefined;
  const why = place.as === 'lost' || place.as === 'skipped' ? `: ${place.reason}` : '';
  return problem(name, `is no resource of its own any more${why}`, again);
}

function physicalIdOf(spec: AnySpec | undefined, {row, id}: Node): string {
  if (spec?.physicalId === undefined) return id;
  try {
    return text(spec.physicalId(row as never));
  } catch {
    return ''; // A malformed row has none.
  }
}

/** States that Heat's check takes; proof: heat, `handle_check` of the types. */
const awake: Readonly<Record<string, readonly string[]>> = {
  server: ['ACTIVE'],
  share: ['available'],
  volume: ['available', 'in-use'],
  database_instance: ['ACTIVE'],
};

function restingState({kind, row}: Node): string | undefined {
  const state = text(row['status']);
  return awake[kind]?.includes(state) === false ? state : undefined;
}

/** Heat detaches these ports before it replaces the server; proof: heat `server_network_mixin.py`, `store_external_ports`. */
function dataOf({kind, id}: Node, graph: Graph): Readonly<Record<string, string>> {
  if (kind !== 'server') return {};
  const ports = [...graph.nodes.values()]
    .filter(node => node.kind === 'port' && node.row['device_id'] === id)
    .map(node => node.id)
    .sort();
  return ports.length === 0 ? {} : {external_ports: JSON.stringify(ports.map(port => ({id: port})))};
}

/** As much of a value as a line takes. */
function shown(value: unknown): string {
  if (value === undefined) return 'not said';
  const whole = JSON.stringify(value);
  return whole.length > 120 ? `${whole.slice(0, 119)}…` : whole;
}
