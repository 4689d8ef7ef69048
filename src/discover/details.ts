/** What no list tells, asked for row by row: headers, a thing's texts, a secret's own. */
import type {Service} from '../cloud/types.ts';
import type {ListCall} from '../model/list-call.ts';
import type {Row} from '../model/inventory.ts';
import {ownHeaders, utf8Of} from './answers.ts';
import {fillPath} from './ask.ts';
import type {Asking} from './asking.ts';
import {gap, type Attempt} from './failure.ts';
import type {Listed, Task} from './listed.ts';

export interface DetailsWanted {
  /** Kinds whose `details` are wanted. */
  readonly kinds: ReadonlySet<string>;
  /** Takes the secrets of the rows; without it none is asked for. */
  readonly onSecret?: ((kind: string, id: string, path: string, value: string) => void) | undefined;
}

/** One GET for each thing that a row's list doesn't tell; nothing where the kind has no such things. */
export function detailTasks(
  listed: Listed,
  rows: Iterable<Row>,
  {kinds, onSecret}: DetailsWanted,
  asking: Asking,
): readonly Task[] {
  const {kind, call, shelf, detailed} = listed;
  const secret = onSecret === undefined ? undefined : call.secret;
  const details = kinds.has(kind) ? Object.entries(call.details ?? {}) : [];
  if (call.headers === undefined && secret === undefined && details.length === 0) return [];
  const tasks: Task[] = [];
  for (const row of rows) {
    const id = row['id'] as string;
    if (detailed.has(id)) continue;
    detailed.add(id);
    const attempt: Attempt = {kind, call, core: false, parent: id};
    const add = (pattern: string, ask: (get: Get) => Promise<void>): void => {
      tasks.push({listed, run: async () => get(pattern, row, attempt, asking, ask)});
    };
    if (call.headers !== undefined)
      add(call.headers, async get => {
        const {headers} = await get();
        shelf.extend(id, {headers: ownHeaders(headers)}, call);
      });
    for (const [field, pattern] of details)
      add(pattern, async get => {
        const {bytes} = await get({raw: true});
        shelf.extend(id, {[field]: Buffer.from(bytes ?? []).toString('utf8')}, call);
      });
    const form = secret === undefined ? undefined : formOf(secret, row, attempt, asking);
    if (secret !== undefined && form !== undefined)
      add(secret.path, async get => {
        const {bytes} = await get({headers: {accept: form.accept}, raw: true});
        const value = form.binary ? Buffer.from(bytes ?? []).toString('base64') : utf8Of(bytes);
        if (value !== undefined) onSecret?.(kind, id, secret.field, value);
        else asking.record(gap(attempt, 'failed', `the ${secret.field} of a ${kind} is no text in UTF-8`));
      });
  }
  return tasks;
}

type GetOptions = Pick<NonNullable<Parameters<Service['call']>[2]>, 'headers' | 'raw'>;
type Get = (options?: GetOptions) => ReturnType<Service['call']>;

async function get(
  pattern: string,
  row: Row,
  attempt: Attempt,
  asking: Asking,
  ask: (get: Get) => Promise<void>,
): Promise<void> {
  const path = fillPath(pattern, row);
  if (path === undefined)
    asking.record(gap(attempt, 'failed', `${attempt.kind} ${attempt.parent ?? ''} can't be asked for`));
  else
    await asking.one(attempt, async (service, {signal}) =>
      ask(async options => service.call('GET', path, {...options, signal})),
    );
}

/** How to ask for the row's secret; undefined where it has none, or its row can't be read. */
function formOf(
  {accept, binary}: NonNullable<ListCall['secret']>,
  row: Row,
  attempt: Attempt,
  asking: Asking,
): {readonly accept: string; readonly binary: boolean} | undefined {
  try {
    const type = accept(row);
    return type === undefined ? undefined : {accept: type, binary: binary(row)};
  } catch {
    asking.record(gap(attempt, 'failed', `${attempt.kind} is not shaped as its API promises`));
    return undefined;
  }
}
