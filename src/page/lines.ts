/** Where a template of ours tells of each of its resources. */

/**
 * @param text template.yaml as we write it: two spaces before the name of a resource, its comments above it
 * @returns first and last line of each, from 1, by logical name
 */
export function resourceLines(text: string): ReadonlyMap<string, {from: number; to: number}> {
  const found = new Map<string, {from: number; to: number}>();
  const lines = text.split('\n');
  let open: {from: number; to: number} | undefined;
  /** First line of the comments that stand above what comes. */
  let above: number | undefined;
  let isInside = false;
  for (const [index, line] of lines.entries()) {
    const at = index + 1;
    if (/^\S/.test(line)) {
      isInside = line.startsWith('resources:');
      [open, above] = [undefined, undefined];
    } else if (isInside) {
      const name = /^ {2}(?:"([^"]+)"|'([^']+)'|([^\s#"'][^:]*)):/.exec(line);
      if (name !== null) {
        open = {from: above ?? at, to: at};
        above = undefined;
        found.set(name[1] ?? name[2] ?? name[3] ?? '', open);
      } else if (/^ {2}#/.test(line)) above ??= at;
      else if (line.trim() === '') above = undefined;
      else if (open !== undefined) open.to = at;
    }
  }
  return found;
}
