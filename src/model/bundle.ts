/** The bundle: a folder of text files that rebuild a project; and the report in it that machines read. */
import type {StacksMode} from './define.ts';
import type {AddressNote, Fate} from './graph.ts';
import type {Gap} from './inventory.ts';
import type {Shape} from './shape.ts';

export interface BundleFile {
  /** Below the bundle's folder, `/` between parts; only names that we made. */
  readonly path: string;
  readonly text: string;
  readonly executable?: true;
}

/** In the order they are listed in the docs. */
export type Bundle = readonly BundleFile[];

/** What a template parameter stands for; `check` and `deploy` find its value in the target by this. */
export type ParameterRole =
  /** Something outside the snapshot (flavor, image, external network): must exist in the target. */
  | 'outside'
  /** The target project's own default security group: deploy gives its id. */
  | 'default-group'
  /** Name of a thing the target may have already (a key pair). */
  | 'optional-name'
  /** Boolean: create that thing (true) or use the one that is there (false). */
  | 'optional-switch'
  /** A value of the source that the target may need another one for (the name of a DNS zone). */
  | 'given'
  /** Text before the names of things, '' in the source. */
  | 'name-prefix'
  /** Something only the user can give: it has no default. */
  | 'ask'
  /** A map or text that can't be written in a template as it is (metadata keyed like a function). */
  | 'data'
  /** Hidden value. */
  | 'secret';

export interface ReportParameter {
  readonly name: string;
  readonly role: ParameterRole;
  /** Kind of the thing it names, as `flavor`; '' for data. */
  readonly kind: string;
  readonly constraint?: string;
  /** The source's thing. */
  readonly source?: {readonly id: string; readonly name: string};
  /** The source's value; environment.yaml has it too, unless somebody wrote another one there. */
  readonly value: unknown;
  /** For 'optional-switch': the parameter with the name; for 'optional-name': the switch. */
  readonly pair?: string;
  /** For 'optional-switch': another switch without which it does nothing. */
  readonly needs?: string;
  /** HOT's type, where it is none of string and boolean. */
  readonly type?: 'number' | 'json' | 'comma_delimited_list';
  /** For 'given': fields of the source's rows that carry the value; for 'name-prefix': the names it stands before. */
  readonly sets?: readonly {readonly kind: string; readonly id: string; readonly field: string}[];
}

export interface ReportResource {
  /** Logical name in the template; inside a group `GROUP.INDEX.NAME`, as `web_servers.0.port`. */
  readonly name: string;
  /** Of one in a group: its logical name where nothing is folded. */
  readonly flat?: string;
  readonly type: string;
  readonly kind: string;
  /** Source id. */
  readonly id: string;
  readonly label: string;
  /** Boolean parameter that decides whether it is made. */
  readonly condition?: string;
  /** Stack that owns it in the source. */
  readonly stack?: string;
  /** Name of the layer that has it, where the bundle is several templates. */
  readonly layer?: string;
}

/** Literal, the physical id of a resource of the stack, or a template parameter's value. */
export type WordPart = string | {readonly resource: string} | {readonly parameter: string};

/** A step's word: one part, or several put together. */
export type StepWord = WordPart | {readonly joined: readonly WordPart[]};

export interface ReportStep {
  readonly when: 'before' | 'after';
  readonly title: string;
  /** Kind and source id of the thing whose fields it restores. */
  readonly kind: string;
  readonly id: string;
  readonly label: string;
  readonly fields: readonly string[];
  /** Words after `openstack`. */
  readonly command: readonly StepWord[];
  /** A read-only command that prints ids: they are appended to `command`, which is left out where there are none. */
  readonly of?: readonly StepWord[];
}

export interface ReportLoss {
  readonly kind: string;
  readonly id: string;
  readonly label: string;
  /** Logical name, where it has a resource. */
  readonly resource?: string;
  /** Field (or `*` for the whole thing). */
  readonly field: string;
  readonly reason: string;
}

export interface Report {
  readonly format: 'rekindle-report';
  readonly version: 1;
  readonly project: string;
  /** What the user chose; absent where nothing was. */
  readonly shape?: Shape;
  /** Of older versions, which had no `shape`. */
  readonly stacks?: StacksMode;
  readonly counts: {
    readonly resources: number;
    readonly parameters: number;
    readonly fields: Readonly<Record<Fate, number>>;
    /** Things by kind: how many rows, as resources of their own, said inside others, by steps, lost, not ours. */
    readonly kinds: Readonly<
      Record<
        string,
        {
          readonly rows: number;
          readonly resources: number;
          readonly parts: number;
          readonly steps: number;
          readonly lost: number;
          readonly skipped: number;
        }
      >
    >;
  };
  readonly resources: readonly ReportResource[];
  readonly parameters: readonly ReportParameter[];
  readonly steps: readonly ReportStep[];
  readonly losses: readonly ReportLoss[];
  readonly skipped: readonly ReportLoss[];
  /** Where addresses are not kept: what moved, and what stays that somebody should look at. Absent where nothing did. */
  readonly addresses?: readonly ReportAddress[];
  readonly gaps: readonly Gap[];
  /** Where user data and metadata look as if they held secrets; absent where they don't. */
  readonly likelySecrets?: readonly ReportSecret[];
  /** In the order they are deployed, where the bundle is several templates; all else is about all of them together. */
  readonly layers?: readonly ReportLayer[];
  /** Absent where folding was not asked for. */
  readonly folds?: readonly ReportFold[];
  readonly unfolded?: readonly ReportUnfolded[];
}

/** Siblings that are one group with a nested template. */
export interface ReportFold {
  /** Logical name of the group. */
  readonly name: string;
  /** The nested template. */
  readonly file: string;
  /** Labels of its servers, by index. */
  readonly members: readonly string[];
}

/** Siblings that could not be folded. */
export interface ReportUnfolded {
  readonly members: readonly string[];
  readonly reason: string;
}

/** What became of addresses in a field: see graph.ts. */
export interface ReportAddress extends ReportLoss {
  readonly what: AddressNote['what'];
}

/** A place to look at before the bundle is shared: never the value. */
export interface ReportSecret extends Pick<ReportLoss, 'kind' | 'id' | 'label' | 'resource'> {
  /** Field, and the way into it, as `metadata.db_password`. */
  readonly field: string;
  /** Of user data, counted from 1. */
  readonly line?: number;
  /** What it looks like. */
  readonly why: string;
}

/** One template of a bundle that is several: a whole bundle in a folder of its own. */
export interface ReportLayer {
  /** Goes behind the name of the stack: `NAME-network`. */
  readonly name: string;
  /** Folder below the bundle's. */
  readonly dir: string;
  /** Earlier layers whose stacks must be there before; absent where nobody said: all of them. */
  readonly needs?: readonly string[] | undefined;
  /** Parameters that are filled from outputs of earlier layers' stacks, by name. */
  readonly feeds: Readonly<Record<string, Feed>>;
}

export interface Feed {
  /** Name of an earlier layer. */
  readonly layer: string;
  readonly output: string;
}

/** Templates, each after those it needs. A bundle of one template is one layer without a name. */
export interface LoadedLayer {
  readonly name: string;
  readonly needs?: ReportLayer['needs'];
  readonly feeds: ReportLayer['feeds'];
  readonly bundle: LoadedBundle;
}

/** A bundle read back from its folder. */
export interface LoadedBundle {
  /** Folder it was read from. */
  readonly dir: string;
  /** template.yaml parsed. */
  readonly template: Readonly<Record<string, unknown>>;
  readonly templateText: string;
  /** environment.yaml and secrets.yaml: `parameters` merged. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Texts that the template's get_file names, by that name. */
  readonly files: Readonly<Record<string, string>>;
  readonly report: Report;
}

/** Comments that stand at a parameter, without `#` and indentation. */
export interface Remarks {
  readonly above: readonly string[];
  readonly beside?: string;
}

/** environment.yaml or secrets.yaml as it lies there, edited or not. */
export interface ParametersFile {
  readonly values: Readonly<Record<string, unknown>>;
  /** By parameter. */
  readonly remarks: ReadonlyMap<string, Remarks>;
  /** Comment lines before all parameters, and after them. */
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** What lies in the folder where a new bundle of the same project goes: names and edits of it are kept. */
export interface EarlierBundle {
  readonly report: Report;
  /** Undefined where the file is gone, as secrets.yaml is from a fresh checkout. */
  readonly environment: ParametersFile | undefined;
  readonly secrets: ParametersFile | undefined;
  /** Texts that the template reads, by path, as `files/web.sh`. */
  readonly files: Readonly<Record<string, string>>;
  /** By name, where it is several templates: their own reports and values; the values above are nobody's then. */
  readonly layers?: ReadonlyMap<string, EarlierLayer>;
}

/** One template of an earlier bundle that is several. */
export type EarlierLayer = Pick<EarlierBundle, 'report' | 'environment' | 'secrets'>;
