/** Layers -> the files of a bundle that is several: each layer a folder, the ledger and the inventory once at the top. */
import type {BundleFile, Report} from '../model/bundle.ts';
import type {Graph, Node} from '../model/graph.ts';
import {topOf} from '../model/path.ts';
import type {Built} from './build.ts';
import {deployScript, stackNameOf} from './deploy-script.ts';
import {environmentYaml, secretsYaml} from './environment.ts';
import type {Kinds} from './kinds.ts';
import {earlierOf} from './layout/earlier.ts';
import {type Layer, reportLayers} from './layout/index.ts';
import {layeredScript} from './layered-script.ts';
import type {EmitOptions} from './model.ts';
import {reportMarkdown} from './report-markdown.ts';
import {buildReport} from './report.ts';

/**
 * @param whole The report of all of it as one template.
 * @returns the files but the inventory, and the report with its layers
 */
export function layeredBundle(
  {graph, kinds, built, whole}: {graph: Graph; kinds: Kinds; built: Built; whole: Report},
  layers: readonly Layer[],
  {shape, earlier}: EmitOptions,
): {readonly files: readonly BundleFile[]; readonly report: Report} {
  const layerOf = new Map(
    layers.flatMap(({name, members}) => members.map(member => [member, name] as const)),
  );
  const report: Report = {
    ...whole,
    resources: whole.resources.map(resource => {
      const layer = layerOf.get(topOf(resource.name));
      return layer === undefined ? resource : {...resource, layer};
    }),
    layers: reportLayers(layers),
  };
  const nodes = nodesOf(graph, built, layers, layerOf);
  const namesIn = namesByLayer(built, layerOf);
  const everywhere = new Set(layers.flatMap(({own}) => own.map(({name}) => name)));
  const files = layers.flatMap((layer, index): readonly BundleFile[] => {
    const {name, template, own, text, steps, members} = layer;
    const held = new Set(members);
    const names = namesIn.get(name) ?? new Map<string, string>();
    const mine = {...template, parameters: own};
    // What is in a group goes where the group goes.
    const {
      steps: _steps,
      unfolded: _unfolded,
      folds,
      ...rest
    } = buildReport(
      {...graph, nodes: nodes.get(name) ?? new Map<string, Node>()},
      kinds,
      {...built, template: mine, names},
      shape,
    );
    const here = folds?.filter(group => held.has(group.name));
    const ours: Report = {...rest, ...(here === undefined ? {} : {folds: here}), steps};
    const before = earlierOf(name, new Set(own.map(one => one.name)), everywhere, index === 0, earlier);
    return [
      {path: 'template.yaml', text},
      {path: 'environment.yaml', text: environmentYaml(mine, before)},
      {path: 'secrets.yaml', text: secretsYaml(mine, before)},
      ...[...template.files].map(([path, content]) => ({path, text: content})),
      {path: 'deploy.sh', text: deployScript(ours, {layer: name}), executable: true as const},
      {path: 'report.json', text: `${JSON.stringify(ours, null, 1)}\n`},
    ].map(file => Object.assign(file, {path: `${name}/${file.path}`}));
  });
  return {
    report,
    files: [
      ...files,
      {path: 'deploy.sh', text: layeredScript(report, stackNameOf(report.project), layers), executable: true},
      {path: 'report.md', text: reportMarkdown(report)},
      {path: 'report.json', text: `${JSON.stringify(report, null, 1)}\n`},
    ],
  };
}

/** Logical names by node key, of each layer. */
function namesByLayer(
  {names}: Built,
  layerOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [key, logical] of names) {
    const layer = layerOf.get(topOf(logical));
    if (layer === undefined) continue;
    const known = found.get(layer);
    if (known === undefined) found.set(layer, new Map([[key, logical]]));
    else known.set(key, logical);
  }
  return found;
}

/** Every row in one layer's ledger: with its resource, with the one it is said in, with its steps, else in the first. */
function nodesOf(
  graph: Graph,
  {names}: Built,
  layers: readonly Layer[],
  layerOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlyMap<string, Node>> {
  const [first] = layers;
  const ofSteps = new Map<string, string>(
    layers.flatMap(({name, steps}) => steps.map(({kind, id}) => [`${kind}:${id}`, name] as const)),
  );
  const homes = new Map<string, Map<string, Node>>(layers.map(({name}) => [name, new Map<string, Node>()]));
  for (const [key, node] of graph.nodes) {
    let top: Node | undefined = node;
    for (let depth = 0; depth < 10 && top?.place.as === 'part'; depth++)
      top = graph.nodes.get(`${top.place.of.kind}:${top.place.of.id}`);
    const home = layerOf.get(topOf(names.get(top?.key ?? '') ?? '')) ?? ofSteps.get(key) ?? first?.name ?? '';
    homes.get(home)?.set(key, node);
  }
  return homes;
}
