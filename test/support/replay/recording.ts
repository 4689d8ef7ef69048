/** A recorded cloud: one exchange a line. */
import {readFile, writeFile} from 'node:fs/promises';

export interface Recorded {
  readonly method: string;
  /** Below the origin that is recorded; services other than Keystone lie below a segment of their own. */
  readonly path: string;
  /** Sorted, without the question mark. */
  readonly query: string;
  /** The microversion asked for, as `compute 2.93`. */
  readonly microversion?: string;
  /** Answered only to a token. */
  readonly token?: true;
  /** For token requests. */
  readonly credential?: 'right' | 'wrong';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Exact text: the order of keys matters. `{{origin}}`, `{{token}}`, `{{now}}` and `{{later}}` are filled in. */
  readonly body: string;
}

export interface Recording {
  readonly format: 'rekindle-recording';
  readonly version: 1;
  /** What is in it, for people. */
  readonly about: string;
  /** When, to the day: the capture time of the sample's inventory. */
  readonly date: string;
  readonly region: string;
  readonly project: {readonly name: string; readonly domain: string};
  readonly user: {readonly name: string; readonly domain: string};
  readonly exchanges: readonly Recorded[];
}

/** What tells one exchange from another. */
export function keyOf(
  asked: Pick<Recorded, 'method' | 'path' | 'query' | 'microversion' | 'credential'>,
): string {
  const {method, path, query, microversion, credential} = asked;
  const words = [method, query === '' ? path : `${path}?${query}`, microversion, credential];
  return words.filter(word => word !== undefined).join(' ');
}

/** The same query in one order, whatever order a client writes it in. */
export function sortedQuery(search: string): string {
  return [...new URLSearchParams(search)]
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
}

export async function readRecording(path: string): Promise<Recording> {
  const data = JSON.parse(await readFile(path, 'utf8')) as Recording;
  if (data.format !== 'rekindle-recording' || data.version !== 1) throw new Error(`${path} is no recording`);
  return data;
}

export async function writeRecording(path: string, recording: Recording): Promise<void> {
  const {exchanges, ...head} = recording;
  const lines = [...exchanges]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(exchange => `    ${JSON.stringify(exchange)}`);
  const fields = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  await writeFile(path, `{\n${fields.join(',\n')},\n  "exchanges": [\n${lines.join(',\n')}\n  ]\n}\n`);
}
