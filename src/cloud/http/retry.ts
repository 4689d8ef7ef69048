import {type Clock} from '../types.ts';

/** Tries of one request, the first one included. */
export const TRIES = 4;
const LONGEST_WAIT = 60_000;
const FIRST_WAIT = 500;

const STATUSES = new Set([408, 429, 500, 502, 503, 504]);
/** Not ENOTFOUND or anything of TLS: those don't heal within a minute. */
const CODES = new Set([
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ECONNREFUSED',
  'EAI_AGAIN',
  // A compressed body that ends too early.
  'Z_BUF_ERROR',
]);

/** What came of one try: an answer, or the code of a failure. */
export type Outcome =
  {readonly status: number; readonly headers: Readonly<Record<string, string>>} | {readonly code: string};

/**
 * Milliseconds to wait before the next try; undefined where the outcome stands. Something that isn't safe to repeat is
 * only repeated where the service surely did nothing: a refused connection, or a rate limit.
 * @param tried How often it was tried, from 1 on.
 * @param safe Whether doing it twice is the same as doing it once.
 */
export function retryAfter(outcome: Outcome, tried: number, safe: boolean, clock: Clock): number | undefined {
  if (tried >= TRIES) return undefined;
  if ('code' in outcome) {
    const again = safe ? CODES.has(outcome.code) : outcome.code === 'ECONNREFUSED';
    return again ? backoff(tried, clock) : undefined;
  }
  const asked = askedWait(outcome.headers['retry-after'], clock);
  // 413 is the rate limit of old services, and with `Retry-After: 0` Cinder's quota error.
  const limited = outcome.status === 429 || (outcome.status === 413 && asked !== undefined && asked > 0);
  if (!limited && !(safe && STATUSES.has(outcome.status))) return undefined;
  return asked !== undefined && asked > 0 ? Math.min(asked, LONGEST_WAIT) : backoff(tried, clock);
}

/** Half fixed, half chance: many clients that failed together don't come back together. */
function backoff(tried: number, clock: Clock): number {
  const full = Math.min(FIRST_WAIT * 2 ** (tried - 1), LONGEST_WAIT);
  return Math.round(full * (0.5 + clock.random() / 2));
}

/** `Retry-After` as seconds or as a date (RFC 9110 §10.2.3), in milliseconds. */
function askedWait(header: string | undefined, clock: Clock): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+(?:\.\d+)?\s*$/u.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
}
