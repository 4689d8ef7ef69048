/** Differences as a unified diff in template terms: one hunk for each thing. */
import {plainPaint, type FormatOptions} from './format-options.ts';
import {bare, lines} from './show.ts';
import type {Comparison, Difference} from './types.ts';
import {fieldOf, partsOf, reasonOf, ruleOf, thingOf} from './words.ts';

/** Nothing at all where nothing differs; what doesn't count stands in lines that begin with `#`. */
export function unified(
  {differences, ignored, blind}: Comparison,
  {sides = {source: 'source', clone: 'clone'}, paint = plainPaint, showIgnored = false}: FormatOptions,
): string {
  const open = differences.filter(({announced}) => announced === undefined);
  const text: string[] = [];
  if (open.length > 0) {
    const [from, to] = sides.times?.map(time => `\t${bare(time)}`) ?? ['', ''];
    text.push(
      paint('bold', `--- ${bare(sides.source)}${from}`),
      paint('bold', `+++ ${bare(sides.clone)}${to}`),
    );
  }
  let thing = '';
  for (const difference of open) {
    const key = `${difference.what} ${difference.kind} ${difference.sourceId ?? ''} ${difference.cloneId ?? ''}`;
    if (key !== thing) text.push(paint('yellow', `@@ ${thingOf(difference)} @@`));
    thing = key;
    for (const line of linesOf(difference)) text.push(paint(line.startsWith('-') ? 'red' : 'green', line));
  }
  for (const difference of differences)
    if (difference.announced !== undefined)
      text.push(`# announced: ${aside(difference)} (${reasonOf(difference)})`);
  if (showIgnored)
    for (const difference of ignored)
      text.push(`# ignored: ${aside(difference)} (${ruleOf(difference.ignored)})`);
  for (const {side, kind, detail} of blind)
    text.push(`# not compared: ${bare(kind)} of the ${side}: ${bare(detail)}`);
  return text.map(line => `${line}\n`).join('');
}

function linesOf(difference: Difference): readonly string[] {
  const {what, source, clone} = difference;
  if (what !== 'changed')
    return [`${what === 'missing' ? '-' : '+'}${thingOf(difference)}${partsOf(difference)}`];
  const field = fieldOf(difference);
  const [before, after] = lines(source, clone);
  return [
    ...(source === undefined ? [] : [`-  ${field}: ${before}`]),
    ...(clone === undefined ? [] : [`+  ${field}: ${after}`]),
  ];
}

function aside(difference: Difference): string {
  return `${thingOf(difference)} ${fieldOf(difference)}`;
}
