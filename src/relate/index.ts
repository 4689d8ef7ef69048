/** Inventory -> Graph. Pure: the same rows in any order give the same graph. */
import {isEmpty, isMadeByStack, type AnySpec, type Scope, type StacksMode} from '../model/define.ts';
import {messageOf} from '../model/errors.ts';
import type {Graph, Node, Place} from '../model/graph.ts';
import {ageOf, type Inventory, type Row} from '../model/inventory.ts';
import type {Ips} from '../model/shape.ts';
import {text} from '../model/json.ts';
import {misfit} from '../model/heat-schema.ts';
import {holdsId} from '../model/physical.ts';
import {
  Ask,
  Attr,
  Given,
  Joined,
  isPlainObject,
  someReference,
  type Properties,
  type Ref,
  type Value,
} from '../model/value.ts';
import {registry} from '../resources/index.ts';
import {account} from './account.ts';
import {requiredOf, sourcesOf} from './plan.ts';
import {connect} from './edges.ts';
import {makeScopes, type Scopes} from './scope.ts';
import {Tables} from './tables.ts';
import {misshapen} from './shapes.ts';
import {namesNothing, tidy} from './tidy.ts';
import {outOfStacks} from './outputs.ts';
import {Owners} from './owners.ts';

export interface Related {
  readonly graph: Graph;
  /** Look-ups over the same rows, for comparing. */
  readonly scope: Scope;
}

export interface RelateOptions {
  /** Default: the registry. */
  readonly specs?: readonly AnySpec[] | undefined;
  /** Default: as-resources. */
  readonly stacks?: StacksMode | undefined;
  /** 'auto': the target chooses the addresses of ports and VIPs. Nets that move have moved in the rows. */
  readonly ips?: Ips | undefined;
  /** Ids of stacks that count as none: the one that a clone was deployed as. */
  readonly transparent?: readonly string[] | undefined;
  /** By key: things that are left out, with where they stand then (skipped, lost). */
  readonly cut?: ReadonlyMap<string, Place> | undefined;
  /** Likewise of what isn't rebuilt anyway: that something else is left out must not change it. */
  readonly settled?: ReadonlyMap<string, Place> | undefined;
}

const noPlaces: ReadonlyMap<string, Place> = new Map();

export function relate(inventory: Inventory, options: RelateOptions = {}): Related {
  const {
    specs = registry,
    stacks = 'as-resources',
    transparent = [],
    ips,
    cut = noPlaces,
    settled = noPlaces,
  } = options;
  const byKind = new Map(specs.map(spec => [spec.kind, spec]));
  const tables = new Tables(inventory, specs);
  const owners = new Owners(tables, byKind, new Set(transparent));
  const scopes = makeScopes(inventory, byKind, tables, {stacks, owners, auto: ips === 'auto', cut, settled});
  tables.attach(scopes.base);

  const drafts: Node[] = [];
  for (const spec of specs) {
    if (spec.heat === undefined) continue;
    for (const row of [...tables.table(spec.kind).rows].sort(byAge)) drafts.push(makeNode(spec, row, scopes));
  }
  for (const {kind, id, reason} of tables.unreadable) drafts.push(unreadableNode(kind, id, reason));
  for (const {kind, row, reason} of tables.strays()) drafts.push(strayNode(kind, row, reason));

  const nodes = new Map(drafts.map(node => [node.key, node]));
  return {
    graph: {
      project: inventory.source.project,
      ...connect(nodes, scopes.base, byKind, 'lose'),
      gaps: inventory.gaps,
    },
    scope: scopes.base,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Oldest first, so that a newcomer never takes a name that an older thing has; then by id. */
function byAge(a: Row, b: Row): number {
  return compare(ageOf(a), ageOf(b)) || compare(String(a['id']), String(b['id']));
}

function makeNode(spec: AnySpec, row: Row, scopes: Scopes): Node {
  const id = row['id'] as string;
  const key = `${spec.kind}:${id}`;
  const scope = scopes.forNode(spec.kind, id);
  let place: Place = scopes.place(spec.kind, id) ?? {as: 'resource'};
  const remarks = scopes.remarks(spec.kind, id);
  const stack = scopes.ownerOf(spec, row)?.name;
  const inStack = isMadeByStack(place);
  const isCut = scope.isCut(spec, id);
  // Its stack makes it as it was made: nothing of ours to say, to do or to lose.
  if (inStack) for (const list of [remarks.losses, remarks.steps, remarks.notes]) list.length = 0;
  const fates = new Map<string, 'parameter'>();
  let properties: Properties = {};
  if (place.as !== 'skipped' && place.as !== 'lost' && !inStack) {
    properties = makeProperties(spec, row, place.as === 'resource', scope, fates, scopes);
    const missing = place.as === 'resource' ? missingProperty(spec, properties) : undefined;
    if (missing !== undefined)
      place = {as: 'lost', reason: `Heat requires ${missing}, which the row does not give`};
    if (place.as !== 'resource') properties = {};
  }
  const after = place.as === 'resource' ? attempt(() => spec.after?.(row as never, scope) ?? [], []) : [];
  const under = attempt(() => keyOf(spec.under?.(row as never, scope)), undefined);
  const along = attempt(() => keyOf(spec.along?.(row as never, scope)), undefined);
  const name = typeof row['name'] === 'string' ? row['name'] : '';
  // Nova calls a blank disk after the id of its server: what it is says more.
  const label =
    name !== '' && !holdsId(name) ? name : text(attempt(() => spec.label?.(row as never, scope), '')) || name;
  const ledger = inStack
    ? carriedByStack(spec, row, stack)
    : account(spec, row, place, fates, remarks, scope);
  return {
    key,
    kind: spec.kind,
    id,
    name,
    label,
    row,
    place,
    properties,
    after: after.filter(ref => ref !== undefined && !namesNothing(ref)) as readonly Ref[],
    under,
    ledger,
    along,
    steps: isCut ? [] : [...remarks.steps],
    notes: isCut ? [] : [...new Set(remarks.notes)],
    stack,
  };
}

function carriedByStack(spec: AnySpec, row: Row, stack: string | undefined): Node['ledger'] {
  return Object.keys(row)
    .sort()
    .map(field => {
      if (spec.assigned?.includes(field) === true && !isEmpty(row[field]))
        return {field, fate: 'lost', reason: "assigned anew, unless the stack's own template says it"};
      const value = row[field];
      // Proof: heat `engine/resource.py`, `physical_resource_name`.
      if (
        field === 'name' &&
        typeof value === 'string' &&
        stack !== undefined &&
        value.startsWith(`${stack}-`)
      )
        return {field, fate: 'lost', reason: 'Heat makes up a name where the template says none'};
      return {field, fate: 'exact', reason: "carried by its stack's own template"};
    });
}

/** @param check Hold the values against Heat's schema: they become a resource of that type. */
function makeProperties(
  spec: AnySpec,
  row: Row,
  check: boolean,
  scope: Scope,
  fates: Map<string, 'parameter'>,
  scopes: Scopes,
): Properties {
  const properties: Record<string, Value> = {};
  for (const {property, source, field, schema} of sourcesOf(spec)) {
    let isMisshapen = false;
    for (const read of source.reads) {
      const reason = misshapen(spec, row, read);
      if (reason === undefined) continue;
      isMisshapen = true;
      scope.lose(read, reason);
    }
    if (isMisshapen) continue;
    try {
      const tidied = tidy(source.make(row as never, scope), reason => scope.lose(field, reason));
      const value =
        tidied === undefined ? undefined : outOfStacks(tidied, scopes, reason => scope.lose(field, reason));
      if (value === undefined) continue;
      const reason = schema === undefined || !check ? undefined : misfit(schema, value);
      if (reason !== undefined) {
        scope.lose(field, `Heat refuses the value: ${property} ${reason}`);
        continue;
      }
      properties[property] = value;
      if (spec.optional?.property === property || isParameter(value, scopes)) {
        for (const read of source.reads) fates.set(read, 'parameter');
      }
    } catch (error) {
      scope.lose(field, `the value can't be read: ${messageOf(error)}`);
    }
  }
  return properties;
}

function missingProperty(spec: AnySpec, properties: Properties): string | undefined {
  // What may be there already is found by its name.
  const named = spec.optional?.property;
  if (named !== undefined && typeof properties[named] !== 'string') return named;
  return requiredOf(spec).find(property => properties[property] === undefined);
}

/** True where the value, or something in it, becomes a parameter. */
function isParameter(value: Value, scopes: Scopes): boolean {
  if (value instanceof Ask || value instanceof Given) return true;
  if (value instanceof Attr) return false;
  if (value instanceof Joined) return value.parts.some(part => isParameter(part, scopes));
  if (Array.isArray(value)) return (value as readonly Value[]).some(item => isParameter(item, scopes));
  if (isPlainObject(value)) return Object.values(value).some(item => isParameter(item, scopes));
  return someReference(value, ref => scopes.place(ref.kind, ref.id)?.as !== 'resource');
}

function keyOf(ref: Ref | undefined): string | undefined {
  return ref === undefined ? undefined : `${ref.kind}:${ref.id}`;
}

function attempt<V>(make: () => V, otherwise: V): V {
  try {
    return make();
  } catch {
    return otherwise; // Order, grouping and labels of a malformed row; its fields are accounted for anyway.
  }
}

/** A row that nothing here is made of; it is told all the same. */
function strayNode(kind: string, row: Row, reason: string): Node {
  const id = String(row['id']);
  const fields = Object.keys(row).filter(field => field !== 'id');
  return {
    ...unreadableNode(kind, id, reason),
    place: {as: 'lost', reason},
    row,
    ledger: [
      {field: 'id', fate: 'derived'},
      ...fields.sort().map(field => ({field, fate: 'lost' as const, reason})),
    ],
  };
}

function unreadableNode(kind: string, id: string, reason: string): Node {
  return {
    key: `${kind}:${id}`,
    kind,
    id,
    name: '',
    label: '',
    row: {id},
    place: {as: 'lost', reason: `the row can't be read: ${reason}`},
    properties: {},
    after: [],
    under: undefined,
    ledger: [
      {field: 'id', fate: 'derived'},
      {field: '*', fate: 'lost', reason},
    ],
    along: undefined,
    steps: [],
    notes: [],
    stack: undefined,
  };
}
