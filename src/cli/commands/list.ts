import type {Graph, Node} from '../../model/graph.ts';
import type {Report} from '../../model/bundle.ts';
import {makeCommand} from '../command.ts';
import {exit} from '../exit.ts';
import {rowFormats, rowsText, type Listing} from '../format/formats.ts';
import {rowOptions, withRows} from '../format/options.ts';
import {flag} from '../option-kinds.ts';
import {readSource, sourceHelp} from '../sources.ts';
import {warnOfGaps} from '../gaps.ts';

export const list = makeCommand({
  usage: 'list <source>',
  aliases: ['ls'],
  summary: 'Show what is in a project, an inventory or a bundle',
  examples: [
    'rekindle list cloud:source             how many of what',
    'rekindle list out --long               every thing, and what becomes of it',
    'rekindle list out --long -f csv -c kind -c name',
  ],
  options: cli =>
    withRows(
      cli
        .positional('source', {type: 'string', demandOption: true, describe: sourceHelp})
        .option('long', flag('A row for each thing instead of each kind')),
      rowFormats,
    ),
  async run(args, context) {
    const [pipeline, {isPartial}] = await Promise.all([
      import('../../pipeline.ts'),
      import('../../model/inventory.ts'),
    ]);
    const inventory = await readSource(args.source, context);
    warnOfGaps(inventory, context.log);
    const {graph, report} = pipeline.render(inventory);
    const listing = args.long === true ? thingsOf(graph, report) : kindsOf(report);
    context.print(await rowsText(listing, rowOptions(args, context)));
    return isPartial(inventory) ? exit.partial : exit.done;
  },
});

/** Keys are part of the interface. */
function kindsOf({counts}: Report): Listing {
  return {
    columns: [
      {key: 'kind', title: 'Kind'},
      {key: 'rows', title: 'Found'},
      {key: 'resources', title: 'Resources'},
      {key: 'parts', title: 'In others'},
      {key: 'steps', title: 'By steps'},
      {key: 'lost', title: 'Lost'},
      {key: 'skipped', title: 'Not ours'},
    ],
    rows: Object.entries(counts.kinds).map(([kind, n]) => Object.assign({kind}, n)),
  };
}

const places: Readonly<Record<Node['place']['as'], string>> = {
  resource: 'resource',
  part: 'in another',
  existing: "the target's own",
  step: 'by a step',
  lost: 'lost',
  skipped: 'not ours',
};

function thingsOf(graph: Graph, report: Report): Listing {
  const names = new Map(report.resources.map(({kind, id, name}) => [`${kind}:${id}`, name]));
  return {
    columns: [
      {key: 'kind', title: 'Kind'},
      {key: 'name', title: 'Name'},
      {key: 'id', title: 'ID'},
      {key: 'becomes', title: 'Becomes'},
      {key: 'resource', title: 'Resource'},
      {key: 'stack', title: 'Stack'},
    ],
    rows: [...graph.nodes.values()].map(node => ({
      kind: node.kind,
      name: node.label,
      id: node.id,
      becomes: places[node.place.as],
      resource: names.get(node.key),
      stack: node.stack,
    })),
  };
}
