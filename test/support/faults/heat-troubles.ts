/** What goes wrong between us and a Heat, by seed; a request may have its effect though its answer is lost. */
import type {Fault, Request} from '../replay/server.ts';
import {seeded} from './seeded.ts';

/** A Heat to be spoiled; asking it is what has the effect. */
export interface PlainHeat {
  readonly fault: (request: Request) => Fault | undefined;
}

export interface HeatTrouble {
  readonly kind: string;
  /** Which requests it spoils, by what they are for. */
  readonly of: string;
  /** The first one spoiled, counted from 0, and how many. */
  readonly from: number;
  readonly times: number;
  /** Heat got the request nevertheless. */
  readonly late: boolean;
}

export interface HeatPlan {
  readonly seed: number;
  readonly troubles: readonly HeatTrouble[];
  /** Looks at the events before somebody deletes the stack. */
  readonly gone: number | undefined;
  /** The stack ends as a failed one. */
  readonly fails: boolean;
}

const json = {'content-type': 'application/json'};
const html = '<html><body>Bad gateway</body></html>';
const words = JSON.stringify({error: {message: 'trouble', type: 'Trouble'}, code: 500, title: 'Trouble'});

const spoils: Readonly<Record<string, Fault>> = {
  '500': {status: 500, headers: json, body: words},
  'a slow engine': {
    status: 500,
    headers: json,
    body: JSON.stringify({
      code: 500,
      title: 'Internal Server Error',
      explanation: 'The server has either erred or is incapable of performing the requested operation.',
      error: {message: 'Timed out', type: 'MessagingTimeout', traceback: null},
    }),
  },
  '502': {status: 502, headers: {'content-type': 'text/html'}, body: html},
  '503': {status: 503, headers: {...json, 'retry-after': '1'}, body: words},
  '504': {status: 504, headers: {'content-type': 'text/html'}, body: html},
  '429': {status: 429, headers: json, body: words},
  reset: 'reset',
  HTML: {status: 200, headers: {'content-type': 'text/html'}, body: html},
  'half of the JSON': {status: 200, headers: json, body: '{"stack": {"id": "0a1b'},
  'an empty object': {status: 200, headers: json, body: '{}'},
  '403': {status: 403, headers: json, body: words},
  expire: 'expire',
  '401': {status: 401, headers: json, body: words},
};

/** What may be answered for a Heat that has taken the request. */
const comesLate = new Set([
  'a slow engine',
  '502',
  '503',
  '504',
  'reset',
  'HTML',
  'half of the JSON',
  'an empty object',
]);

/** What a request below Heat's endpoint is for. */
function purposeOf({method, path}: Request): string {
  const below = path.split('/').slice(4);
  if (path.endsWith('/auth/tokens')) return 'the token';
  if (!path.startsWith('/orchestration/')) return 'another service';
  if (method === 'POST' && below.join('/') === 'stacks') return 'the creation';
  if (method === 'PUT') return 'the update';
  if (method === 'DELETE') return 'the deletion';
  if (below.at(-1) === 'actions') return 'the action';
  if (below.at(-1) === 'events') return 'the events';
  if (below.join('/') === 'stacks') return 'the list of stacks';
  return below[0] === 'stacks' && below.length === 3 ? 'the stack' : 'something else';
}

const changes = ['the creation', 'the update', 'the deletion', 'the action'];

export const heatTroubles = [...Object.keys(spoils), 'gone', 'fails'];

export function heatPlan(seed: number): HeatPlan {
  const random = seeded(seed);
  const troubles: HeatTrouble[] = [];
  const count = 1 + random.below(3);
  for (let n = 0; n < count; n++) {
    const kind = n === 0 ? (heatTroubles[seed % heatTroubles.length] ?? '') : random.pick(heatTroubles);
    const of = random.pick([
      ...changes,
      ...changes,
      'the events',
      'the events',
      'the stack',
      'the list of stacks',
      'something else',
      'the token',
    ]);
    const times = random.pick([1, 1, 2, 4, 5, Infinity]);
    const from = changes.includes(of) ? 0 : random.below(5);
    troubles.push({kind, of, from, times, late: random.next() < 0.5 && comesLate.has(kind)});
  }
  const has = (wanted: string): boolean => troubles.some(({kind}) => kind === wanted);
  return {seed, troubles, gone: has('gone') ? 1 + random.below(4) : undefined, fails: has('fails')};
}

/** The Heat with its troubles. */
export function spoiled(heat: PlainHeat, plan: HeatPlan): PlainHeat {
  const seen = new Map<string, number>();
  let looks = 0;
  const gone = {status: 404, headers: json, body: JSON.stringify({error: {message: 'not found'}, code: 404})};
  const answer = (request: Request, purpose: string): Fault | undefined => {
    if (purpose === 'the events') looks += 1;
    if (plan.gone === undefined || looks < plan.gone) return heat.fault(request);
    if (purpose === 'the list of stacks') return {status: 200, headers: json, body: '{"stacks": []}'};
    return request.path.includes('/stacks/web') ? gone : heat.fault(request);
  };
  return {
    fault(request) {
      const purpose = purposeOf(request);
      const number = seen.get(purpose) ?? 0;
      seen.set(purpose, number + 1);
      const struck = plan.troubles.find(
        ({kind, of, from, times}) =>
          Object.hasOwn(spoils, kind) && of === purpose && number >= from && number < from + times,
      );
      const spoil = struck === undefined ? undefined : spoils[struck.kind];
      if (spoil === undefined) return answer(request, purpose);
      if (struck?.late === true && changes.includes(purpose)) answer(request, purpose);
      // The fake answers for itself, so an ended token is one that it refuses.
      return spoil === 'expire' ? {status: 401, headers: json, body: words} : spoil;
    },
  };
}

export function describeHeat({troubles, gone, fails}: HeatPlan): string {
  const told = troubles.map(
    ({kind, of, from, times, late}) =>
      `${kind} for ${of}, from ${from}, ${times} times${late ? ', after the effect' : ''}`,
  );
  return [
    ...told,
    ...(gone === undefined ? [] : [`deleted at look ${gone}`]),
    ...(fails ? ['it fails'] : []),
  ].join('; ');
}
