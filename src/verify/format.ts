/** Differences as text. */
import {bare, lines, quoted} from './show.ts';
import type {Comparison, Difference} from './types.ts';

export type Format = 'table-lines' | 'json' | 'markdown';

const writers: Readonly<Record<Format, (comparison: Comparison) => string>> = {
  'table-lines': asLines,
  json: asJson,
  markdown: asMarkdown,
};

export function formatDifferences(comparison: Comparison, format: Format): string {
  return writers[format](comparison);
}

function asLines({differences, ...rest}: Comparison): string {
  const open = differences.filter(({announced}) => announced === undefined);
  const announced = differences.filter(difference => difference.announced !== undefined);
  const text = open.map(difference => `${thingOf(difference)}${saidOf(difference)}`);
  if (announced.length > 0) {
    if (text.length > 0) text.push('');
    text.push('Announced in the report:');
    for (const difference of announced)
      text.push(`  ${thingOf(difference)}${saidOf(difference)} (${reasonOf(difference)})`);
  }
  for (const {side, kind, detail} of rest.blind)
    text.push(`Not compared: ${bare(kind)} of the ${side}: ${bare(detail)}`);
  if (text.length > 0) text.push('');
  text.push(summaryOf(rest.counts));
  return `${text.join('\n')}\n`;
}

function asJson({same, counts, differences, blind}: Comparison): string {
  return `${JSON.stringify({format: 'rekindle-differences', version: 1, same, counts, differences, blind}, undefined, 2)}\n`;
}

function asMarkdown({differences, counts, blind}: Comparison): string {
  const text = [summaryOf(counts)];
  const table = (title: string, rows: readonly Difference[], reasons: boolean): void => {
    if (rows.length === 0) return;
    text.push('', `## ${title}`, '', `| thing | field | source | clone |${reasons ? ' reason |' : ''}`);
    text.push(`| --- | --- | --- | --- |${reasons ? ' --- |' : ''}`);
    for (const difference of rows) {
      const [source, clone] = sidesOf(difference);
      const cells = [thingOf(difference), fieldOf(difference), source, clone].map(cell);
      if (reasons) cells.push(cell(reasonOf(difference)));
      text.push(`| ${cells.join(' | ')} |`);
    }
  };
  table(
    'Differences',
    differences.filter(({announced}) => announced === undefined),
    false,
  );
  table(
    'Announced in the report',
    differences.filter(({announced}) => announced !== undefined),
    true,
  );
  if (blind.length > 0) {
    text.push('', '## Not compared', '');
    for (const {side, kind, detail} of blind) text.push(`- ${cell(kind)} of the ${side}: ${cell(detail)}`);
  }
  return `${text.join('\n')}\n`;
}

function summaryOf({
  matched,
  missing,
  extra,
  fields,
  equal,
  announced,
  unannounced,
}: Comparison['counts']): string {
  const found = `${unannounced === 0 ? 'no difference' : count(unannounced, 'difference')}${
    announced === 0 ? '' : `${unannounced === 0 ? ' beyond' : ' beside'} the ${announced} announced`
  }`;
  const alone = `${missing === 0 ? '' : `, ${missing} missing`}${extra === 0 ? '' : `, ${extra} extra`}`;
  return `${found}: ${count(matched, 'thing')} matched${alone}; ${count(fields, 'field')} compared, ${equal} equal`;
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}

function thingOf({resource, type, kind, label}: Difference): string {
  if (resource !== undefined) return `${bare(resource)}${type === undefined ? '' : ` (${type})`}`;
  return `${bare(kind)} ${quoted(label)}`;
}

function fieldOf({field, property}: Difference): string {
  if (field === '*') return 'everything';
  const safe = bare(field);
  const isItself = property === undefined || field === property || /^[.[]/.test(field.slice(property.length));
  return isItself && (property === undefined || field.startsWith(property)) ? safe : `${property} (${safe})`;
}

function sidesOf({what, source, clone, parts}: Difference): readonly [string, string] {
  const more = parts === undefined ? '' : ` with ${count(parts, 'part')}`;
  if (what === 'missing') return [`there${more}`, 'missing'];
  if (what === 'extra') return ['not there', `extra${more}`];
  return lines(source, clone);
}

function saidOf(difference: Difference): string {
  const [source, clone] = sidesOf(difference);
  const more = difference.parts === undefined ? '' : `, with ${count(difference.parts, 'part')}`;
  if (difference.what === 'missing') return `: missing in the clone${more}`;
  if (difference.what === 'extra') return `: only in the clone${more}`;
  return ` ${fieldOf(difference)}: ${source} in the source, ${clone} in the clone`;
}

function reasonOf({announced}: Difference): string {
  return announced === undefined ? '' : `${announced.fate}: ${bare(announced.reason)}`;
}

/** Text of a table's cell: nothing in it is markup. */
function cell(text: string): string {
  return text.replace(/[\\`*_[\]<>|&~#!]/g, sign => `\\${sign}`);
}
