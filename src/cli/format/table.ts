/** The openstack client's kind of table. */
import {pad, widthOf, wrap} from './width.ts';

export interface Cells {
  readonly titles: readonly string[];
  /** Which columns hold numbers: those go to the right. */
  readonly numeric: readonly boolean[];
  readonly rows: readonly (readonly string[])[];
}

/** @param maximum Cells of the terminal that it may take; columns are wrapped to fit, the widest first. */
export function tableText({titles, numeric, rows}: Cells, maximum = Infinity): string {
  const widths = fit(
    titles.map((title, index) => Math.max(widthOf(title), ...rows.map(row => widthOf(row[index] ?? '')), 1)),
    maximum,
  );
  const rule = `+${widths.map(width => '-'.repeat(width + 2)).join('+')}+`;
  const lines = [rule, ...rowLines(titles, widths, numeric), rule];
  for (const row of rows) lines.push(...rowLines(row, widths, numeric));
  if (rows.length > 0) lines.push(rule);
  return `${lines.join('\n')}\n`;
}

function rowLines(row: readonly string[], widths: readonly number[], numeric: readonly boolean[]): string[] {
  const cells = widths.map((width, index) => wrap(row[index] ?? '', width));
  const height = Math.max(...cells.map(lines => lines.length));
  return Array.from({length: height}, (_, line) => {
    const parts = widths.map((width, index) =>
      pad(cells[index]?.[line] ?? '', width, numeric[index] === true),
    );
    return `| ${parts.join(' | ')} |`;
  });
}

function fit(wanted: readonly number[], maximum: number): number[] {
  const widths = [...wanted];
  const least = 8;
  let over = widths.reduce((sum, width) => sum + width + 3, 1) - maximum;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= least) break;
    // Down to the next widest at once, but not further than needed.
    const next = Math.max(least, ...widths.filter(width => width < widest));
    const index = widths.indexOf(widest);
    const same = widths.filter(width => width === widest).length;
    const cut = Math.max(1, Math.min(widest - next, Math.ceil(over / same)));
    widths[index] = widest - cut;
    over -= cut;
  }
  return widths;
}

/** A table of GitHub's Markdown; a cell's text is no markup. */
export function markdownTable({titles, numeric, rows}: Cells): string {
  const rule = `| ${numeric.map(isNumber => (isNumber ? '---:' : '---')).join(' | ')} |`;
  return `${[markdownLine(titles), rule, ...rows.map(markdownLine)].join('\n')}\n`;
}

function markdownLine(cells: readonly string[]): string {
  return `| ${cells.map(markdown).join(' | ')} |`;
}

function markdown(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]|~]/g, String.raw`\$&`);
}
