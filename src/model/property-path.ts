/** Paths into properties and rows as people write them: `metadata.owner`, `pools[0].start`, `metadata["a.b"]`, `rules[*]`. */

/** Stands for every item of a list. */
export const every = Symbol('every item');

export type PathPart = string | number | typeof every;

export type PropertyPath = readonly PathPart[];

const DEEPEST = 24;
const token = /^(?:\.?([^.[\]"]+)|\[(\d{1,4})\]|\[(\*)\]|\[("(?:[^"\\]|\\.)*")\])/;

/** @returns the parts, or why it is no path. The first part is always a name. */
export function parsePath(text: string): PropertyPath | string {
  const parts: PathPart[] = [];
  for (let rest = text; rest !== '';) {
    const [all, name, index, star, quoted] = token.exec(rest) ?? [];
    if (all === undefined || all.startsWith('.') !== (name !== undefined && parts.length > 0))
      return `${JSON.stringify(text)} is no path: it reads as in metadata.owner, pools[0].start, metadata["a.b"] or rules[*]`;
    if (name !== undefined) parts.push(name);
    else if (index !== undefined) parts.push(Number(index));
    else if (star !== undefined) parts.push(every);
    else parts.push(unquoted(quoted ?? '""'));
    rest = rest.slice(all.length);
  }
  if (parts.length === 0) return 'the path is empty';
  if (typeof parts[0] !== 'string') return `${JSON.stringify(text)} does not begin with a name`;
  return parts.length > DEEPEST ? `${JSON.stringify(text)} is nested too deep` : parts;
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** The path as `parsePath` reads it. */
export function pathText(path: PropertyPath): string {
  return path
    .map((part, index) => {
      if (part === every) return '[*]';
      if (typeof part === 'number') return `[${part}]`;
      if (part === '' || /[.[\]"]/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}
