/** The template as plain values, before any YAML: what names.ts, resources.ts and parameters.ts fill and yaml.ts writes. */
import type {EarlierBundle, ParameterRole} from '../model/bundle.ts';
import type {AnySpec} from '../model/define.ts';
import type {Shape} from '../model/shape.ts';
import type {ParameterForm} from '../model/value.ts';

export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};

export interface TemplateParameter {
  readonly name: string;
  readonly role: ParameterRole;
  /** Heading in template and environment, as `Flavors`. */
  readonly group: string;
  readonly type: NonNullable<ParameterForm['type']>;
  /** Its label, and constraints beside `constraint`; the type stands above. */
  readonly form?: Pick<ParameterForm, 'label' | 'constraints'>;
  readonly description: string;
  readonly default?: Json;
  readonly hidden?: true;
  readonly constraint?: string;
  /** More of them, as HOT writes them. */
  readonly constraints?: readonly object[];
  /** Value in the environment. */
  readonly value: Json;
  /** Comment beside the value. */
  readonly remark?: string;
  readonly kind: string;
  readonly source?: {readonly id: string; readonly name: string};
  readonly pair?: string;
  /** For a switch: another one without which it does nothing. */
  readonly needs?: string;
  /** Fields of the source's rows that carry the value. */
  readonly sets?: readonly {readonly kind: string; readonly id: string; readonly field: string}[];
}

export interface TemplateResource {
  readonly name: string;
  /** Heading above it, where a new section begins. */
  readonly section?: string;
  readonly comments: readonly string[];
  readonly type: string;
  readonly condition?: string;
  readonly dependsOn: readonly string[];
  readonly properties: Readonly<Record<string, Json>>;
}

export interface Template {
  readonly description: string;
  readonly parameters: readonly TemplateParameter[];
  readonly conditions: Readonly<Record<string, Json>>;
  readonly resources: readonly TemplateResource[];
  readonly outputs: Readonly<Record<string, {readonly description: string; readonly value: Json}>>;
  /** get_file name -> text. */
  readonly files: ReadonlyMap<string, string>;
}

export interface EmitOptions {
  /** Types of the graph's nodes. Default: the registry. */
  readonly specs?: readonly AnySpec[] | undefined;
  /** What the user chose. */
  readonly shape?: Shape | undefined;
  /** Values for hidden parameters by `kind:id.path`. */
  readonly secrets?: ReadonlyMap<string, string> | undefined;
  /** The bundle that this one replaces: names and edits of it are kept. */
  readonly earlier?: EarlierBundle | undefined;
}
