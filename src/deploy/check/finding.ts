/** What preflight has to say: one sentence about one thing, and what to do about it. */

export interface Finding {
  /** With an error nothing is created. */
  readonly severity: 'error' | 'warning';
  /** What is wrong: a sentence without its full stop. */
  readonly what: string;
  /** Where, as `parameter flavor_m1_small` or `quota`. */
  readonly where: string;
  /** What to do; '' where nothing needs saying. */
  readonly hint: string;
}

export function problem(where: string, what: string, hint = ''): Finding {
  return {severity: 'error', where, what, hint};
}

export function warning(where: string, what: string, hint = ''): Finding {
  return {severity: 'warning', where, what, hint};
}

/** Of a noun of kinds.ts. */
export function plural(noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** A name as it may be shown: quoted, on one line. */
export function quoted(name: string): string {
  return JSON.stringify(name);
}
