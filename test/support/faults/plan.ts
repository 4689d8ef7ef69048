/** What goes wrong in one run, by its seed. */
import type {Fault, Request} from '../replay/server.ts';
import {askedOf} from '../replay/credential.ts';
import {events} from './events.ts';
import type {Event, LivingOptions, Paged} from './living.ts';
import {seeded, type Seeded} from './seeded.ts';

/** One thing that goes wrong. */
export interface Trouble {
  readonly kind: string;
  /** Path whose answers it spoils. */
  readonly path: string;
  /** How many requests of one page it spoils. */
  readonly times: number;
}

/** What happens to the project meanwhile. */
export interface Happening {
  readonly name: string;
  /** Before which list request. */
  readonly at: number;
  readonly event: Event;
  /** How far it comes; default: to its end. */
  readonly steps?: number;
}

export interface Plan {
  readonly seed: number;
  readonly troubles: readonly Trouble[];
  readonly happens: readonly Happening[];
  /** Rows a page. */
  readonly page: number;
  readonly fault: (request: Request) => Fault | undefined;
  readonly paged: NonNullable<LivingOptions['paged']>;
  /** Service, as the first word of its path, that refuses connections. */
  readonly refused: string | undefined;
  /** Needs short time limits. */
  readonly slow: boolean;
}

/** Things that spoil an answer. `elsewhere` is another host. */
type Spoil = (context: {
  readonly random: Seeded;
  readonly request: Request;
  readonly elsewhere: string;
}) => Fault | undefined;

const json = {'content-type': 'application/json'};
const html = {'content-type': 'text/html; charset=utf-8'};
const page = '<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>Sign in</h1></body></html>';

const waits = [undefined, '0', '1', '7', '999999', 'Wed, 21 Oct 2099 07:28:00 GMT', 'soon'] as const;

function status(number: number): Spoil {
  return ({random}) => {
    const wait = random.pick(waits);
    const body = JSON.stringify({error: {code: number, title: 'Trouble', message: 'something broke'}});
    return {status: number, headers: {...json, ...(wait === undefined ? {} : {'retry-after': wait})}, body};
  };
}

function body(text: string, headers: Readonly<Record<string, string>> = json, code = 200): Spoil {
  return () => ({status: code, headers, body: text});
}

function redirect(code: number, where: (request: Request, elsewhere: string) => string): Spoil {
  return ({request, elsewhere}) => ({status: code, headers: {location: where(request, elsewhere)}, body: ''});
}

const key = ({path}: Request): string =>
  path
    .replace(/\/detail$/, '')
    .replaceAll('-', '_')
    .match(/[^/]+$/)?.[0] ?? '';

/** An error that repeats the credential it was sent and all headers, as a service behind a debugging proxy may. */
const echo: Spoil = ({request}) => {
  const message = `no good: ${askedOf(request.body).secret} ${JSON.stringify(request.headers)}`;
  return {status: 418, headers: json, body: JSON.stringify({error: {code: 418, message}})};
};

export const spoils: Readonly<Record<string, Spoil>> = {
  reset: () => 'reset',
  cut: ({random}) => ({cut: random.below(300)}),
  delay: ({random}) => ({delay: 1 + random.below(5)}),
  stall: () => 'stall',
  'slow drip': () => ({drip: 1, pause: 40}),
  'quick drip': () => ({drip: 700, pause: 1}),
  expire: () => 'expire',
  '401': status(401),
  '403': status(403),
  '404': status(404),
  '429': status(429),
  '500': status(500),
  '502': status(502),
  '503': status(503),
  '504': status(504),
  '200 with nothing': body('', {}),
  '204': body('', {}, 204),
  '200 with HTML': body(page, html),
  '200 with HTML called JSON': body(page),
  '404 with HTML': body(page, html, 404),
  '502 with HTML': body(page, html, 502),
  '503 with HTML': body(page, html, 503),
  'half of the JSON': ({request}) => ({
    status: 200,
    headers: json,
    body: `{"${key(request)}": [{"id": "a", "na`,
  }),
  'a list for the object': body('[]'),
  'an object for the list': ({request}) => ({status: 200, headers: json, body: `{"${key(request)}": {}}`}),
  'another key': body('{"things": []}'),
  'null for the list': ({request}) => ({status: 200, headers: json, body: `{"${key(request)}": null}`}),
  'null rows': ({request}) => ({status: 200, headers: json, body: `{"${key(request)}": [null, null]}`}),
  'rows without id': ({request}) => ({
    status: 200,
    headers: json,
    body: `{"${key(request)}": [{"name": "a"}]}`,
  }),
  'a number': body('42'),
  null: body('null'),
  echo,
  'redirect elsewhere': ({random, ...rest}) =>
    redirect(
      random.pick([301, 302, 303, 307, 308]),
      ({path, query}, there) => `${there}${path}?${query}`,
    )({
      random,
      ...rest,
    }),
  'redirect in circles': redirect(302, ({path, query}) => `${path}?${query}`),
  'redirect to nowhere': redirect(302, () => 'javascript:alert(1)'),
};

/** What becomes of the next link, and of the rows of a page. */
const pagings: Readonly<Record<string, (page: Paged, request: Request) => Paged>> = {
  'marker repeated': (page, {query}) => ({...page, ...(page.next === undefined ? {} : {next: query})}),
  'marker of the first page': page => ({
    ...page,
    ...(page.next === undefined || page.number === 0 ? {} : {next: withoutMarker(page.next)}),
  }),
  'marker missing': page => ({...page, ...(page.next === undefined ? {} : {next: withoutMarker(page.next)})}),
  'marker unknown': page => ({
    ...page,
    ...(page.next === undefined ? {} : {next: page.next.replace(/marker=[^&]*/, 'marker=gone')}),
  }),
  'next link missing': page => ({...page, next: page.number === 0 ? page.next : undefined}),
  'row twice': page => ({...page, rows: page.number === 0 ? page.rows : [...page.rows, ...page.rows]}),
  'row twice, changed': page => ({
    ...page,
    rows: [...page.rows, ...page.rows.slice(0, 1).map(row => Object.assign({}, row, {name: 'other'}))],
  }),
};

function withoutMarker(query: string): string {
  const search = new URLSearchParams(query);
  search.delete('marker');
  return search.toString();
}

export const troubleKinds: readonly string[] = [
  'refuse',
  ...Object.keys(spoils),
  ...Object.keys(pagings),
  ...Object.keys(events),
];

/** @param paths All GET and POST paths of the calm run. @param lists Number of its list requests. */
export function planOf(
  seed: number,
  {paths, lists, elsewhere}: {paths: readonly string[]; lists: number; elsewhere: string},
): Plan {
  const random = seeded(seed);
  const services = [...new Set(paths.map(path => path.split('/')[1] ?? ''))].filter(name => name !== 'v3');
  const troubles: Trouble[] = [];
  const happens: Happening[] = [];
  let refused: string | undefined;
  const count = 1 + random.below(3);
  for (let n = 0; n < count; n++) {
    // Every kind is the first trouble of as many seeds as any other.
    const kind = n === 0 ? (troubleKinds[seed % troubleKinds.length] ?? '') : random.pick(troubleKinds);
    const happening = events[kind];
    if (kind === 'refuse') refused = random.pick(services);
    else if (happening !== undefined) {
      const own = random.below(1_000_000);
      happens.push({name: kind, at: random.below(lists + 1), event: now => happening(seeded(own))(now)});
    } else {
      const paged = Object.hasOwn(pagings, kind);
      const some = paged
        ? paths.filter(path => /(?:servers\/detail|ports|security-groups|volumes\/detail)$/.test(path))
        : paths;
      troubles.push({kind, path: random.pick(some), times: random.pick([1, 1, 2, 3, Infinity])});
    }
  }
  const hit = new Map<string, number>();
  const strikes = (trouble: Trouble, request: Request): boolean => {
    if (trouble.path !== request.path) return false;
    const name = `${trouble.kind} ${request.path} ${request.query}`;
    const before = hit.get(name) ?? 0;
    hit.set(name, before + 1);
    return before < trouble.times;
  };
  const slow = troubles.some(({kind}) => kind === 'stall' || kind === 'slow drip');
  return {
    seed,
    troubles,
    happens,
    page: random.pick([1, 2, 2, 3, 100]),
    refused,
    slow,
    fault(request) {
      for (const trouble of troubles) {
        const spoil = spoils[trouble.kind];
        if (spoil !== undefined && strikes(trouble, request)) return spoil({random, request, elsewhere});
      }
      return undefined;
    },
    paged(request, page) {
      const found = troubles.find(
        trouble => Object.hasOwn(pagings, trouble.kind) && strikes(trouble, request),
      );
      return found === undefined ? page : (pagings[found.kind]?.(page, request) ?? page);
    },
  };
}
