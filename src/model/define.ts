/**
 * The shape of one resource type, checked by the compiler: every property of Heat's that we model is filled from
 * fields of the API's row, and every field of the row is either read by a property or ignored for a stated reason.
 */
import type {Place, Step} from './graph.ts';
import type {Row as AnyRow} from './inventory.ts';
import type {ListCall} from './list-call.ts';
import {Ref} from './value.ts';

/**
 * What becomes of the things that Heat stacks of the source own: rebuilt one by one, by their stack's own template, or
 * left out with their stack.
 */
export const stacksModes = ['as-resources', 'as-template', 'skip'] as const;
export type StacksMode = (typeof stacksModes)[number];

/** What a mapping may look at beside its own row. Everything here is pure look-up or a remark about the row at hand. */
export interface Scope {
  readonly project: {readonly id: string; readonly name: string};
  readonly userId: string;
  readonly stacks: StacksMode;
  /** Outputs that other things need of a stack rebuilt by its own template: output name to resource name. */
  wantedOutputs(stack: string): ReadonlyMap<string, string>;
  /** What the rows name addresses by, where the target chooses those of ports and VIPs; undefined where they are kept. */
  naming(): Naming | undefined;
  /** Neutron extension aliases of the source. */
  readonly extensions: readonly string[];
  /** The row with that id, of this project or not. */
  row<K extends string, R>(type: Typed<K, R>, id: string | null | undefined): R | undefined;
  rows<K extends string, R>(type: Typed<K, R>): readonly R[];
  /** Rows whose field equals the value, or, for a list field, holds it. Indexed. */
  by<K extends string, R>(type: Typed<K, R>, field: keyof R & string, value: string): readonly R[];
  /** Where that row stands in the template. */
  place<K extends string, R>(type: Typed<K, R>, id: string): Place | undefined;
  /** The user left it out: what refers to it takes what the target has, by a parameter. */
  isCut<K extends string, R>(type: Typed<K, R>, id: string): boolean;
  /** Computed once per graph. */
  memo<V>(key: string, make: () => V): V;
  /** The field, or the named part of it, does not survive. */
  lose(field: string, reason: string): void;
  step(step: Step): void;
  /** A comment for the reader of the template. */
  note(text: string): void;
}

/** Addresses that rows name, beside those that hold them. */
export interface Naming {
  /** By address: what names it and can't follow where another one is chosen, as `subnet host_routes`. */
  readonly stuck: ReadonlyMap<string, string>;
  /** Named by what follows. */
  readonly followed: ReadonlySet<string>;
}

/** Fields with addresses that need not be the source's, where the target chooses. */
export interface AddressFields<F> {
  /** What the row has itself, or what means nothing without that. */
  readonly holds?: readonly F[];
  /** They name others' addresses, and their properties say whose: a plain address follows, a net of one does not. */
  readonly follows?: readonly F[];
}

/** Where one property comes from. */
export interface Source<F, V> {
  readonly reads: readonly F[];
  readonly make: (row: never, scope: Scope) => V;
  /** Own kind, for a reference to one's own kind. */
  readonly self?: string;
}

/** Phantom-typed handle of a kind: what references and look-ups need to know of it. */
export interface Typed<K extends string, R> {
  readonly kind: K;
  /** Never set; carries the row type. */
  readonly row?: R;
}

type Opt<V> = V extends null | undefined | '' ? undefined : never;

/** Builders of property sources for one row type. */
export interface Builders<Row> {
  /** As it is. */
  copy<F extends keyof Row>(field: F): Source<F, Row[F]>;
  /** Left out if null, undefined, '', [] or {}. */
  some<F extends keyof Row>(field: F): Source<F, NonNullable<Row[F]> | undefined>;
  /** Left out if null, undefined or one of these, which the server picks by itself. */
  unless<F extends keyof Row>(field: F, ...defaults: Row[F][]): Source<F, NonNullable<Row[F]> | undefined>;
  ref<K extends string, R, F extends keyof Row>(to: Typed<K, R>, field: F): Source<F, Ref<K> | Opt<Row[F]>>;
  /** A reference to one's own kind. */
  self<K extends string, F extends keyof Row>(kind: K, field: F): Source<F, Ref<K> | Opt<Row[F]>>;
  /** From the rows of another kind that point here. */
  back<K extends string, R extends {readonly id: string}, V>(
    by: Typed<K, R>,
    field: keyof R & string,
    each: (ref: Ref<K>, row: R) => V,
  ): Source<never, V[]>;
  derive<F extends keyof Row, V>(field: F, make: (value: Row[F], scope: Scope) => V): Source<F, V>;
  /** From several fields and whatever the scope can look up. */
  make<const F extends readonly (keyof Row)[], V>(
    fields: F,
    make: (row: Pick<Row, F[number] | ('id' & keyof Row)>, scope: Scope) => V,
  ): Source<F[number], V>;
}

/** Values that say nothing: losing them loses nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && !(value instanceof Ref) && Object.keys(value).length === 0;
}

const builders: Builders<Record<string, unknown>> = {
  copy: field => ({reads: [field], make: (row: never) => row[field]}),
  some: field => ({
    reads: [field],
    make: (row: never) => {
      const value: unknown = row[field];
      return value === false || !isEmpty(value) ? (value as NonNullable<unknown>) : undefined;
    },
  }),
  unless: (field, ...defaults) => ({
    reads: [field],
    make: (row: never) => {
      const value: unknown = row[field];
      return value === null || value === undefined || defaults.includes(value) ? undefined : value;
    },
  }),
  ref: (to, field) => ({reads: [field], make: (row: never) => refOrNothing(to.kind, row[field]) as never}),
  self: (kind, field) => ({
    reads: [field],
    self: kind,
    make: (row: never) => refOrNothing(kind, row[field]) as never,
  }),
  back: (by, field, each) => ({
    reads: [],
    make: (row: never, scope) =>
      scope.by(by, field, row['id']).map(other => each(new Ref(by.kind, other.id), other)),
  }),
  derive: (field, make) => ({reads: [field], make: (row: never, scope) => make(row[field], scope)}),
  make: (fields, make) => ({reads: fields, make: (row: never, scope) => make(row, scope)}),
};

function refOrNothing(kind: string, id: unknown): Ref | undefined {
  return typeof id === 'string' && id !== '' ? new Ref(kind, id) : undefined;
}

/** The builders for a row type. */
export function from<Row>(): Builders<Row> {
  return builders as unknown as Builders<Row>;
}

/** A field that Heat can't set: lost, unless its value says nothing (empty, false, or one of `neutral`). */
export interface Lossy {
  readonly lossy: string;
  readonly neutral: readonly unknown[];
  /** Rows that lose it; default: all whose value says something. */
  readonly where?: (row: never, scope: Scope) => boolean;
}
export function lossy(reason: string, ...neutral: unknown[]): Lossy {
  return {lossy: reason, neutral};
}

/** Lost with some rows only; with the others something else says it. */
export function lossyWhere(reason: string, where: (row: never, scope: Scope) => boolean): Lossy {
  return {lossy: reason, neutral: [], where};
}

/** A field that one API call beside the stack can restore; `make` answers undefined where there is nothing to do. */
export interface Stepwise<Row> {
  readonly stepwise: (row: Row, scope: Scope) => Omit<Step, 'fields'> | undefined;
}
export function stepwise<Row>(
  make: (row: Row, scope: Scope) => Omit<Step, 'fields'> | undefined,
): Stepwise<Row> {
  return {stepwise: make};
}

/**
 * Why no property reads a field:
 * - `read-only`: the server makes it; nothing to do, never compared.
 * - `elsewhere`: another resource carries it.
 */
export type Ignore<Row> = 'read-only' | 'elsewhere' | Lossy | Stepwise<Row>;

type Mapping<Row, Props> = {readonly [P in keyof Props]-?: Source<keyof Row, Props[P]>};
type Reads<M> = M[keyof M] extends Source<infer F, unknown> ? F : never;
type Left<Row, M, I> = Exclude<keyof Row, 'id' | Reads<M> | keyof I>;

/** How a thing of this kind is named as a parameter when it is outside the snapshot. */
export interface Outside<Row> {
  readonly constraint?: string;
  readonly prefix: string | ((row: Row | undefined) => string);
  /** It can't be expected in the target (another user's key pair): the parameter is empty until somebody fills it. */
  readonly optional?: true;
  /** What refers to it takes no name: the parameter has no default, and the source's id as its value. */
  readonly byId?: true;
}

interface Common<K extends string, Row> {
  readonly kind: K;
  /** Heading of its resources in the template, and of the parameters that stand for such things. */
  readonly section: string;
  readonly outside?: Outside<Row>;
}

interface Spec<K extends string, Row, Props, M, I> extends Common<K, Row> {
  /** null: Heat has no type for it; its rows are steps. */
  readonly heat: `OS::${string}::${string}` | null;
  /** Where rows come from: a list call, or parts of another type's rows. */
  readonly list?: ListCall;
  readonly parts?: Parts<Row>;
  /** Which rows belong; default: all are resources. */
  readonly where?: (row: Row, scope: Scope) => Place;
  /** What a person would call it, where the name is empty; default: the kind. */
  readonly label?: (row: Row, scope: Scope) => string;
  /** The node it is read with. */
  readonly under?: (row: Row, scope: Scope) => Ref | undefined;
  /**
   * What makes it without saying so: it belongs to the stack that has that (a server's ports, a group's inline rules).
   * Default: what a part is read with.
   */
  readonly madeWith?: (row: Row, scope: Scope) => Ref | undefined;
  /** The stack that alone knows of it. */
  readonly ownedBy?: (row: Row) => string;
  /** Stacks that its service makes for it, in the user's project: what they own comes with it. */
  readonly makesStacks?: (row: Row, scope: Scope) => readonly (string | null | undefined)[];
  /** Heat's physical id of the resource; default: the row's id. Proof: heat, `resource_id_set` of the type. */
  readonly physicalId?: (row: Row) => string;
  /** Order that no reference says. */
  readonly after?: (row: Row, scope: Scope) => readonly (Ref | undefined)[];
  /**
   * Not every target needs or allows it (a key pair belongs to the user, a QoS policy is an admin's): a boolean
   * parameter and condition decide whether it is created. The named property becomes a parameter as well; others refer
   * to it by that where it isn't created. Without one nothing may refer to it.
   */
  readonly optional?: {
    readonly property?: keyof Props & string;
    readonly why: string;
    /** What the source's environment says. Default true. */
    readonly create?: boolean;
  };
  readonly properties: M & Record<Exclude<keyof M, keyof Props>, never>;
  readonly ignores: I;
  /** Fields that the target fills where nobody says them: what a stack's own template may leave open. */
  readonly assigned?: readonly (keyof Row & string)[];
  /** Any other field that says an address keeps that from being chosen by the target. */
  readonly addresses?: AddressFields<keyof Row & string>;
  /** The optional resource it is made together with (a rule with its policy). */
  readonly along?: (row: Row, scope: Scope) => Ref | undefined;
  /** No cloud of ours runs the service: written from its source, tested with rows in the shape it answers. */
  readonly modelled?: true;
  /** List fields whose order means nothing. */
  readonly unordered?: readonly (keyof Row & string)[];
  /** What to compare of a field instead of its value as it is: undefined compares nothing. */
  readonly compares?: {readonly [F in keyof Row]?: (row: Row, scope: Scope) => unknown};
  /** Whether this row doesn't tell the field, or says nothing by it: compared where both rows tell. */
  readonly untold?: {readonly [F in keyof Row]?: (row: Row) => boolean};
  readonly example: Example<Row>;
  /** For properties that can't stand beside those of the first example. */
  readonly moreExamples?: readonly Example<Row>[];
}

export interface Parts<Row> {
  readonly of: Typed<string, never>;
  readonly split: (row: never, scope: Scope) => readonly Row[];
}
export function parts<K extends string, R, Row>(
  of: Typed<K, R>,
  split: (row: R, scope: Scope) => readonly Row[],
): Parts<Row> {
  return {of: of as unknown as Typed<string, never>, split: split};
}

export interface Example<Row> {
  readonly row: Row;
  /** Rows of other kinds that the mapping looks at, by kind. */
  readonly with?: Readonly<Record<string, readonly object[]>>;
  /** Neutron extensions of the source. */
  readonly extensions?: readonly string[];
  /** Default: as-resources. */
  readonly stacks?: StacksMode;
  /** Where the row is expected to stand; default: a resource. */
  readonly place?: Place['as'];
  /** Properties expected in the template; `{get_resource: 'kind:id'}` and `{get_param: 'kind:id'}` name targets. */
  readonly emits: object;
}

export interface Type<K extends string, Row> extends Typed<K, Row> {
  readonly spec: AnySpec;
}

/** A spec with its types erased, for the stages. */
export interface AnySpec {
  readonly kind: string;
  readonly section: string;
  /** undefined: only referred to; null: Heat has no type for it. */
  readonly heat: string | null | undefined;
  readonly outside?: Outside<never>;
  readonly list?: ListCall;
  readonly parts?: Parts<AnyRow>;
  readonly where?: (row: never, scope: Scope) => Place;
  readonly label?: (row: never, scope: Scope) => string;
  readonly under?: (row: never, scope: Scope) => Ref | undefined;
  readonly madeWith?: (row: never, scope: Scope) => Ref | undefined;
  readonly ownedBy?: (row: never) => string;
  readonly makesStacks?: (row: never, scope: Scope) => readonly (string | null | undefined)[];
  readonly physicalId?: (row: never) => string;
  readonly after?: (row: never, scope: Scope) => readonly (Ref | undefined)[];
  readonly optional?: {readonly property?: string; readonly why: string; readonly create?: boolean};
  readonly along?: (row: never, scope: Scope) => Ref | undefined;
  readonly modelled?: true;
  readonly assigned?: readonly string[];
  readonly addresses?: AddressFields<string>;
  readonly properties: Readonly<Record<string, Source<string, unknown>>>;
  readonly ignores: Readonly<Record<string, Ignore<never>>>;
  readonly unordered?: readonly string[];
  readonly compares?: Readonly<Record<string, (row: never, scope: Scope) => unknown>>;
  readonly untold?: Readonly<Record<string, (row: never) => boolean>>;
  readonly example: Example<object>;
  readonly moreExamples?: readonly Example<object>[];
}

/** Defines a resource type: `define<Row, Properties>()({...})`. */
export function define<Row extends {readonly id: string}, Props>(): <
  const K extends string,
  M extends Mapping<Row, Props>,
  I extends {readonly [F in keyof Row]?: Ignore<Row>},
>(
  spec: Spec<K, Row, Props, M, I> &
    ([Left<Row, M, I>] extends [never] ? unknown : {unaccounted: Left<Row, M, I>}),
) => Type<K, Row> {
  return spec => ({kind: spec.kind, spec: spec as unknown as AnySpec});
}

/** A kind that is only ever referred to: an admin's or another service's, a parameter of the template. */
export function refer<Row extends {readonly id: string}>(): <const K extends string>(
  spec: Common<K, Row> & {
    readonly outside: Outside<Row>;
    readonly list?: ListCall;
    readonly unordered?: readonly (keyof Row & string)[];
    readonly example?: Row;
  },
) => Type<K, Row> {
  return spec => ({
    kind: spec.kind,
    spec: {
      kind: spec.kind,
      section: spec.section,
      heat: undefined,
      outside: spec.outside,
      ...(spec.list === undefined ? {} : {list: spec.list}),
      ...(spec.unordered === undefined ? {} : {unordered: spec.unordered}),
      properties: {},
      ignores: {},
      example: {row: spec.example ?? {id: 'x'}, emits: {}},
    },
  });
}

/** True for what a stack of the source makes by its own template. */
export function isMadeByStack(place: Place | undefined): boolean {
  return place?.as === 'part' && place.of.kind === 'stack';
}

/** True for what the target will have: a resource of the template, or what a stack in it makes by its own. */
export function isRebuilt(place: Place | undefined): boolean {
  return place?.as === 'resource' || isMadeByStack(place);
}

export const resource: Place = {as: 'resource'};
export const existing: Place = {as: 'existing'};
export function skipped(reason: string): Place {
  return {as: 'skipped', reason};
}
export function lost(reason: string): Place {
  return {as: 'lost', reason};
}
