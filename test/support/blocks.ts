/** A template taken apart by its text, to see which lines changed. */

/** Lines of each resource in the template, with the comments above it. */
export function blocksOf(template: string): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>();
  const [, resources = ''] = template.split(/^resources:.*\n/m);
  let above = '';
  let name = '';
  for (const line of resources.split('\n')) {
    if (/^\w/.test(line)) break;
    const key = /^ {2}["']?([\w.-]+)["']?:/.exec(line)?.[1];
    if (key !== undefined) {
      name = key;
      blocks.set(name, above);
      above = '';
    }
    if (line === '' || /^ {2}# --- /.test(line)) continue;
    if (line.startsWith('  #')) above += `${line}\n`;
    else blocks.set(name, `${blocks.get(name) ?? ''}${line}\n`);
  }
  return blocks;
}
