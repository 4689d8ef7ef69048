/** The lists that need no other, as they come in: what looks at some of them need not wait for all. */
import type {Row} from '../model/inventory.ts';
import type {RowsByKind} from '../model/list-call.ts';

interface FirstList {
  readonly kind: string;
  /** Which of its rows are kept depends on other lists. */
  readonly pruned: boolean;
  /** Rows as this list alone has them: what others add later is not in them. */
  readonly rows: Promise<readonly Row[]>;
}

export class FirstWave {
  readonly #lists: ReadonlyMap<string, FirstList>;
  readonly #there = new Map<string, readonly Row[]>();

  constructor(lists: readonly FirstList[]) {
    this.#lists = new Map(lists.map(list => [list.kind, list]));
  }

  /**
   * What the look makes of the rows, as soon as each list it looks at is there: the same whatever comes first. It is begun
   * anew for each list it has to wait for, so that it must change nothing.
   * @returns Undefined where it can't be told before all lists are there, or the look fails: rows may be malformed.
   * @throws What a list failed with.
   */
  async seen<T>(look: (view: RowsByKind) => T): Promise<T | undefined> {
    for (;;) {
      // What is thrown may be caught on its way here; what was missed is known.
      let missed: string | undefined;
      const get = (_: object, name: string | symbol): readonly Row[] => {
        const kind = String(name);
        const rows = this.#there.get(kind) ?? (this.#lists.has(kind) ? undefined : []);
        if (rows !== undefined) return rows;
        missed ??= kind;
        throw new Error(`${kind} is still being read`);
      };
      let made: T | undefined;
      try {
        made = look(new Proxy({}, {get}));
      } catch {
        if (missed === undefined) return undefined;
      }
      if (missed === undefined) return made;
      const list = this.#lists.get(missed);
      if (list === undefined || list.pruned) return undefined;
      this.#there.set(missed, await list.rows);
    }
  }
}
