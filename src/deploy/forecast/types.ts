/** The forecast's words. */
import type {Fields} from '../../model/json.ts';
import type {PropertySchema, StackRef} from '../../heat/index.ts';

export type Fate =
  | 'unchanged'
  /** In place: it keeps its id. */
  | 'updated'
  /** A new one is made, then the old one is deleted. */
  | 'replaced'
  | 'added'
  | 'deleted'
  /** Heat would fail at it. */
  | 'refused';

export interface Cause {
  /** Property, as `rules`, or another part of the resource, as `depends_on`; '' where it isn't about one. */
  readonly what: string;
  /** Only Heat can tell whether it differs. */
  readonly maybe: boolean;
  /** Why, where it is more than another value. */
  readonly why?: string;
}

export interface Forecasted {
  /** Logical name. */
  readonly name: string;
  readonly type: string;
  /** Physical id that it has now; '' where it has none. */
  readonly id: string;
  readonly fate: Fate;
  /** False: it may as well stay as it is. */
  readonly sure: boolean;
  readonly causes: readonly Cause[];
  /** What goes with it and can't be had again: `its disks`. */
  readonly loses?: string;
  /** Heat has to be told to make it again, by marking it unhealthy, or it would be lost without a word. */
  readonly mark?: true;
  /** Why Heat will fail at it. */
  readonly fails?: {readonly why: string; readonly hint: string};
}

export interface Forecast {
  /** In the order of the new template, then those that go. */
  readonly resources: readonly Forecasted[];
  /** What changes of the stack itself: `tags`, `outputs`. */
  readonly stack: readonly string[];
}

/** A resource as the stack has it. */
export interface Existing {
  readonly type: string;
  /** '' where it was never made. */
  readonly id: string;
  /** As `CREATE_FAILED`. */
  readonly status: string;
  /** What its service says of it, asked where it failed; undefined where nobody asked. */
  readonly physical?: {readonly there: boolean; readonly status: string};
  /** In a group: the nested stack that has it, and its name there. */
  readonly home?: {readonly stack: StackRef; readonly name: string};
}

/** What is given to Heat, or was. */
export interface Definition {
  readonly template: Fields;
  /** Of the environment; hidden ones that Heat doesn't show are `******`. */
  readonly parameters: Fields;
  readonly files: Readonly<Record<string, string>>;
}

export interface StackState extends Definition {
  /** By logical name; of the stack itself and of its groups, not of other stacks in it. */
  readonly resources: ReadonlyMap<string, Existing>;
  /** Values of Heat's own parameters, as `OS::stack_id`. */
  readonly own: Fields;
  /** Properties as Heat keeps them, by logical name: they beat what template and parameters say. */
  readonly stored: ReadonlyMap<string, Fields>;
  /** What resources whose properties are stored were asked for, by logical name. */
  readonly attributes: ReadonlyMap<string, Fields>;
}

export interface Knowledge {
  /** By type; a type that Heat there doesn't tell about is left out. */
  readonly schemas: ReadonlyMap<string, ReadonlyMap<string, PropertySchema>>;
  /** The id behind a name, by Heat's constraint: `nova.flavor`. Undefined where it isn't known. */
  readonly idOf: (constraint: string, name: string) => string | undefined;
}
