/** Graph -> Bundle. Pure. */
import type {Bundle, BundleFile, Report} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import type {Graph} from '../model/graph.ts';
import {findCycle} from '../model/cycles.ts';
import {registry} from '../resources/index.ts';
import {build, type Built} from './build.ts';
import {resolveNames, underNewNames, unchosen} from './chosen-names.ts';
import {deployScript} from './deploy-script.ts';
import {environmentYaml, secretsYaml} from './environment.ts';
import {fold} from './fold/index.ts';
import {Kinds} from './kinds.ts';
import type {EmitOptions} from './model.ts';
import {layeredBundle} from './layered.ts';
import {earlierOf} from './layout/earlier.ts';
import {layersOf} from './layout/index.ts';
import {reportMarkdown} from './report-markdown.ts';
import {buildReport} from './report.ts';
import {templateYaml} from './template.ts';

export {readNames} from './chosen-names.ts';
export {proposalsYaml} from './proposals.ts';

export interface Emitted {
  readonly bundle: Bundle;
  readonly report: Report;
  /** Chosen names that name nothing any more, each with its place in the file. */
  readonly warnings: readonly string[];
}

/** What is said of the graph as one template: what a bundle of it announces. No text is written. */
export function reportOf(graph: Graph, options: EmitOptions = {}): Report {
  return told(graph, options).report;
}

/** All of the bundle but the inventory that it was made from. */
export function emit(graph: Graph, options: EmitOptions = {}): Emitted {
  const {kinds, built, report, chosen, warnings} = told(graph, options);
  const {earlier} = chosen;
  let text: string | undefined;
  const write = (): string => (text ??= templateYaml(built.template));
  const layers = layersOf(built.template, write, report, chosen);
  if (layers !== undefined) {
    const made = layeredBundle({graph, kinds, built, whole: report}, layers, chosen);
    return {bundle: made.files, report: made.report, warnings};
  }
  const names = new Set(built.template.parameters.map(({name}) => name));
  // Several layers' values come together.
  const before = earlier?.layers === undefined ? earlier : earlierOf('', names, names, true, earlier);
  const bundle: BundleFile[] = [
    {path: 'template.yaml', text: write()},
    {path: 'environment.yaml', text: environmentYaml(built.template, before)},
    {path: 'secrets.yaml', text: secretsYaml(built.template, before)},
    ...[...built.template.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => ({path, text})),
    {path: 'deploy.sh', text: deployScript(report), executable: true},
    {path: 'report.md', text: reportMarkdown(report)},
    {path: 'report.json', text: `${JSON.stringify(report, null, 1)}\n`},
  ];
  return {bundle, report, warnings};
}

/** The template, and the ledger of all of it. */
interface Told {
  readonly kinds: Kinds;
  readonly built: Built;
  readonly report: Report;
  /** The options, with the choices and the earlier bundle as they came out. */
  readonly chosen: EmitOptions;
  readonly warnings: Emitted['warnings'];
}

function told(graph: Graph, options: EmitOptions): Told {
  const cycle = findCycle(graph.nodes.keys(), graph.edges);
  if (cycle !== undefined) {
    const path = cycle.map(edge => `${edge.from} ${edge.property} -> ${edge.to}`).join(', ');
    throw new RekindleError('internal', `the resources refer to each other in a circle: ${path}`);
  }
  const kinds = new Kinds(options.specs ?? registry);
  const {built: flat, shape, earlier, warnings} = named(graph, kinds, options);
  const built = shape?.fold === true ? fold(flat, graph, earlier) : flat;
  const report = buildReport(graph, kinds, built, shape);
  return {kinds, built, report, chosen: {...options, shape, earlier}, warnings};
}

interface Named extends Pick<EmitOptions, 'shape' | 'earlier'> {
  readonly built: Built;
  readonly warnings: Emitted['warnings'];
}

/** Twice, where somebody chose names: what they are of is known by the names that things have without. */
function named(graph: Graph, kinds: Kinds, options: EmitOptions): Named {
  const {shape, earlier} = options;
  const before = {...options, earlier: unchosen(earlier)};
  const plain = build(graph, kinds, before);
  if (shape?.names === undefined)
    return {built: plain, shape, earlier: underNewNames(earlier, plain, plain), warnings: []};
  const {chosen, choice, warnings} = resolveNames(shape.names, graph, plain);
  const built = build(graph, kinds, before, chosen);
  return {built, shape: {...shape, names: choice}, earlier: underNewNames(earlier, plain, built), warnings};
}
