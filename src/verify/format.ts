/** Differences as text. */
import {unified} from './unified.ts';
import {plainPaint, type FormatOptions, type Sides} from './format-options.ts';
import {bare, lines} from './show.ts';
import type {Comparison, Difference, IgnoredDifference} from './types.ts';
import {count, fieldOf, partsOf, reasonOf, ruleOf, thingOf} from './words.ts';

export type Format = 'table-lines' | 'json' | 'markdown' | 'unified';

const writers: Readonly<Record<Format, (comparison: Comparison, options: FormatOptions) => string>> = {
  'table-lines': (comparison, options) =>
    options.sides === undefined ? asLines(comparison, options) : asDrift(comparison, options, options.sides),
  json: asJson,
  markdown: asMarkdown,
  unified,
};

export function formatDifferences(
  comparison: Comparison,
  format: Format,
  options: FormatOptions = {},
): string {
  return writers[format](comparison, options);
}

/** A clone beside its source: one line a difference. */
function asLines(comparison: Comparison, options: FormatOptions): string {
  const text = openOf(comparison).map(difference => `${thingOf(difference)}${saidOf(difference)}`);
  return ended(text, comparison, options, saidOf);
}

/** Two sources: what only one has, then what changed. */
function asDrift(comparison: Comparison, options: FormatOptions, sides: Sides): string {
  const {paint = plainPaint} = options;
  const open = openOf(comparison);
  const of = (what: Difference['what']): readonly Difference[] =>
    open.filter(difference => difference.what === what);
  const text: string[] = [];
  const section = (title: string, rows: readonly Difference[], line: (row: Difference) => string): void => {
    if (rows.length > 0) text.push(paint('bold', `${title} (${rows.length}):`), ...rows.map(line));
  };
  const [missing, extra] = titlesOf(sides);
  section(missing, of('missing'), row => paint('red', `  ${whole(row)}`));
  section(extra, of('extra'), row => paint('green', `  ${whole(row)}`));
  section('Changed', of('changed'), row => `  ${thingOf(row)}${arrowOf(row)}`);
  return ended(text, comparison, options, row =>
    row.what === 'changed' ? arrowOf(row) : sayingWhere(row, sides),
  );
}

function whole(difference: Difference): string {
  return `${thingOf(difference)}${partsOf(difference)}`;
}

function titlesOf({source, clone, since}: Sides): readonly [string, string] {
  return since === true
    ? [`Gone since ${bare(source)}`, `Added since ${bare(source)}`]
    : [`Only in ${bare(source)}`, `Only in ${bare(clone)}`];
}

function sayingWhere(difference: Difference, {source, clone}: Sides): string {
  return `: only in ${bare(difference.what === 'missing' ? source : clone)}${partsOf(difference)}`;
}

function openOf({differences}: Pick<Comparison, 'differences'>): readonly Difference[] {
  return differences.filter(({announced}) => announced === undefined);
}

/** What was announced, ignored or not read, and the sum of it all. */
function ended(
  text: string[],
  {differences, ignored, blind, counts}: Comparison,
  {paint = plainPaint, showIgnored = false}: FormatOptions,
  said: (difference: Difference) => string,
): string {
  const list = (title: string, rows: readonly string[]): void => {
    if (rows.length === 0) return;
    if (text.length > 0) text.push('');
    text.push(title, ...rows.map(row => `  ${row}`));
  };
  const line = (difference: Difference, reason: string): string =>
    `${thingOf(difference)}${said(difference)}${reason === '' ? '' : ` (${reason})`}`;
  list(
    'Announced in the report:',
    differences.filter(({announced}) => announced !== undefined).map(row => line(row, reasonOf(row))),
  );
  if (showIgnored)
    list(
      'Ignored:',
      ignored.map(row => line(row, ruleOf(row.ignored))),
    );
  for (const {side, kind, detail} of blind)
    text.push(paint('yellow', `Not compared: ${bare(kind)} of the ${side}: ${bare(detail)}`));
  if (text.length > 0) text.push('');
  text.push(paint(counts.unannounced === 0 ? 'green' : 'red', summaryOf(counts)));
  return `${text.join('\n')}\n`;
}

function asJson(comparison: Comparison, options: FormatOptions): string {
  return `${JSON.stringify(comparisonData(comparison, options), undefined, 2)}\n`;
}

/** Fields are part of the interface. */
export function comparisonData(
  {same, counts, differences, ignored, unused, blind}: Comparison,
  {sides}: FormatOptions = {},
): object {
  return {
    format: 'rekindle-differences',
    version: 1,
    same,
    ...(sides === undefined ? {} : {sides: {source: sides.source, clone: sides.clone}}),
    counts,
    differences,
    ignored,
    unused,
    blind,
  };
}

function asMarkdown(
  {differences, ignored, counts, blind}: Comparison,
  {sides = {source: 'source', clone: 'clone'}, showIgnored = false}: FormatOptions,
): string {
  const text = [summaryOf(counts)];
  const [a, b] = [cell(bare(sides.source)), cell(bare(sides.clone))];
  const table = <Row extends Difference>(
    title: string,
    rows: readonly Row[],
    reason?: (row: Row) => string,
  ): void => {
    if (rows.length === 0) return;
    text.push('', `## ${title}`, '');
    text.push(`| thing | field | ${a} | ${b} |${reason === undefined ? '' : ' reason |'}`);
    text.push(`| --- | --- | --- | --- |${reason === undefined ? '' : ' --- |'}`);
    for (const row of rows) {
      const [source, clone] = sidesOf(row);
      const cells = [thingOf(row), fieldOf(row), source, clone].map(cell);
      if (reason !== undefined) cells.push(cell(reason(row)));
      text.push(`| ${cells.join(' | ')} |`);
    }
  };
  table('Differences', openOf({differences}));
  table(
    'Announced in the report',
    differences.filter(({announced}) => announced !== undefined),
    reasonOf,
  );
  if (showIgnored) table('Ignored', ignored, (row: IgnoredDifference) => ruleOf(row.ignored));
  if (blind.length > 0) {
    text.push('', '## Not compared', '');
    for (const {side, kind, detail} of blind) text.push(`- ${cell(kind)} of the ${side}: ${cell(detail)}`);
  }
  return `${text.join('\n')}\n`;
}

function summaryOf(counts: Comparison['counts']): string {
  const {matched, missing, extra, fields, equal, announced, unannounced, ignored} = counts;
  const aside = [
    ...(announced === 0 ? [] : [`${announced} announced`]),
    ...(ignored === 0 ? [] : [`${ignored} ignored`]),
  ].join(' and the ');
  const found = `${unannounced === 0 ? 'no difference' : count(unannounced, 'difference')}${
    aside === '' ? '' : `${unannounced === 0 ? ' beyond' : ' beside'} the ${aside}`
  }`;
  const alone = `${missing === 0 ? '' : `, ${missing} missing`}${extra === 0 ? '' : `, ${extra} extra`}`;
  return `${found}: ${count(matched, 'thing')} matched${alone}; ${count(fields, 'field')} compared, ${equal} equal`;
}

function sidesOf(difference: Difference): readonly [string, string] {
  const {what, source, clone, parts} = difference;
  const more = parts === undefined ? '' : ` with ${count(parts, 'part')}`;
  if (what === 'missing') return [`there${more}`, 'missing'];
  if (what === 'extra') return ['not there', `extra${more}`];
  return lines(source, clone);
}

function saidOf(difference: Difference): string {
  const [source, clone] = sidesOf(difference);
  if (difference.what === 'missing') return `: missing in the clone${partsOf(difference)}`;
  if (difference.what === 'extra') return `: only in the clone${partsOf(difference)}`;
  return ` ${fieldOf(difference)}: ${source} in the source, ${clone} in the clone`;
}

function arrowOf(difference: Difference): string {
  return ` ${fieldOf(difference)}: ${sidesOf(difference).join(' -> ')}`;
}

/** Text of a table's cell: nothing in it is markup. */
function cell(text: string): string {
  return text.replace(/[\\`*_[\]<>|&~#!]/g, sign => `\\${sign}`);
}
