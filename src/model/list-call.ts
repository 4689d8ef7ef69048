/** How rows of one kind are asked for. */
import type {Row as AnyRow} from './inventory.ts';

/** A list call, and how its answer becomes rows. */
export interface ListCall {
  /** Official service type. */
  readonly service: string;
  readonly path: string;
  /** Key of the array in the answer. */
  readonly key: string;
  /** Highest microversion to read this list with. */
  readonly microversion?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Adds `project_id=<ours>`: an admin would get every project's rows otherwise. */
  readonly ours?: true;
  /** Neutron extension without which the collection does not exist. */
  readonly extension?: string;
  /** Each element is wrapped once more under this key (Nova's key pairs). */
  readonly unwrap?: string;
  /** Field to take as `id` where rows have none (a key pair's name). */
  readonly idField?: string;
  /** The same from several fields, of the element as it was answered. */
  readonly idOf?: (element: AnyRow) => unknown;
  /**
   * One GET per row, with `{field}` placeholders, where no list tells what only headers do (a container's metadata):
   * they become the row's `headers`, lower-case. No HEAD: Swift under eventlet ends the answer to one with an empty
   * chunk, which HTTP does not allow and Node takes for the start of the next answer.
   */
  readonly headers?: string;
  /**
   * Only when asked for: one GET per row and field, whose whole answer becomes the field (a stack's own template), as the
   * JSON text it came in: its order is part of it.
   */
  readonly details?: Readonly<Record<string, string>>;
  /**
   * A secret that no list holds: read only when secrets are to be captured, one GET per row. The answer's text is the
   * value of `field`, in base64 where `binary` says so.
   */
  readonly secret?: {
    readonly field: string;
    readonly path: string;
    /** Undefined: the row has none. */
    readonly accept: (row: AnyRow) => string | undefined;
    readonly binary: (row: AnyRow) => boolean;
  };
  /** Keys whose object value keeps its order, as pairs. */
  readonly ordered?: readonly string[];
  /** Second wave: rows that others refer to and the first wave did not bring, fetched by id. */
  readonly referred?: {
    /** Ids wanted, from the rows read so far. */
    readonly ids: (rows: RowsByKind) => Iterable<string | null | undefined>;
    /** Query parameter that takes them: repeated, or Glance's `in:a,b`. */
    readonly parameter: string;
    /** 'whole': no filter takes them, so the whole list is read, once any id is wanted. */
    readonly style: 'repeated' | 'in' | 'whole';
  };
  /** No first wave: only what others refer to. */
  readonly only?: 'referred';
  /**
   * What a row says of other rows that this project can see. Lists are answered one after another: where two of them
   * don't agree, something changed in between, and both are read again.
   */
  readonly names?: (row: AnyRow) => Iterable<Named>;
  /** Rows to keep of the answer; the others are no business of this project. */
  readonly keep?: (row: AnyRow, rows: RowsByKind) => boolean;
  /** One call per parent row: `path`, and values of `query`, get `{name}` placeholders from the parent's fields. */
  readonly parent?: {
    readonly kind: string;
    readonly when?: (parent: AnyRow, context: {readonly extensions: readonly string[]}) => boolean;
    /** Field of the child that takes the parent's id. */
    readonly field: string;
  };
}

/** Another row, as a row knows it. */
export interface Named {
  readonly kind: string;
  /** Field of the other row that tells it from its like. Default: `id`. */
  readonly field?: string;
  /** Anything but a text that says something names nothing. */
  readonly value: unknown;
  /** Whether the other row says so too. */
  readonly agrees?: (other: AnyRow) => boolean;
  /** Its service lets nobody name what the project can't see: a list without it is never whole. */
  readonly sure?: true;
}

export type RowsByKind = Readonly<Record<string, readonly AnyRow[]>>;
