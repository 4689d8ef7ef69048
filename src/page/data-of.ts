/** Graph, ledger and templates -> what the page holds. Pure. */
import type {Report} from '../model/bundle.ts';
import type {Graph, LedgerEntry, Node} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import {topOf} from '../model/path.ts';
import {standingOf} from '../picture/index.ts';
import {kinds, neededBy} from '../shape/index.ts';
import type {Compared} from './compared.ts';
import type {PageData, PageLines, PageThing} from './data.ts';
import {resourceLines} from './lines.ts';

/** A browser shows no more in time; nobody would look for one thing among them. */
export const mostThings = 5000;

/** Characters of all rows, and of all templates. */
const mostText = 8 * 1024 * 1024;

export interface PageSource {
  readonly graph: Graph;
  readonly report: Report;
  /** Templates by path: one, or one for each layer. */
  readonly templates: readonly {readonly path: string; readonly text: string}[];
  readonly compared?: Compared | undefined;
}

export function pageData({graph, report, templates, compared}: PageSource): PageData {
  const nodes = [...graph.nodes.values()];
  const head = {
    format: 'rekindle-page',
    version: 1,
    project: graph.project.name,
    ...(compared === undefined ? {} : {compared: {before: compared.before, after: compared.after}}),
    kinds,
  } as const;
  if (nodes.length > mostThings) {
    const omitted = `The project has ${nodes.length} things, more than the ${mostThings} that a page can hold: draw a part of it with rekindle graph SOURCE --format html --select EXPRESSION, or choose in a terminal with rekindle select SOURCE.`;
    return {...head, things: [], entries: [], edges: [], texts: [], omitted};
  }
  const left: string[] = [];
  const texts = sizeOf(templates.map(({text}) => text)) <= mostText ? templates : [];
  if (texts.length < templates.length) left.push('the templates');
  const hasRows = sizeOf(nodes.map(({row}) => JSON.stringify(row))) <= mostText;
  if (!hasRows) left.push('the rows of the API');
  const placeOf = placesOf(report, texts);
  const index = new Map(nodes.map(({key}, at) => [key, at]));
  const entries = new Entries();
  const things = nodes.map(node =>
    thingOf(node, {hasRows, compared, ledger: entries.indicesOf(node.ledger), ...placeOf(node)}),
  );
  const edges = graph.edges.flatMap(({from, to, property}) => {
    const ends = [index.get(from), index.get(to)] as const;
    return ends[0] === undefined || ends[1] === undefined ? [] : [[ends[0], ends[1], property] as const];
  });
  const omitted =
    left.length === 0
      ? {}
      : {omitted: `Too large for a page: ${left.join(' and ')}. They are in the bundle.`};
  return {...head, things, entries: entries.list, edges, texts, ...omitted};
}

/** Thousands of fields share what is said of them. */
class Entries {
  readonly list: LedgerEntry[] = [];
  readonly #known = new Map<string, number>();

  indicesOf(ledger: readonly LedgerEntry[]): readonly number[] {
    return ledger.map(entry => {
      const sign = JSON.stringify(entry);
      const known = this.#known.get(sign) ?? this.list.push(entry) - 1;
      this.#known.set(sign, known);
      return known;
    });
  }
}

interface Told extends Pick<PageThing, 'resource' | 'lines' | 'ledger'> {
  readonly hasRows: boolean;
  readonly compared: Compared | undefined;
}

function thingOf(node: Node, {hasRows, compared, ledger, resource, lines}: Told): PageThing {
  const {key, kind, id, name, label, place, under, stack, row, after} = node;
  const change = compared?.changes.get(key);
  return {
    key,
    kind,
    id,
    name,
    label,
    standing: standingOf(node),
    place: place.as,
    ...(place.as === 'part' ? {of: keyOf(place.of)} : {}),
    ...('reason' in place ? {reason: place.reason} : {}),
    ...(under === undefined ? {} : {under}),
    ...(stack === undefined ? {} : {stack}),
    ...(hasRows ? {row: withoutUserData(row)} : {}),
    needs: [...new Set(Array.from(neededBy(node), keyOf))],
    after: after.map(keyOf),
    ledger,
    ...(resource === undefined ? {} : {resource}),
    ...(lines === undefined ? {} : {lines}),
    ...(compared === undefined ? {} : {change: change?.change ?? 'same'}),
    ...(change === undefined || change.differences.length === 0 ? {} : {differences: change.differences}),
  };
}

const userData = 'OS-EXT-SRV-ATTR:user_data';

/** It is long, and may hold what is nobody's to see who is only shown a project. */
function withoutUserData(row: Row): Row {
  const there = row[userData];
  if (typeof there !== 'string' || there === '') return row;
  return {...row, [userData]: '(in the bundle: files/ and inventory.json)'};
}

function keyOf({kind, id}: {readonly kind: string; readonly id: string}): string {
  return `${kind}:${id}`;
}

/** Where the template tells of a thing; what is said inside another is told there. */
function placesOf(
  {resources, layers = []}: Report,
  texts: PageSource['templates'],
): (node: Node) => Pick<PageThing, 'resource' | 'lines'> {
  const lines = texts.map(({text}) => resourceLines(text));
  const dirs = new Map(layers.map(({name, dir}) => [name, dir]));
  const byKey = new Map(resources.map(resource => [keyOf(resource), resource]));
  return ({key, place}) => {
    const found = byKey.get(key) ?? (place.as === 'part' ? byKey.get(keyOf(place.of)) : undefined);
    if (found === undefined) return {};
    const {name, layer} = found;
    const folder = layer === undefined ? '' : `${dirs.get(layer) ?? layer}/`;
    const at = texts.findIndex(({path}) => path === `${folder}template.yaml`);
    const told = lines[at]?.get(topOf(name));
    const where: PageLines | undefined = told === undefined ? undefined : {text: at, ...told};
    return {resource: name, ...(where === undefined ? {} : {lines: where})};
  };
}

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, {length}) => sum + length, 0);
}
