/** Two graphs, compared thing by thing and field by field; how a template was made plays no part in it. */
import type {AnySpec} from '../model/define.ts';
import type {Graph} from '../model/graph.ts';
import {isAbsence} from '../model/inventory.ts';
import {isSameJson} from '../model/json.ts';
import {registry} from '../resources/index.ts';
import {Notices} from './announced.ts';
import {changesOf, type Naming} from './fields.ts';
import {copiesOf, matchThings} from './match.ts';
import {outsideOf, type Outside} from './outside.ts';
import {shown} from './show.ts';
import {isList, pathText, pointerText, type Pointer} from './tree.ts';
import {
  Named,
  type Announced,
  type Blind,
  type CompareOptions,
  type Comparison,
  type Difference,
  type Side,
} from './types.ts';
import {ownerOf, projectKey, userKey, viewOf, type Thing, type View} from './view.ts';

export function compareGraphs(source: Side, clone: Side, options: CompareOptions = {}): Comparison {
  const specs = new Map((options.specs ?? registry).map(spec => [spec.kind, spec]));
  const {absent = new Map<string, string>(), scope = 'all'} = options;
  const sameProject =
    options.sameProject ??
    (options.seeds === undefined && scope === 'all' && source.graph.project.id === clone.graph.project.id);
  const unmade = unmadeOf(source.graph, specs, absent);
  const [from, to] = [viewOf(source, specs, unmade, options.prefixed), viewOf(clone, specs)];
  const notices = new Notices(options.announced);
  const outside = outsideOf(from, to, options.externals ?? new Map());
  const {pairs} = matchThings(from, to, {
    outside,
    seeds: options.seeds ?? (sameProject ? sameKeys(source.graph, clone.graph) : undefined),
    sameProject,
    scope,
    unsure: notices.unsure,
  });
  const resources = new Map(options.announced?.resources?.map(({kind, id, name}) => [`${kind}:${id}`, name]));
  const naming = {...namingOf(from, to, pairs, outside), sameIds: sameProject};

  /** What the API says in the same words has not drifted, whatever became of the things around it. */
  const isUntouched = (a: Thing, b: Thing, field: string): boolean =>
    sameProject && Object.hasOwn(a.node.row, field) && isSameJson(a.node.row[field], b.node.row[field]);

  /** A release may be older than the field, or a server where nobody asked for it. */
  const isUntold = (a: Thing, b: Thing, field: string): boolean => {
    const untold = specs.get(a.node.kind)?.untold ?? {};
    // What both times of one project tell has drifted, whoever is to blame; names of fields may be a prototype's.
    const isTold = sameProject && [a, b].every(({node}) => Object.hasOwn(node.row, field));
    if (isTold || !Object.hasOwn(untold, field)) return false;
    return [a, b].some(({node}) => untold[field]?.(node.row as never) === true);
  };

  const differences: Difference[] = [];
  let fields = 0;
  let unequal = 0;
  for (const [sourceKey, cloneKey] of pairs) {
    const [a, b] = [from.things.get(sourceKey), to.things.get(cloneKey)];
    if (a === undefined || b === undefined) continue;
    for (const field of new Set([...a.fields.keys(), ...b.fields.keys()])) {
      if (isUntold(a, b, field)) continue;
      fields++;
      const [left, right] = [a.fields.get(field), b.fields.get(field)];
      const found = changesOf(field, left, right, a.unordered.has(field), naming);
      const changes = found.length > 0 && isUntouched(a, b, field) ? [] : found;
      if (changes.length > 0) unequal++;
      for (const change of changes) {
        const property = propertyOf(a, field);
        const announced =
          notices.ofField(sourceKey, change.path, isList(left) || isList(right)) ??
          notices.ofPart(a.node, a.owner === undefined ? undefined : source.graph.nodes.get(a.owner));
        differences.push({
          ...whatOf('changed', a, resources),
          cloneId: b.node.id,
          field: pathText(change.path),
          ...(property === undefined ? {} : {property}),
          source: shown(change.source, change.path, pointer => namedIn(from, pointer)),
          clone: shown(change.clone, change.path, pointer => namedIn(to, pointer)),
          ...(announced === undefined ? {} : {announced}),
        });
      }
    }
  }

  const sourceOf = new Map([...pairs].map(([one, other]) => [other, one]));
  const unread = {
    source: unreadOf(source.graph, specs, sameProject, key => sourceOf.get(key)),
    clone: unreadOf(clone.graph, specs, sameProject, key => pairs.get(key)),
  };
  const missing = unmatched(from, new Set(pairs.keys()), 'all').filter(
    ({thing}) => !unread.clone.hides(thing),
  );
  for (const {thing, parts} of missing) {
    const owner = thing.owner === undefined ? undefined : source.graph.nodes.get(thing.owner);
    const announced = notices.ofMissing(thing.node, owner);
    differences.push({
      ...whatOf('missing', thing, resources),
      field: '*',
      ...(parts === 0 ? {} : {parts}),
      ...(announced === undefined ? {} : {announced}),
    });
  }
  const notMade = [...absent].flatMap(([key, reason]) => {
    const node = unmade.get(key) === key ? source.graph.nodes.get(key) : undefined;
    return node === undefined ? [] : [{key, reason, node}];
  });
  for (const {key, reason, node} of notMade) {
    const {kind, id, label} = node;
    const parts = [...unmade.values()].filter(whole => whole === key).length - 1;
    const {heat} = specs.get(kind) ?? {};
    const resource = resources.get(key);
    differences.push({
      what: 'missing',
      kind,
      ...(typeof heat === 'string' ? {type: heat} : {}),
      sourceId: id,
      label,
      ...(resource === undefined ? {} : {resource}),
      field: '*',
      ...(parts === 0 ? {} : {parts}),
      announced: {fate: 'lost', reason},
    });
  }
  const extra = unmatched(to, new Set(pairs.values()), copiesOf(from, to, scope)).filter(
    ({thing}) => !unread.source.hides(thing),
  );
  for (const {thing, parts} of extra) {
    const [owner, ownerOfSource] =
      thing.owner === undefined ? [] : [clone.graph.nodes.get(thing.owner), sourceOf.get(thing.owner)];
    const announced = notices.ofExtra(thing.node, owner, ownerOfSource);
    differences.push({
      ...whatOf('extra', thing, resources),
      field: '*',
      ...(parts === 0 ? {} : {parts}),
      ...(announced === undefined ? {} : {announced}),
    });
  }

  sortDifferences(differences, [...specs.keys()]);
  const announced = differences.filter(difference => difference.announced !== undefined).length;
  return {
    same: differences.length === announced,
    counts: {
      matched: pairs.size,
      missing: missing.length + notMade.length,
      extra: extra.length,
      fields,
      equal: fields - unequal,
      announced,
      unannounced: differences.length - announced,
      ignored: 0,
    },
    differences,
    ignored: [],
    unused: [],
    blind: [
      ...blindOf(source.graph, 'source', unread.source.hidden),
      ...blindOf(clone.graph, 'clone', unread.clone.hidden),
    ],
    pairs,
  };
}

/** What the deployment was told not to make, each with its parts: key to the key of the whole. */
function unmadeOf(
  graph: Graph,
  specs: ReadonlyMap<string, AnySpec>,
  absent: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const wholes = new Map<string, string>();
  for (const key of absent.keys()) if (graph.nodes.has(key)) wholes.set(key, key);
  for (let before = 0; before < wholes.size;) {
    before = wholes.size;
    for (const node of graph.nodes.values()) {
      const whole = wholes.get(ownerOf(node, specs.get(node.kind)) ?? '');
      if (whole !== undefined && !wholes.has(node.key)) wholes.set(node.key, whole);
    }
  }
  return wholes;
}

/** What the graph itself says can't be kept, for comparing where there is no report. */
export function announcedBy(graph: Graph): Announced {
  const losses: {kind: string; id: string; field: string; reason: string}[] = [];
  const steps: {kind: string; id: string; fields: readonly string[]; title: string}[] = [];
  for (const {kind, id, place, ledger, steps: own} of graph.nodes.values()) {
    if (place.as === 'skipped') continue;
    if (place.as === 'lost') losses.push({kind, id, field: '*', reason: place.reason});
    for (const {field, fate, reason} of ledger)
      if (fate === 'lost') losses.push({kind, id, field, reason: reason ?? 'lost'});
    for (const {fields, title} of own) steps.push({kind, id, fields, title});
  }
  return {losses, steps};
}

/** The same project twice: things that kept their id are the same things. */
function sameKeys(source: Graph, clone: Graph): ReadonlyMap<string, string> {
  return new Map([...source.nodes.keys()].filter(key => clone.nodes.has(key)).map(key => [key, key]));
}

function namingOf(from: View, to: View, pairs: ReadonlyMap<string, string>, outside: Outside): Naming {
  const paired = new Map([...pairs].map(([source, clone]) => [clone, source]));
  const common = new Set([projectKey, userKey]);
  return {
    source: ({key, text}) => {
      if (key === '') return pointerText(`id ${text}`);
      if (common.has(key) || pairs.has(key)) return pointerText(key);
      return pointerText(from.things.has(key) ? `missing ${key}` : `outside ${outside.source(key)}`);
    },
    clone: ({key, text}) => {
      if (key === '') return pointerText(`id ${text}`);
      if (common.has(key)) return pointerText(key);
      const source = paired.get(key);
      if (source !== undefined) return pointerText(source);
      const place = outside.clone(key);
      return pointerText(to.things.has(key) && !outside.isMeant(key) ? `extra ${key}` : `outside ${place}`);
    },
  };
}

function namedIn({graph, things, outsiders}: View, {key, text}: Pointer): Named | undefined {
  if (key === projectKey) return new Named('project', graph.project.name, text);
  if (key === userKey) return new Named('user', text, text);
  const node = things.get(key)?.node;
  if (node !== undefined) return new Named(node.kind, node.label, node.id);
  const outsider = outsiders.get(key);
  return outsider === undefined
    ? undefined
    : new Named(outsider.kind, outsider.name || outsider.id, outsider.id);
}

function whatOf(
  what: Difference['what'],
  {node, spec}: Thing,
  resources: ReadonlyMap<string, string>,
): Omit<Difference, 'field'> {
  const resource = what === 'extra' ? undefined : resources.get(node.key);
  return {
    what,
    kind: node.kind,
    ...(typeof spec?.heat === 'string' ? {type: spec.heat} : {}),
    ...(what === 'extra' ? {cloneId: node.id} : {sourceId: node.id}),
    label: node.label,
    ...(resource === undefined ? {} : {resource}),
  };
}

/** The property of the same name, or the first that reads the field. */
function propertyOf({spec}: Thing, field: string): string | undefined {
  const reading = Object.entries(spec?.properties ?? {}).filter(([, source]) => source.reads.includes(field));
  return (reading.find(([property]) => property === field) ?? reading[0])?.[0];
}

/** Things without a partner; parts of one that has none either are counted with it. */
function unmatched(
  view: View,
  matched: ReadonlySet<string>,
  within: 'all' | ReadonlySet<string>,
): readonly {readonly thing: Thing; readonly parts: number}[] {
  const alone = [...view.things.values()].filter(
    ({node}) => !matched.has(node.key) && (within === 'all' || within.has(node.key)),
  );
  const keys = new Set(alone.map(({node}) => node.key));
  const parts = new Map<string, number>();
  const whole = alone.filter(({owner}) => {
    if (owner === undefined || !keys.has(owner)) return true;
    parts.set(owner, (parts.get(owner) ?? 0) + 1);
    return false;
  });
  return whole.map(thing => ({thing, parts: parts.get(thing.node.key) ?? 0}));
}

/** What one side could not read, so that nobody can say that it isn't there. */
interface Unread {
  /** Whether the other side's thing may be there unseen. */
  readonly hides: (thing: Thing) => boolean;
  /** Kinds for which that was said. */
  readonly hidden: ReadonlySet<string>;
}

/**
 * A service that isn't in the catalog has nothing of another project; of the same project it had what the other side shows.
 * @param partnerOf Key of this side for one of the other.
 */
function unreadOf(
  graph: Graph,
  specs: ReadonlyMap<string, AnySpec>,
  sameProject: boolean,
  partnerOf: (key: string) => string | undefined,
): Unread {
  const kinds = new Set<string>();
  const parents = new Map<string, Set<string>>();
  for (const gap of graph.gaps) {
    if (gap.reason === 'vanished' || (isAbsence(gap) && !sameProject)) continue;
    if (gap.parent === undefined) kinds.add(gap.kind);
    else parents.set(gap.kind, (parents.get(gap.kind) ?? new Set()).add(gap.parent));
  }
  const hidden = new Set<string>();
  const hides = ({node, owner}: Thing): boolean => {
    const read = specs.get(node.kind)?.parts?.of.kind ?? node.kind;
    const under = [owner, node.under].flatMap(key => (key === undefined ? [] : [partnerOf(key)]));
    const isUnread =
      kinds.has(read) ||
      under.some(key => key !== undefined && parents.get(read)?.has(key.slice(key.indexOf(':') + 1)));
    if (isUnread) hidden.add(read);
    return isUnread;
  };
  return {hides, hidden};
}

function* blindOf(graph: Graph, side: Blind['side'], hidden: ReadonlySet<string>): Generator<Blind> {
  for (const gap of graph.gaps) if (!isAbsence(gap) || hidden.has(gap.kind)) yield {...gap, side};
}

function sortDifferences(differences: Difference[], kinds: readonly string[]): void {
  const rank = new Map(kinds.map((kind, index) => [kind, index]));
  const keyOf = ({kind, label, sourceId, cloneId, field}: Difference): readonly (string | number)[] => [
    rank.get(kind) ?? rank.size,
    kind,
    label,
    sourceId ?? '',
    cloneId ?? '',
    field,
  ];
  const keyed = differences.map(difference => ({difference, key: keyOf(difference)}));
  keyed.sort((a, b) => {
    const at = a.key.findIndex((part, index) => part !== b.key[index]);
    return at < 0 ? 0 : (a.key[at] as string) < (b.key[at] as string) ? -1 : 1;
  });
  for (const [index, {difference}] of keyed.entries()) differences[index] = difference;
}
