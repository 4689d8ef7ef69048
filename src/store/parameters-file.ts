/** environment.yaml and secrets.yaml as somebody may have edited them: values, and the comments at them. */
import {isMap, isScalar, parseDocument} from 'yaml';
import type {ParametersFile, Remarks} from '../model/bundle.ts';

/** @param text YAML that was read as a mapping of parameters. @param values What was read. */
export function parametersFile(text: string, values: Readonly<Record<string, unknown>>): ParametersFile {
  const document = parseDocument(text, {
    schema: 'failsafe',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const first = linesOf(document.commentBefore);
  const last = linesOf(document.comment);
  const remarks = new Map<string, Remarks>();
  const exact: Record<string, unknown> = {...values};
  const root = document.contents;
  for (const pair of isMap(root) ? root.items : []) {
    first.push(...commentsAt(pair.key));
    const map = pair.value;
    if (!isMap(map)) continue;
    const at = linesOf(map.commentBefore);
    last.unshift(...linesOf(map.comment));
    for (const [index, {key, value}] of map.items.entries()) {
      const name = isScalar(key) ? String(key.value) : '';
      const above = [...(index === 0 ? at : []), ...commentsAt(key), ...commentsAt(value, 'before')];
      const [beside] = isScalar(value) ? linesOf(value.comment) : [];
      if (!isScalar(value)) above.push(...commentsAt(value, 'after'));
      remarks.set(name, {above, ...(beside === undefined ? {} : {beside})});
      // A number too long for JavaScript stays the text that it is: Heat makes text of it as well.
      if (typeof values[name] === 'number' && !Number.isSafeInteger(values[name]) && isScalar(value))
        exact[name] = longNumber(value.source, values[name]);
    }
  }
  if (!isMap(root) || root.items.length === 0) first.push(...linesOf(root?.commentBefore));
  return {values: exact, remarks, first, last};
}

function longNumber(source: string | undefined, value: number): unknown {
  return source !== undefined && /^[-+]?\d{16,}$/.test(source) ? source : value;
}

function commentsAt(node: unknown, where?: 'before' | 'after'): string[] {
  const {commentBefore, comment} = (node ?? {}) as {commentBefore?: string | null; comment?: string | null};
  if (where === 'after') return linesOf(comment);
  return where === 'before' ? linesOf(commentBefore) : [...linesOf(commentBefore), ...linesOf(comment)];
}

function linesOf(comment: string | null | undefined): string[] {
  return (comment ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}
