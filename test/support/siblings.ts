/** Inventories in which servers have siblings: copies of them with all that only they have. */
import type {Inventory, Row} from '../../src/model/inventory.ts';

/** Every server of the inventory so many times more. */
export function withSiblings(inventory: Inventory, copies: number): Inventory {
  let result = inventory;
  for (const row of inventory.rows['server'] ?? [])
    for (let copy = 1; copy <= copies; copy += 1) result = withSibling(result, idOf(row), copy);
  return result;
}

/**
 * One more server like that one. Ids, MACs and addresses are its own.
 * @param change What else is to be another text.
 */
export function withSibling(
  inventory: Inventory,
  id: string,
  copy: number,
  change: (text: string) => string = same => same,
): Inventory {
  const pick = (kind: string, is: (row: Row) => boolean): readonly (readonly [string, Row])[] =>
    (inventory.rows[kind] ?? []).filter(is).map(row => [kind, row]);
  const isAttached = (row: Row): boolean =>
    (row['attachments'] as readonly Row[] | undefined)?.some(one => one['server_id'] === id) === true;
  const own = [
    ...pick('server', row => idOf(row) === id),
    ...pick('port', row => row['device_id'] === id),
    ...pick('volume', isAttached),
  ];
  const held = new Set(own.map(([, row]) => idOf(row)));
  const all = [...own, ...pick('floating_ip', row => held.has(String(row['port_id'])))];
  const ids = new Map(
    all.map(([, row]) => [idOf(row), `${idOf(row).slice(0, -2)}${copy}${idOf(row).slice(-1)}`]),
  );
  const rows: Record<string, readonly Row[]> = {...inventory.rows};
  for (const [kind, row] of all)
    rows[kind] = [
      ...(rows[kind] ?? []),
      mapped(row, text => ids.get(text) ?? change(moved(text, copy))) as Row,
    ];
  rows['server_group'] = (rows['server_group'] ?? []).map(group => joined(group, id, ids.get(id) ?? ''));
  return {...inventory, rows};
}

/** Whoever is in a group has the new one beside itself. */
function joined(group: Row, id: string, more: string): Row {
  const members = group['members'] as readonly string[];
  return members.includes(id) ? {...group, members: [...members, more]} : group;
}

function idOf(row: Row): string {
  return String(row['id']);
}

function moved(text: string, copy: number): string {
  return text
    .replace(/^fa:16:3e:../, `fa:16:3e:0${copy}`)
    .replace(
      /^(10\.\d+\.\d+)\.(\d+)$/,
      (_, net: string, host: string) => `${net}.${Number(host) + 40 * copy}`,
    )
    .replace(/^(172\.24)\.0\./, `$1.${copy}.`);
}

/** The value with every text in it changed. */
export function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(item => mapped(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change)]));
}
