/**
 * What the user chose of how a template is made of the rows. JSON; report.json keeps it, so that a bundle can be made
 * again, compared and adopted as it is. What isn't there is left at its default.
 */
import type {StacksMode} from './define.ts';
import type {Plain} from './value.ts';

/**
 * What becomes of addresses: the target chooses those of ports and VIPs, or nets move, with all that is in them. A shift
 * is `NET=NET`, or `NET` for all the project's own subnets of that family.
 */
export type Ips = 'auto' | {readonly shift: readonly string[]};

/** Why a thing that the user chose to leave out is not in a bundle. */
export const leftOut = {unselected: 'not selected', excluded: 'excluded'} as const;

/** How a bundle is cut into stacks. */
export const layouts = ['single', 'by-layer', 'by-network'] as const;
export type Layout = (typeof layouts)[number];

export interface Shape {
  /** What becomes of the things that Heat stacks of the source own. Default: as-resources. */
  readonly stacks?: StacksMode;
  /** Default: they stay as they are. */
  readonly ips?: Ips;
  /** What is in, with all that it needs (docs/select.md). Default: everything. */
  readonly select?: string;
  /** What is out all the same; what refers to it takes what the target has. */
  readonly exclude?: string;
  /** Classes of values that become parameters (`shape/value-classes.ts`): `cidr`, `metadata`, `metadata.KEY`. */
  readonly parameterize?: readonly string[];
  /** Parameters, or classes of them, whose values stand in the template instead. */
  readonly freeze?: readonly string[];
  /** What outside things a deployment may choose: any (default), or those that the source's cloud has. */
  readonly constrain?: 'source';
  /** Kinds that the template has outputs of; `all` or `none` by itself. Default: emit's. */
  readonly outputs?: readonly string[];
  /** A parameter stands before the names of all that is made. */
  readonly namePrefix?: true;
  /** Servers that are the same but for their values become groups. Default: each stands for itself. */
  readonly fold?: true;
  /** One stack, or one for each layer or group of networks. Default: single, as long as Heat's limits allow it. */
  readonly layout?: Layout;
  /** Resources that the target's Heat takes in a stack, nested ones included. Default: 1000. */
  readonly maxResources?: number;
  /** Characters of a template that the target's Heat takes. Default: 524288. */
  readonly maxTemplateSize?: number;
  /** Changes of properties. */
  readonly rules?: RulesChoice;
  /** Logical names. */
  readonly names?: NamesChoice;
}

/** What a rules file says, as it says it; `at` is line and column of each part, as `3:5`. */
export interface RulesChoice {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly parameters?: Readonly<Record<string, Plain>>;
  readonly rules: readonly {readonly [key: string]: Plain}[];
}

/** What a names file says. */
export interface NamesChoice {
  readonly file: string;
  readonly names: readonly ChosenName[];
}

export interface ChosenName {
  /** Logical name as it would be, or `kind:name`, or `kind:id`. */
  readonly old: string;
  readonly new: string;
  /** Where the two stand in the file. */
  readonly at: string;
  readonly newAt: string;
  /** What it turned out to be, and the name it would have; once a bundle is made. */
  readonly of?: string;
  readonly was?: string;
}

/** Kinds that a bundle of that shape needs in full. */
export function detailsOf({stacks}: Shape = {}): ReadonlySet<string> {
  return new Set(stacks === 'as-template' ? ['stack'] : []);
}
