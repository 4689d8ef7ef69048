/** What preflight has to say: one sentence about one thing, and what to do about it. */
import {RekindleError} from '../../model/errors.ts';

export interface Finding {
  /** With an error nothing is created; a note says what was done, and asks for nothing. */
  readonly severity: 'error' | 'warning' | 'note';
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

export function note(where: string, what: string, hint = ''): Finding {
  return {severity: 'note', where, what, hint};
}

/** What a rule says of one property: `verdict` goes on after the value, as `is outside the subnet`. */
export interface Fault {
  readonly resource: string;
  /** Path of the property, as `fixed_ips[0].ip_address`. */
  readonly property: string;
  /** Absent where there is none to show. */
  readonly value?: unknown;
  readonly verdict: string;
  readonly hint: string;
  /** For what the operator may have set otherwise. */
  readonly severity?: Finding['severity'];
}

export function faultFinding({resource, property, value, verdict, hint, severity = 'error'}: Fault): Finding {
  const shown = value === undefined ? '' : ` ${shownValue(value)}`;
  return {severity, where: `resource ${resource}`, what: `${property}${shown} ${verdict}`, hint};
}

/** Short, on one line. */
export function shownValue(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) return '';
  return json.length > 80 ? `${json.slice(0, 77)}…${json.slice(-1)}` : json;
}

/** Of a noun of kinds.ts. */
export function plural(noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** A name as it may be shown: quoted, on one line. */
export function quoted(name: string): string {
  return JSON.stringify(name);
}

/**
 * @param what As `can't be deployed to the project "x"`.
 * @throws RekindleError 'not-deployable' with every error among the findings, if there is one
 */
export function refuse(findings: readonly Finding[], what: string, hint: string): void {
  const errors = findings.filter(({severity}) => severity === 'error');
  if (errors.length === 0) return;
  const lines = errors.map(one => `  ${one.where}: ${one.what}${one.hint === '' ? '' : `; ${one.hint}`}`);
  const count = errors.length === 1 ? 'one problem' : `${errors.length} problems`;
  throw new RekindleError('not-deployable', [`The bundle ${what}: ${count}`, ...lines].join('\n'), {hint});
}
