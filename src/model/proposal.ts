/** What the target has for a parameter that names something outside the bundle. */

/** A value that could be given, and why. */
export interface Proposed {
  readonly value: string;
  readonly why: string;
}

export interface Proposal {
  readonly parameter: string;
  /** What it names, in words, as `flavor`. */
  readonly noun: string;
  /** What the source calls it; '' where it has no name. */
  readonly from: string;
  /** Absent: nothing is proposed. */
  readonly value?: string;
  /** Why that value, or why none. */
  readonly why: string;
  /** Next best first, at most five. */
  readonly others: readonly Proposed[];
}
