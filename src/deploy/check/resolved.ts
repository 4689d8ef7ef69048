/** What came of looking for a parameter's value in the target. */
import type {Fields} from '../../model/json.ts';
import type {Proposal} from '../../model/proposal.ts';
import type {Mapped} from '../mapping/apply.ts';
import type {Finding} from './finding.ts';
import type {SourceFacts} from './source-facts.ts';

/** A value that would do, where the one given doesn't. */
export interface Match {
  readonly parameter: string;
  readonly value: string;
  /** Why it is the one, as `the only external network there`. */
  readonly why: string;
}

export interface Resolved {
  /** Values found that differ from those given: an id where the name would be ambiguous. */
  readonly values: Fields;
  readonly findings: readonly Finding[];
  readonly matches?: readonly Match[];
  /** Of parameters that name something of the target. */
  readonly proposals?: readonly Proposal[];
  /** What was taken for what the target doesn't have. */
  readonly mapped?: readonly Mapped[];
}

export interface OutsideOptions {
  /** Names of the parameters whose value the user chose. */
  readonly chosen: ReadonlySet<string>;
  /** Of those the ones given for this deployment: it is their value that was meant, and not the source's. */
  readonly given: ReadonlySet<string>;
  /** What is known of the source's things. */
  readonly facts?: SourceFacts | undefined;
  /** What is certainly meant is taken where a value won't do. */
  readonly auto?: boolean | undefined;
}

export const nothing: Resolved = {values: {}, findings: []};

export function found(...findings: readonly Finding[]): Resolved {
  return {values: {}, findings};
}

/** What to do after a refusal. @param nothing As `nothing was created`. */
export function mendHint(
  nothing: string,
  checks: readonly {readonly findings: readonly Finding[]; readonly matches: readonly Match[]}[],
): string {
  const isKnown = checks.some(({findings, matches}) =>
    findings.some(
      ({severity, where}) =>
        severity === 'error' && matches.some(({parameter}) => where === `parameter ${parameter}`),
    ),
  );
  return `${nothing}; mend these and deploy again${isKnown ? '; --map auto takes what is certainly meant' : ''}`;
}
