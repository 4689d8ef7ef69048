import type {Graph, Node} from '../../model/graph.ts';
import type {Report} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import type {TreeForm} from '../../picture/index.ts';
import {makeCommand, type Context} from '../command.ts';
import {exit} from '../exit.ts';
import {dataText, rowFormats, rowsText, type Listing} from '../format/formats.ts';
import {rowOptions, withRows, type RowArgs} from '../format/options.ts';
import {flag, text} from '../option-kinds.ts';
import {readSource, sourceHelp} from '../sources.ts';
import {warnOfGaps} from '../gaps.ts';
import {explanationListing} from '../explanation-out.ts';
import {onlySelection, selectionOf, withSelection, withSelectFile} from '../select-options.ts';
import {isUnicode} from '../terminal.ts';
import type {Explained} from '../../shape/index.ts';

const treeForms = ['kind', 'network'] as const satisfies readonly TreeForm[];

export const list = makeCommand({
  examples: [
    'rekindle list cloud:source             how many of what',
    'rekindle list out --long               every thing, and what becomes of it',
    'rekindle list out --long -f csv -c kind -c name',
    'rekindle list out --tree               every thing under its kind',
    'rekindle list out --tree network       networks, and what stands on them',
    "rekindle list out --select 'server:web-*' --explain   what would be in, and why",
  ],
  options: cli =>
    withRows(
      withSelection(
        cli
          .positional('source', {type: 'string', demandOption: true, describe: sourceHelp})
          .option('long', flag('A row for each thing instead of each kind'))
          .option('tree', {
            ...text('Every thing, under its kind (default), or under its network'),
            choices: treeForms,
          }),
      ),
      rowFormats,
    ),
  async run(given, context) {
    const args = await withSelectFile(given, context);
    checkTree(args);
    const [pipeline, {isPartial}] = await Promise.all([
      import('../../pipeline/snapshot.ts'),
      import('../../model/inventory.ts'),
    ]);
    const inventory = await readSource(args.source, context);
    warnOfGaps(inventory, context.log);
    const shape = await selectionOf(args, await onlySelection(args));
    const {graph, report, explained} = pipeline.accountOf(inventory, {shape});
    if (args.tree !== undefined) {
      const isAll = Object.keys(shape).length === 0;
      context.print(
        await treeOutput(graph, isAll ? undefined : explained(), {...args, tree: args.tree}, context),
      );
      return isPartial(inventory) ? exit.partial : exit.done;
    }
    const listing = (): Listing => {
      if (args.explain === true) return explanationListing(explained(), true);
      const all = Object.keys(shape).length === 0;
      if (args.long === true)
        return thingsOf(all ? [...graph.nodes.values()] : selected(graph, explained()), report);
      return all ? kindsOf(report) : selectedKinds(explained());
    };
    context.print(await rowsText(listing(), rowOptions(args, context)));
    return isPartial(inventory) ? exit.partial : exit.done;
  },
});

interface TreeArgs extends Pick<RowArgs, 'format' | 'column' | 'sort-column'> {
  readonly tree?: TreeForm | undefined;
  readonly long?: boolean | undefined;
  readonly explain?: boolean | undefined;
}

/** @throws RekindleError 'usage' for what a tree can't be told in */
function checkTree({tree, long, explain, format, column, 'sort-column': sort}: TreeArgs): void {
  if (tree === undefined) return;
  const rows = [
    ...(long === true ? ['--long'] : []),
    ...(explain === true ? ['--explain'] : []),
    ...(column === undefined ? [] : ['--column']),
    ...(sort === undefined ? [] : ['--sort-column']),
    ...(['table', 'json', 'yaml'].includes(format) ? [] : [`--format ${format}`]),
  ];
  if (rows.length > 0)
    throw new RekindleError('usage', `--tree has no rows, as ${rows.join(' and ')} would need`, {
      hint: 'a tree is text, or with -f json or yaml its data; --long has a row for each thing',
    });
}

/** @param explained Where something was chosen: of that, only what is in. Keys of the data are part of the interface. */
async function treeOutput(
  graph: Graph,
  explained: readonly Explained[] | undefined,
  {tree, format}: TreeArgs & {readonly tree: TreeForm},
  {world, paint}: Context,
): Promise<string> {
  const [{treeOf}, {treeText}] = await Promise.all([
    import('../../picture/index.ts'),
    import('../tree-out.ts'),
  ]);
  const inside = explained && new Set(selected(graph, explained).map(({key}) => key));
  const items = treeOf(graph, tree, inside && (({key}) => inside.has(key)));
  if (format === 'json' || format === 'yaml')
    return dataText({project: graph.project.name, by: tree, tree: items}, format);
  return treeText(items, {unicode: isUnicode(world), paint: paint.out});
}

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

function selected(graph: Graph, explained: readonly Explained[]): readonly Node[] {
  const inside = new Set(explained.filter(({is}) => is === 'in').map(({kind, id}) => `${kind}:${id}`));
  return [...graph.nodes.values()].filter(({key}) => inside.has(key));
}

function selectedKinds(explained: readonly Explained[]): Listing {
  const kinds = new Map<string, Record<Explained['is'], number>>();
  for (const {kind, is} of explained) {
    const counts = kinds.get(kind) ?? {in: 0, parameter: 0, out: 0};
    kinds.set(kind, {...counts, [is]: counts[is] + 1});
  }
  return {
    columns: [
      {key: 'kind', title: 'Kind'},
      {key: 'in', title: 'In'},
      {key: 'parameter', title: 'By parameter'},
      {key: 'out', title: 'Out'},
    ],
    rows: [...kinds].map(([kind, counts]) => Object.assign({kind}, counts)),
  };
}

function thingsOf(nodes: readonly Node[], report: Report): Listing {
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
    rows: nodes.map(node => ({
      kind: node.kind,
      name: node.label,
      id: node.id,
      becomes: places[node.place.as],
      resource: names.get(node.key),
      stack: node.stack,
    })),
  };
}
