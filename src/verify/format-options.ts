/** What a writer of differences is told beside them. */

/** What the two sources are called. */
export interface Sides {
  readonly source: string;
  readonly clone: string;
  /** One project at two times, the source's first. */
  readonly since?: boolean | undefined;
  /** When each was read; ISO times. */
  readonly times?: readonly [string, string] | undefined;
}

export type Paint = (style: 'red' | 'green' | 'yellow' | 'bold', text: string) => string;

export interface FormatOptions {
  /** Default: a source and its clone. */
  readonly sides?: Sides | undefined;
  /** List what rules set aside; JSON has it anyway. */
  readonly showIgnored?: boolean | undefined;
  /** For a terminal. */
  readonly paint?: Paint | undefined;
}

export const plainPaint: Paint = (_style, text) => text;
