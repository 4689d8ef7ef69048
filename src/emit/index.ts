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
import {Kinds} from './kinds.ts';
import type {EmitOptions} from './model.ts';
import {reportMarkdown} from './report-markdown.ts';
import {buildReport} from './report.ts';
import {templateYaml} from './template.ts';

export {readNames} from './chosen-names.ts';

export interface Emitted {
  readonly bundle: Bundle;
  readonly report: Report;
  /** Chosen names that name nothing any more, each with its place in the file. */
  readonly warnings: readonly string[];
}

/** @param inventoryText The inventory as it is stored; it goes along in the bundle. */
export function emit(graph: Graph, inventoryText: string, options: EmitOptions = {}): Emitted {
  const cycle = findCycle(graph.nodes.keys(), graph.edges);
  if (cycle !== undefined) {
    const path = cycle.map(edge => `${edge.from} ${edge.property} -> ${edge.to}`).join(', ');
    throw new RekindleError('internal', `the resources refer to each other in a circle: ${path}`);
  }
  const kinds = new Kinds(options.specs ?? registry);
  const {built, shape, earlier, warnings} = named(graph, kinds, options);
  const report = buildReport(graph, kinds, built, shape);
  const bundle: BundleFile[] = [
    {path: 'template.yaml', text: templateYaml(built.template)},
    {path: 'environment.yaml', text: environmentYaml(built.template, earlier)},
    {path: 'secrets.yaml', text: secretsYaml(built.template, earlier)},
    ...[...built.template.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => ({path, text})),
    {path: 'deploy.sh', text: deployScript(report), executable: true},
    {path: 'report.md', text: reportMarkdown(report)},
    {path: 'report.json', text: `${JSON.stringify(report, null, 1)}\n`},
    {path: 'inventory.json', text: inventoryText},
  ];
  return {bundle, report, warnings};
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
