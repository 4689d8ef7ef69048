/** What discovery found: the rows as the APIs answered them, and every gap. Versioned JSON; all later stages read only this. */

/** A row: one object of an API's list. Nothing is known of its fields until a resource type reads them. */
export type Row = Readonly<Record<string, unknown>>;

/** Stands in a row where a secret was: that there is one is worth knowing. */
export const redacted = '(redacted)';

/** Something that could not be read; a snapshot with gaps is partial. */
export interface Gap {
  readonly service: string;
  /** Resource kind whose rows are missing. */
  readonly kind: string;
  readonly reason: 'no-service' | 'no-extension' | 'forbidden' | 'failed' | 'vanished';
  /** One sentence for people. */
  readonly detail: string;
  /** Id of the parent whose children could not be listed, or of the object that vanished. */
  readonly parent?: string;
}

export interface ServiceFact {
  /** Microversion the rows were read with. */
  readonly microversion?: string;
  /** Highest the service offers. */
  readonly maximum?: string;
}

export interface Inventory {
  readonly format: 'rekindle-inventory';
  readonly version: 1;
  /** ISO time, UTC. The only thing that differs between two snapshots of an unchanged project. */
  readonly captured_at: string;
  readonly tool: string;
  readonly source: {
    /** Host of Keystone; no URL, no user. */
    readonly auth_host: string;
    readonly region: string | null;
    readonly project: {readonly id: string; readonly name: string};
    /** Whose key pairs these are. */
    readonly user_id: string;
    /** Role names, sorted. */
    readonly roles: readonly string[];
  };
  readonly services: Readonly<Record<string, ServiceFact>>;
  /** Neutron extension aliases, sorted. */
  readonly extensions: readonly string[];
  /** By resource kind, sorted by id. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly gaps: readonly Gap[];
}

/** The rows of a kind; hostile names of kinds find none. */
export function rowsOf({rows}: Pick<Inventory, 'rows'>, kind: string): readonly Row[] {
  return Object.hasOwn(rows, kind) ? (rows[kind] ?? []) : [];
}

/** Whether a row says that it belongs to another project. */
export function isForeign(row: Row | undefined, project: string): boolean {
  const owner = row?.['project_id'] ?? row?.['tenant_id'];
  return typeof owner === 'string' && owner !== project;
}

/** When it was made, as its service says it; '' where it doesn't. Older things come first. */
export function ageOf(row: Row): string {
  const created = row['created_at'] ?? row['created'];
  return typeof created === 'string' ? created : '';
}

/** A service or an extension that isn't there at all holds nothing of the project. */
export function isAbsence({reason}: Pick<Gap, 'reason'>): boolean {
  return reason === 'no-service' || reason === 'no-extension';
}

/** Whether something of the project may be missing. */
export function isPartial(inventory: Inventory): boolean {
  return !inventory.gaps.every(isAbsence);
}

/** One line for each thing that went wrong, however many kinds it keeps from being read; in the gaps' order. */
export function mergedGaps(
  gaps: readonly Gap[],
): readonly (Pick<Gap, 'service' | 'reason' | 'detail'> & {readonly kinds: readonly string[]})[] {
  const merged = new Map<string, Pick<Gap, 'service' | 'reason' | 'detail'> & {kinds: string[]}>();
  for (const {service, reason, detail, kind} of gaps) {
    const known = merged.get(detail);
    if (known === undefined) merged.set(detail, {service, reason, detail, kinds: [kind]});
    else if (!known.kinds.includes(kind)) known.kinds.push(kind);
  }
  return [...merged.values()];
}
