/** What a group, its template and the things in it are called: after what the members' names have in common. Pure. */
import {shortHash} from '../names.ts';

/** Words that all of the names have at the same place, as `volume`, `web`, `data` of `volume_web_1_data`. */
function common(names: readonly string[]): readonly (string | undefined)[] {
  const words = names.map(name => name.split('_'));
  const [first = []] = words;
  // Names that had to be told apart by a hash are longer.
  if (words.some(one => one.length !== first.length)) {
    const end = first.findIndex((word, at) => words.some(one => one[at] !== word));
    return end < 0 ? first : first.slice(0, end);
  }
  return first.map((word, at) => (words.every(one => one[at] === word) ? word : undefined));
}

/** `web_servers` for server_web_1 and server_web_2; `servers` where they share no word. */
export function groupName(
  servers: readonly string[],
  id: string,
  isTaken: (name: string) => boolean,
): string {
  const stem = common(servers)
    .filter(word => word !== undefined && word !== '' && !/^\d+$/.test(word))
    .join('_')
    .replace(/^servers?_?/, '')
    .replace(/_?servers?$/, '');
  const name = stem === '' ? 'servers' : `${stem}_servers`;
  if (!isTaken(name)) return name;
  for (let length = 6; length <= 64; length += 2) {
    const other = `${name}_${shortHash(id, length)}`;
    if (!isTaken(other)) return other;
  }
  throw new Error(`no name for the group of ${id}`);
}

/**
 * Names inside the nested template: `server`, `port`, `volume_data`. What the parts' names share beside the server's, and
 * a number where that is not enough.
 * @param names By part, then by member; the server's are first.
 */
export function roleNames(
  names: readonly (readonly string[])[],
  kinds: readonly string[],
): readonly string[] {
  const server = new Set(common(names[0] ?? []));
  const taken = new Set<string>();
  return names.map((members, part) => {
    const kind = kinds[part] ?? 'part';
    const words = common(members)
      .filter(word => word !== undefined && word !== '' && !/^\d+$/.test(word) && !server.has(word))
      .join('_');
    const wanted =
      words === '' || words === kind ? kind : words.startsWith(kind) ? words : `${kind}_${words}`;
    const plain = part === 0 ? kind : wanted;
    let name = plain;
    for (let count = 2; taken.has(name); count += 1) name = `${plain}_${count}`;
    taken.add(name);
    return name;
  });
}
