/** Reads a bundle's files as they lie there, and puts a bundle of several templates together again. */
import type {Bundle, ReportLayer, ReportStep, StepWord, WordPart} from '../../src/model/bundle.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';

type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

export interface ReadTemplate {
  readonly parameters: Fields;
  readonly conditions: Fields;
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly condition?: string;
        readonly depends_on?: Json;
        readonly properties?: Fields;
      }
    >
  >;
  readonly outputs: Readonly<Record<string, {readonly value: Json; readonly description: string}>>;
}

export function templateAt(bundle: Bundle, dir = ''): ReadTemplate {
  const text = bundle.find(({path}) => path === `${dir}template.yaml`)?.text ?? '';
  const {
    parameters = {},
    conditions = {},
    resources = {},
    outputs = {},
  } = parsePyYaml(text) as Partial<ReadTemplate>;
  return {parameters, conditions, resources, outputs};
}

export function textAt(bundle: Bundle, path: string): string {
  return bundle.find(file => file.path === path)?.text ?? '';
}

export interface Whole extends Pick<ReadTemplate, 'resources' | 'conditions' | 'parameters'> {
  readonly outputs: Fields;
  /** By the layer and the name in its template. */
  readonly files: ReadonlyMap<string, string>;
}

/** What the single template's values are compared by: nothing is told of what isn't made. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'if' && Array.isArray(only[1]) && only[1][2] === '')
    return plain(only[1][1]);
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}

/** Every parameter that is fed replaced by what feeds it. */
export class Expansion {
  readonly #bundle: Bundle;
  readonly #layers: ReadonlyMap<string, {readonly layer: ReportLayer; readonly template: ReadTemplate}>;

  constructor(bundle: Bundle, layers: readonly ReportLayer[]) {
    this.#bundle = bundle;
    this.#layers = new Map(
      layers.map(layer => [layer.name, {layer, template: templateAt(bundle, `${layer.dir}/`)}]),
    );
  }

  templateOf(layer: string): ReadTemplate {
    const found = this.#layers.get(layer);
    if (found === undefined) throw new Error(`no layer ${layer}`);
    return found.template;
  }

  /** What a fed parameter of a layer comes to; undefined for one that isn't fed. */
  fed(layer: string, parameter: string): Json {
    const feed = this.#layers.get(layer)?.layer.feeds[parameter];
    if (feed === undefined) return undefined;
    const output = this.templateOf(feed.layer).outputs[feed.output];
    if (output === undefined) throw new Error(`${feed.layer} has no output ${feed.output}`);
    return this.value(feed.layer, output.value);
  }

  value(layer: string, value: Json): Json {
    if (Array.isArray(value)) return value.map(item => this.value(layer, item));
    if (typeof value !== 'object' || value === null) return value;
    const {get_param: name} = value as {get_param?: string};
    if (typeof name === 'string' && Object.keys(value).length === 1) return this.fed(layer, name) ?? value;
    const {get_file: file} = value as {get_file?: string};
    if (typeof file === 'string' && Object.keys(value).length === 1)
      return {text: textAt(this.#bundle, `${layer}/${file}`)};
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(layer, item)]));
  }

  step(layer: string, step: ReportStep): ReportStep {
    const part = (said: WordPart): WordPart => {
      if (typeof said === 'string' || 'resource' in said) return said;
      const fed = plain(this.fed(layer, said.parameter)) as Readonly<Record<string, Json>> | undefined;
      if (fed === undefined) return said;
      // Of something optional: the thing itself, or what stands for it.
      const [, thing] = Array.isArray(fed['if']) ? (fed['if'] as readonly Json[]) : [];
      return {resource: String(((thing ?? fed) as Readonly<Record<string, Json>>)['get_resource'])};
    };
    const word = (said: StepWord): StepWord =>
      typeof said === 'object' && 'joined' in said ? {joined: said.joined.map(part)} : part(said);
    const {command, of} = step;
    return {...step, command: command.map(word), ...(of === undefined ? {} : {of: of.map(word)})};
  }
}

/** The values of a single template, its files read. */
export function readFiles(bundle: Bundle, value: Json): Json {
  if (Array.isArray(value)) return value.map(item => readFiles(bundle, item));
  if (typeof value !== 'object' || value === null) return value;
  const {get_file: file} = value as {get_file?: string};
  if (typeof file === 'string' && Object.keys(value).length === 1) return {text: textAt(bundle, file)};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readFiles(bundle, item)]));
}
