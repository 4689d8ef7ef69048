import {RekindleError} from '../../model/errors.ts';
import {DEEPEST_JSON} from '../../model/json.ts';

/** A mark no real key starts with: JavaScript must not see an integer-like key, or it moves it to the front. */
const MARK = '\u0001';
const MARK_ESCAPED = String.raw`\u0001`;

/**
 * In valid JSON a digits-only string that follows `{` or `,` and precedes `:` can only be a key: inside of strings the
 * quotes are escaped.
 */
const INTEGER_KEY = /(?<=[{,]\s*)"(\d+)"(?=\s*:)/gu;

/** Whether there may be such a key: far cheaper than marking, and mostly there is none. */
const MAYBE_INTEGER_KEY = /"\d+"\s*:/u;

/**
 * Parses JSON; the objects under the keys of `ordered` become lists of [key, value] pairs, in the order they were
 * written in.
 * @throws SyntaxError
 */
export function parseJson(text: string, ordered: readonly string[] = []): unknown {
  if (ordered.length === 0) return JSON.parse(text);
  const keys = new Set(ordered);
  if (!MAYBE_INTEGER_KEY.test(text)) return withPairs(JSON.parse(text), keys);
  const marked: unknown = JSON.parse(text.replaceAll(INTEGER_KEY, `"${MARK_ESCAPED}$1"`));
  return unmark(marked, keys);
}

/** What is nested deeper is no data of a service: it stays as it is, and is left out further on. */
const DEEPEST = 2 * DEEPEST_JSON;

/** Changes what was just parsed, in its place. */
function withPairs(value: unknown, ordered: ReadonlySet<string>, depth = 0): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) for (const item of value) withPairs(item, ordered, depth + 1);
  else if (isObject(value)) {
    const object = value as Record<string, unknown>;
    for (const key of Object.keys(object)) {
      const inner = object[key];
      if (typeof inner !== 'object' || inner === null) continue;
      withPairs(inner, ordered, depth + 1);
      if (ordered.has(key) && isObject(inner)) object[key] = Object.entries(inner);
    }
  }
  return value;
}

function unmark(value: unknown, ordered: ReadonlySet<string>, depth = 0): unknown {
  if (depth > DEEPEST) return value;
  const below = depth + 1;
  if (Array.isArray(value)) return value.map(item => unmark(item, ordered, below));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([marked, inner]): [string, unknown] => {
    const key = plain(marked);
    if (!ordered.has(key) || !isObject(inner)) return [key, unmark(inner, ordered, below)];
    return [key, Object.entries(inner).map(([name, one]) => [plain(name), unmark(one, ordered, below)])];
  });
  return Object.fromEntries(entries);
}

function plain(key: string): string {
  return key.startsWith(MARK) ? key.slice(MARK.length) : key;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key, or undefined where the thing isn't an object. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) {
    if (!isObject(inner) || !Object.hasOwn(inner, key)) return undefined;
    inner = inner[key];
  }
  return inner;
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const inner = at(value, ...path);
  return typeof inner === 'string' ? inner : undefined;
}

/**
 * The JSON of an answer: undefined where the body is empty or isn't JSON at all.
 * @throws RekindleError 'protocol' where it claims to be JSON and is broken.
 */
export function jsonOf(
  answer: {
    readonly text: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly status: number;
  },
  origin: {readonly service: string; readonly method: string; readonly path: string},
  ordered: readonly string[] = [],
): unknown {
  if (answer.text.trim() === '') return undefined;
  try {
    return parseJson(answer.text, ordered);
  } catch {
    if (!/\bjson\b/iu.test(answer.headers['content-type'] ?? '')) return undefined;
    throw new RekindleError(
      'protocol',
      `${origin.service}: ${origin.method} ${origin.path} answered ${answer.status} with broken JSON`,
      {
        ...origin,
        status: answer.status,
        hint: 'something between here and the service may cut its answers short',
      },
    );
  }
}
