/** Runs of a snapshot in a cloud where things go wrong, and what is to be thought of how they end. */
import type {Clock} from '../../../src/cloud/index.ts';
import {discover} from '../../../src/discover/index.ts';
import {RekindleError} from '../../../src/model/errors.ts';
import {isAbsence, isPartial, type Inventory} from '../../../src/model/inventory.ts';
import {render} from '../../../src/pipeline/index.ts';
import {inventoryText} from '../../../src/store/index.ts';
import {readSample} from '../replay/sample.ts';
import type {ReplayOptions} from '../replay/server.ts';
import {openReplay} from '../replay/session.ts';
import {startElsewhere, type Elsewhere} from './elsewhere.ts';
import {living, stepsOf} from './living.ts';
import {planOf, type Happening, type Plan} from './plan.ts';

export const password = 'S3cret-pass/word';

/** How the replay's tokens begin. */
const token = 'replayed-';

/** Waits end at once. */
export const hasty: Clock = {now: () => Date.now(), sleep: async () => Promise.resolve(), random: () => 0.5};

/**
 * How a run ends. `same`: with the calm run's bytes. `later`: with those of a calm run after some of what happened
 * meanwhile. `partial`: with gaps that name what is missing. `error`: with a sentence that says what and where.
 */
export const endings = ['same', 'later', 'partial', 'error'] as const;
export type Ending = (typeof endings)[number];

export interface Run {
  readonly plan: Plan;
  readonly ending: Ending;
  /** What is wrong with that; empty where nothing is. */
  readonly wrong: readonly string[];
  /** The error's message, or the gaps. */
  readonly said: string;
}

export interface Arena {
  readonly elsewhere: Elsewhere;
  readonly plan: (seed: number) => Plan;
  /** A cloud in which that goes wrong. */
  readonly cloud: (plan: Plan) => ReplayOptions;
  /** Snapshot through the library. */
  readonly run: (seed: number) => Promise<Run>;
  /** Whether that is an inventory of the project as it was at some moment of the plan. */
  readonly isMoment: (inventory: Inventory, plan: Plan) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** What the calm run asks is read once. */
export async function openArena(): Promise<Arena> {
  const recording = await readSample('web');
  const about = new Date(recording.date);
  const keys = recording.exchanges.flatMap(({body}) => Object.keys(objectOf(body)));
  const elsewhere = await startElsewhere([...new Set(keys)]);

  const take = async (options: Parameters<typeof openReplay>[1]): Promise<Inventory> => {
    const {session, close} = await openReplay(recording, {...options, password, clock: hasty});
    try {
      return await discover(session, {now: () => about, tool: 'rekindle'});
    } finally {
      await close();
    }
  };

  const paths = new Set<string>();
  let lists = 0;
  const calmCloud = living(recording, {page: 100});
  const calm = await take({
    ...calmCloud,
    fault: ({path}) => void paths.add(path),
    change(request, answer) {
      if (request.method === 'GET') lists += 1;
      return calmCloud.change?.(request, answer) ?? answer;
    },
  });
  const calmBundle = bundleText(calm);
  const known = {paths: [...paths].sort(), lists, elsewhere: elsewhere.origin};

  const cloud = (plan: Plan): ReplayOptions => {
    const alive = living(recording, {page: plan.page, paged: plan.paged, events: plan.happens});
    return {
      ...alive,
      fault: plan.fault,
      change(request, answer) {
        const made = alive.change?.(request, answer) ?? answer;
        if (plan.refused === undefined || !request.path.endsWith('/auth/tokens')) return made;
        // Nothing listens on the port of the discard service.
        const endpoint = new RegExp(`http://[^"]*(?=/${plan.refused}[/"])`, 'g');
        return {...made, text: made.text.replaceAll(endpoint, 'http://127.0.0.1:9')};
      },
    };
  };

  const isMoment = async (inventory: Inventory, {happens}: Plan): Promise<boolean> => {
    const text = inventoryText(inventory);
    // Each event as far as it may have come.
    const moments = happens.reduce<Happening[][]>(
      (found, one) => {
        const some = Array.from({length: stepsOf(recording, one.event) + 1}, (_, steps) => ({...one, steps}));
        return found.flatMap(before => some.map(now => before.concat(now)));
      },
      [[]],
    );
    for (const events of moments.map(some => some.map(one => ({...one, at: one.at - lists}))))
      if (inventoryText(await take(living(recording, {page: 100, events}))) === text) return true;
    return false;
  };

  const judge = async (inventory: Inventory, plan: Plan): Promise<Pick<Run, 'ending' | 'wrong'>> => {
    if (inventoryText(inventory) === inventoryText(calm)) {
      // The same bytes go in: now and then it is worth looking at what comes out.
      const other = plan.seed % 8 === 0 && bundleText(inventory) !== calmBundle;
      return {ending: 'same', wrong: other ? ['another bundle of the same inventory'] : []};
    }
    if (!isPartial(inventory)) {
      const is = await isMoment(inventory, plan);
      const kinds = differing(calm, inventory).join(', ');
      return {ending: 'later', wrong: is ? [] : [`never was so, and nothing says it: ${kinds}`]};
    }
    const report = bundleText(inventory, /^report\.json$/);
    const unsaid = inventory.gaps
      .filter(gap => !isAbsence(gap) && !report.includes(JSON.stringify(gap.detail)))
      .map(({detail}) => `not in the report: ${detail}`);
    return {
      ending: 'partial',
      wrong: [...unsaid, ...(plan.happens.length === 0 ? unnamed(calm, inventory) : [])],
    };
  };

  const run = async (seed: number): Promise<Run> => {
    const plan = planOf(seed, known);
    const lines: string[] = [];
    const before = elsewhere.received.length;
    const logger = {log: (_: unknown, line: string) => void lines.push(line)};
    let result: Pick<Run, 'ending' | 'wrong'>;
    let said: string;
    try {
      const inventory = await inTime(take({...cloud(plan), logger, ...(plan.slow ? {timeout: 0.3} : {})}));
      const gaps = inventory.gaps.filter(gap => !isAbsence(gap));
      said = gaps
        .map(({service, kind, reason, detail}) => `${kind} (${service}) ${reason}: ${detail}`)
        .join('\n');
      lines.push(inventoryText(inventory));
      result = await judge(inventory, plan);
    } catch (error) {
      said = error instanceof RekindleError ? `${error.code}: ${error.message}` : String(error);
      lines.push(...told(error));
      result = {ending: 'error', wrong: unclear(error)};
    }
    const leaks = leaksOf(lines, elsewhere.received.slice(before));
    return {plan, said, ending: result.ending, wrong: [...result.wrong, ...leaks]};
  };

  return {elsewhere, plan: seed => planOf(seed, known), cloud, run, isMoment, close: () => elsewhere.close()};
}

/** Everything that a message may be made of. */
export function told(error: unknown): string[] {
  if (!(error instanceof RekindleError)) return [String(error)];
  return [
    error.message,
    error.hint ?? '',
    String(error.stack),
    JSON.stringify(error.origin),
    String(error.cause),
  ];
}

export function leaksOf(lines: readonly string[], received: readonly string[]): string[] {
  return [password, token].flatMap(secret => {
    const told = lines.filter(line => line.includes(secret)).map(line => `${secret} is told: ${line}`);
    const sent = received.filter(text => text.includes(secret));
    return told.concat(sent.map(text => `${secret} is sent to another host: ${text}`));
  });
}

/** No run may take longer, whatever the cloud does. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), 60_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is wrong with an error: it must be one of ours, no bug, and say where. */
export function unclear(error: unknown): string[] {
  if (!(error instanceof RekindleError)) return [`no error of ours: ${String(error)}`];
  if (error.code === 'internal') return ['an internal error'];
  const where =
    /^(?:[a-z-]+: (?:GET|POST|the answer to GET|the catalog)|Keystone at |.*127\.0\.0\.1|The catalog )/;
  return where.test(error.message) ? [] : [`it does not say where: ${error.message}`];
}

function bundleText(inventory: Inventory, wanted = /./): string {
  const {bundle} = render(inventory);
  return bundle
    .filter(({path}) => wanted.test(path))
    .map(({path, text}) => `${path}\n${text}`)
    .join('\n');
}

function objectOf(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

/** Kinds whose rows are not the same in both. */
function differing(a: Inventory, b: Inventory): string[] {
  const kinds = new Set([...Object.keys(a.rows), ...Object.keys(b.rows)]);
  return [...kinds].filter(kind => JSON.stringify(a.rows[kind] ?? []) !== JSON.stringify(b.rows[kind] ?? []));
}

/** Kinds that differ though neither they nor what leads to them has a gap. */
function unnamed(calm: Inventory, inventory: Inventory): string[] {
  const named = new Set(inventory.gaps.map(({kind}) => kind));
  // Rows of other projects are read because ours refer to them.
  const led: Readonly<Record<string, readonly string[]>> = {
    network: ['router', 'floating_ip'],
    image: ['server', 'volume'],
  };
  return differing(calm, inventory)
    .filter(kind => !named.has(kind) && !(led[kind] ?? []).some(from => named.has(from)))
    .map(kind => `${kind} differs without a gap of its own`);
}
