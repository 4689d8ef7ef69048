/** Everything that a run takes from outside, so that a test passes its own and nothing here touches the process. */
import type {Clock} from '../cloud/types.ts';

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What ends a run before its time; `SIGPIPE` is a reader that went away. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'SIGPIPE';

/** A key as somebody pressed it. */
export interface Key {
  /** As Node's readline calls it: `up`, `pagedown`, `return`, `a`; '' where it has no name. */
  readonly name: string;
  /** What it types; '' for keys that type nothing. */
  readonly text: string;
  readonly ctrl: boolean;
}

/** A terminal that is taken over as a whole: keys come from it, and what is written stands where it is put. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** @param listener Called with undefined where no key will come any more. */
  onKey(listener: (key: Key | undefined) => void): void;
  onResize(listener: () => void): void;
  /** Leaves the terminal as it was; it can be called again. */
  close(): void;
}

export interface World {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
  /** All of standard input as text, for the file operand `-`. */
  readonly stdin: () => Promise<string>;
  /** Asks on the terminal and reads a line, hidden if it is a secret; absent where there is no terminal to ask on. */
  readonly ask?: ((question: string, hidden: boolean) => Promise<string>) | undefined;
  /** Takes the terminal over; absent where there is none, or one that can't. */
  readonly screen?: (() => Screen) | undefined;
  /** Default: the real time. */
  readonly clock?: Clock | undefined;
  /** Calls the listener on an interruption; the returned function ends that. */
  readonly onInterruption: (listener: (what: Interruption) => void) => () => void;
}
