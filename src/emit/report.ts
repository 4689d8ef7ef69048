/** Graph and template -> the fidelity ledger, for machines (report.json). */
import type {
  Report,
  ReportAddress,
  ReportLoss,
  ReportResource,
  ReportStep,
  StepWord,
  WordPart,
} from '../model/bundle.ts';
import type {Fate, Graph, Node, Step, Word} from '../model/graph.ts';
import {plainText} from '../model/json.ts';
import type {Shape} from '../model/shape.ts';
import {Given, Joined, OwnProject} from '../model/value.ts';
import type {Built} from './build.ts';
import type {Folded} from './fold/index.ts';
import {joinParts} from './join.ts';
import type {Kinds} from './kinds.ts';
import {likelySecretsOf} from './likely-secrets.ts';
import type {TemplateParameter} from './model.ts';

type KindCounts = {
  rows: number;
  resources: number;
  parts: number;
  steps: number;
  lost: number;
  skipped: number;
};

export function buildReport(graph: Graph, kindsOf: Kinds, built: Built | Folded, shape: Shape = {}): Report {
  const fields: Record<Fate, number> = {exact: 0, derived: 0, parameter: 0, step: 0, lost: 0};
  // Kinds of a stranger's inventory may be called as a prototype's properties.
  const kinds = new Map<string, KindCounts>();
  const losses: ReportLoss[] = [];
  const skipped: ReportLoss[] = [];
  const steps: ReportStep[] = [];
  const addresses: ReportAddress[] = [];
  for (const node of graph.nodes.values()) {
    const counts = kinds.get(node.kind) ?? {rows: 0, resources: 0, parts: 0, steps: 0, lost: 0, skipped: 0};
    count(counts, node);
    kinds.set(node.kind, counts);
    const about = {kind: node.kind, id: node.id, label: node.label, ...logical(node, built)};
    if (node.place.as === 'skipped') {
      skipped.push({...about, field: '*', reason: node.place.reason});
      continue;
    }
    for (const {field, fate} of node.ledger)
      fields[fate === 'parameter' && built.isFrozen(node, field) ? 'exact' : fate] += 1;
    if (node.place.as === 'lost') losses.push({...about, field: '*', reason: node.place.reason});
    else
      for (const {field, fate, reason} of node.ledger)
        if (fate === 'lost') losses.push({...about, field, reason: reason ?? ''});
    for (const note of node.addresses ?? []) addresses.push({...about, ...note});
    for (const step of node.steps) steps.push(reportStep(step, node, built));
  }
  const exposed = likelySecretsOf(graph.nodes.values(), built.names);
  return {
    format: 'rekindle-report',
    version: 1,
    project: graph.project.name,
    ...(Object.keys(shape).length === 0 ? {} : {shape}),
    counts: {
      resources: built.names.size,
      parameters: built.template.parameters.length,
      fields,
      kinds: Object.fromEntries(kinds),
    },
    resources: inTemplateOrder(built).map(([key, name]) =>
      reportResource(name, graph.nodes.get(key), kindsOf, built),
    ),
    parameters: built.template.parameters.map(
      ({name, role, kind, type, constraint, source, value, hidden, pair, needs, sets}) => ({
        name,
        role,
        kind,
        ...(isPlainType(type, role) ? {} : {type}),
        ...(constraint === undefined ? {} : {constraint}),
        ...(source === undefined ? {} : {source}),
        // The report is no place for a secret.
        value: hidden === true ? '' : value,
        ...(sets === undefined ? {} : {sets}),
        ...(pair === undefined ? {} : {pair}),
        ...(needs === undefined ? {} : {needs}),
      }),
    ),
    steps: steps.sort((a, b) => (a.when === b.when ? 0 : a.when === 'before' ? -1 : 1)),
    losses,
    skipped,
    ...(addresses.length === 0 ? {} : {addresses}),
    gaps: graph.gaps,
    ...(exposed.length === 0 ? {} : {likelySecrets: exposed}),
    ...('folds' in built ? {folds: built.folds, unfolded: built.unfolded} : {}),
  };
}

/** Node keys and names. */
function inTemplateOrder({names, template}: Built | Folded): readonly (readonly [string, string])[] {
  const ranks = new Map(template.resources.map(({name}, rank) => [name, rank]));
  // What is in a group stands where the group does.
  const rankOf = (name: string): number => ranks.get(name) ?? ranks.get(name.split('.')[0] ?? '') ?? 0;
  return [...names].sort(([, a], [, b]) => rankOf(a) - rankOf(b));
}

/** Roles other than these say by themselves what they hold. */
function isPlainType(
  type: TemplateParameter['type'],
  role: TemplateParameter['role'],
): type is 'string' | 'boolean' {
  return type === 'string' || type === 'boolean' || (role !== 'given' && role !== 'outside');
}

function reportResource(
  name: string,
  node: Node | undefined,
  kinds: Kinds,
  built: Built | Folded,
): ReportResource {
  if (node === undefined) throw new Error(`nothing is behind the resource ${name}`);
  const {kind, id, label, stack} = node;
  const condition = built.conditionOf(node.key);
  const flat = 'folds' in built ? built.flatNames.get(node.key) : undefined;
  return {
    name,
    ...(flat === undefined || flat === name ? {} : {flat}),
    type: kinds.specOf(kind)?.heat ?? '',
    kind,
    id,
    label,
    ...(condition === undefined ? {} : {condition}),
    ...(stack === undefined ? {} : {stack}),
  };
}

function logical(node: Node, built: Built): {resource?: string} {
  const name = built.names.get(node.key);
  return name === undefined ? {} : {resource: name};
}

function count(counts: KindCounts, node: Node): void {
  counts.rows += 1;
  if (node.place.as === 'resource') counts.resources += 1;
  else if (node.place.as === 'part' || node.place.as === 'existing') counts.parts += 1;
  else if (node.place.as === 'step') counts.steps += 1;
  else if (node.place.as === 'lost') counts.lost += 1;
  else counts.skipped += 1;
}

function reportStep(step: Step, node: Node, built: Built): ReportStep {
  const partOf = (part: Joined['parts'][number]): WordPart => {
    if (typeof part === 'string') return part;
    if (part instanceof OwnProject) return {parameter: part.parameter};
    if (part instanceof Given) {
      const given = built.givenOf(part.key);
      return given === undefined ? plainText(part.value) : {parameter: given};
    }
    const key = `${part.kind}:${part.id}`;
    const resource = built.names.get(key);
    if (resource !== undefined) return {resource};
    const parameter = built.parameterOf(key);
    return parameter === undefined ? (built.literalOf(key) ?? part.id) : {parameter};
  };
  const stepWord = (said: Word): StepWord =>
    said instanceof Joined ? joinParts(said.parts.map(partOf), items => ({joined: items})) : partOf(said);
  return {
    when: step.when,
    title: step.title,
    kind: node.kind,
    id: node.id,
    label: node.label,
    fields: step.fields,
    command: step.command.map(stepWord),
    ...(step.of === undefined ? {} : {of: step.of.map(stepWord)}),
  };
}
