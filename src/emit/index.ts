/** Graph -> Bundle. Pure. */
import type {Bundle, BundleFile, Report} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import type {Graph} from '../model/graph.ts';
import {findCycle} from '../model/cycles.ts';
import {registry} from '../resources/index.ts';
import {build} from './build.ts';
import {deployScript} from './deploy-script.ts';
import {environmentYaml, secretsYaml} from './environment.ts';
import {fold} from './fold/index.ts';
import {Kinds} from './kinds.ts';
import type {EmitOptions} from './model.ts';
import {reportMarkdown} from './report-markdown.ts';
import {buildReport} from './report.ts';
import {templateYaml} from './template.ts';

export interface Emitted {
  readonly bundle: Bundle;
  readonly report: Report;
}

/** @param inventoryText The inventory as it is stored; it goes along in the bundle. */
export function emit(graph: Graph, inventoryText: string, options: EmitOptions = {}): Emitted {
  const cycle = findCycle(graph.nodes.keys(), graph.edges);
  if (cycle !== undefined) {
    const path = cycle.map(edge => `${edge.from} ${edge.property} -> ${edge.to}`).join(', ');
    throw new RekindleError('internal', `the resources refer to each other in a circle: ${path}`);
  }
  const kinds = new Kinds(options.specs ?? registry);
  const flat = build(graph, kinds, options);
  const built = options.shape?.fold === true ? fold(flat, graph, options.earlier) : flat;
  const report = buildReport(graph, kinds, built, options.shape);
  const bundle: BundleFile[] = [
    {path: 'template.yaml', text: templateYaml(built.template)},
    {path: 'environment.yaml', text: environmentYaml(built.template, options.earlier)},
    {path: 'secrets.yaml', text: secretsYaml(built.template, options.earlier)},
    ...[...built.template.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => ({path, text})),
    {path: 'deploy.sh', text: deployScript(report), executable: true},
    {path: 'report.md', text: reportMarkdown(report)},
    {path: 'report.json', text: `${JSON.stringify(report, null, 1)}\n`},
    {path: 'inventory.json', text: inventoryText},
  ];
  return {bundle, report};
}
