/** A stack's outputs as rows that people can read: a map is a row for each key, an address is the address. */
import {isPlainObject} from '../model/value.ts';

/** `key` is a path into the output, as `servers.web.id`. */
export type OutputRow = Readonly<Record<'key' | 'value', unknown>> & {readonly key: string};

/** Maps below that many others are shown as they are. */
const depth = 4;

export function outputRows(outputs: readonly OutputRow[]): readonly OutputRow[] {
  return outputs.flatMap(({key, value}) => [...rowsOf(key, value, depth)]);
}

function* rowsOf(key: string, value: unknown, left: number): Generator<OutputRow> {
  const short = shortened(value);
  if (!isPlainObject(short) || left === 0 || Object.keys(short).length === 0) {
    yield {key, value: short};
    return;
  }
  // Heat gives a server's addresses twice: by the name of the network, and by its id.
  const seen = new Set<string>();
  for (const [inner, item] of Object.entries(short)) {
    const text = JSON.stringify(item);
    if (isId(inner) && seen.has(text)) continue;
    seen.add(text);
    yield* rowsOf(`${key}.${inner}`, item, left - 1);
  }
}

/** Nova's addresses hold much more than the address. */
function shortened(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const items = (value as unknown[]).map(item =>
    isPlainObject(item) && typeof item['addr'] === 'string' ? item['addr'] : item,
  );
  return items.every(item => typeof item === 'string') ? items.join(', ') : items;
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
}
