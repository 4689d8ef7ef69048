/** A recorded cloud that lives: its lists come in pages, know a filter by id, and change between two requests. */
import type {Answered, ReplayOptions, Request} from '../replay/server.ts';
import type {Recorded, Recording} from '../replay/recording.ts';

export type Row = Record<string, unknown>;

/** By the last part of a list's path, as `ports`: what the project's list holds now. */
export type World = Record<string, Row[]>;

/** One change of the project, in one moment for all of its services. */
export type Step = (world: World) => void;

/** What somebody does to the project, as it is now: one step after another. */
export type Event = (world: World) => readonly Step[];

interface Page {
  readonly key: string;
  /** Rows of other projects, that only a filter by id brings. */
  readonly others: readonly Row[];
  readonly recorded: Recorded;
}

export interface LivingOptions {
  /** Rows a page. */
  readonly page: number;
  /** What happens, before which list request, counted from 0, and how far it comes; default: to its end. */
  readonly events?: readonly {readonly at: number; readonly event: Event; readonly steps?: number}[];
  /** What a list's answer may be made into, next link included. */
  readonly paged?: (request: Request, page: Paged) => Paged;
}

/** One page on its way out. */
export interface Paged {
  readonly rows: readonly Row[];
  /** Query of the next page. */
  readonly next: string | undefined;
  /** Counted from 0. */
  readonly number: number;
}

/** Lists whose rows have no id that a page could begin after. */
const whole = /\/(?:extensions|os-keypairs)$/;

interface Tables {
  readonly pages: ReadonlyMap<string, Page>;
  readonly world: World;
}

function tablesOf(recording: Recording): Tables {
  const pages = new Map<string, Page>();
  const world: World = {};
  for (const recorded of recording.exchanges) {
    const {method, token, path, query} = recorded;
    if (method !== 'GET' || token !== true || whole.test(path) || /\/v[\d.]+\/$/.test(path)) continue;
    const body = Object.entries(JSON.parse(recorded.body) as object);
    const [key, value] = body.find(([, value]) => Array.isArray(value)) ?? [];
    if (key === undefined) continue;
    const rows = value as Row[];
    const byId = query.includes('id=') && !query.includes('project_id=');
    const known = pages.get(path);
    const others = [...(known?.others ?? []), ...(byId ? rows : [])];
    pages.set(path, {key, others, recorded: byId && known !== undefined ? known.recorded : recorded});
    if (!byId) world[nameOf(path)] = structuredClone(rows);
    else world[nameOf(path)] ??= [];
  }
  return {pages, world};
}

/** How many steps what happens takes. */
export function stepsOf(recording: Recording, event: Event): number {
  return event(tablesOf(recording).world).length;
}

export function living(recording: Recording, options: LivingOptions): ReplayOptions {
  const {pages: tables, world} = tablesOf(recording);
  let asked = 0;
  // Everybody knows what they are going to do before anybody begins.
  const due = (options.events ?? [])
    .map(({at, event, steps}) => ({at, steps: event(world).slice(0, steps)}))
    .sort((a, b) => a.at - b.at);

  const answered = (request: Request, {key, others}: Page, answer: Answered): Answered => {
    while (due.length > 0 && (due[0]?.at ?? 0) <= asked)
      for (const step of due.shift()?.steps ?? []) step(world);
    asked += 1;
    const search = new URLSearchParams(request.query);
    const ids = search.getAll('id');
    const own = world[nameOf(request.path)] ?? [];
    const rows =
      ids.length === 0 ? own : [...own, ...others].filter(row => ids.includes(row['id'] as string));
    const marker = search.get('marker');
    const begin = marker === null ? 0 : rows.findIndex(row => row['id'] === marker) + 1;
    if (marker !== null && begin === 0) {
      const text = JSON.stringify({error: {code: 400, message: `marker [${marker}] not found`}});
      return {status: 400, headers: {'content-type': 'application/json'}, text};
    }
    const end = Math.min(begin + options.page, rows.length);
    const plain: Paged = {
      rows: rows.slice(begin, end),
      next: end < rows.length ? afterRow(search, rows[end - 1]) : undefined,
      number: Math.ceil(begin / options.page),
    };
    const page = options.paged?.(request, plain) ?? plain;
    return {...answer, text: JSON.stringify(bodyOf(key, page, request.path))};
  };

  return {
    recordedQuery({path, query}) {
      return tables.get(path)?.recorded.query ?? query;
    },
    change(request, answer) {
      const table = request.method === 'GET' ? tables.get(request.path) : undefined;
      return table === undefined ? answer : answered(request, table, answer);
    },
  };
}

export function nameOf(path: string): string {
  return (path.replace(/\/detail$/, '').match(/[^/]+$/) ?? [''])[0];
}

function afterRow(search: URLSearchParams, row: Row | undefined): string {
  const next = new URLSearchParams(search);
  next.set('marker', String(row?.['id']));
  return next.toString();
}

/** Each service names its next page in its own form. */
function bodyOf(key: string, {rows, next}: Paged, path: string): object {
  const href = `http://internal.example${path}?${next ?? ''}`;
  if (path.startsWith('/image/'))
    return {[key]: rows, ...(next === undefined ? {} : {next: `/v2/images?${next}`})};
  return {[key]: rows, ...(next === undefined ? {} : {[`${key}_links`]: [{rel: 'next', href}]})};
}
