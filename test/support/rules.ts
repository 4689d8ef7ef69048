/** Bundles made with rules and names, from YAML in the test. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'yaml';
import {readNames} from '../../src/emit/index.ts';
import type {EarlierBundle, Report} from '../../src/model/bundle.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {NamesChoice, RulesChoice, Shape} from '../../src/model/shape.ts';
import {render, type Snapshot} from '../../src/pipeline/index.ts';
import {readRules} from '../../src/shape/index.ts';
import {parseInventory} from '../../src/store/index.ts';
import {parametersFile} from '../../src/store/parameters-file.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {readYamlTree} from '../../src/store/yaml-tree.ts';
import {samplesFolder} from './replay/sample.ts';

/** As stored; no test changes it. */
export function sample(name: string): Inventory {
  const path = join(samplesFolder, name, 'inventory.json');
  return parseInventory(path, readFileSync(path, 'utf8'));
}

export function rulesFrom(text: string): RulesChoice {
  return readRules('rules.yaml', readYamlTree('rules.yaml', text));
}

export function namesFrom(text: string): NamesChoice {
  return readNames('names.yaml', readYamlTree('names.yaml', text));
}

export type Properties = Readonly<Record<string, unknown>>;

export interface Made extends Snapshot {
  readonly shape: Shape;
  readonly template: {
    readonly parameters: Readonly<Record<string, Properties>>;
    readonly resources: Readonly<Record<string, {readonly properties: Properties}>>;
  };
  readonly text: string;
  /** Properties of a resource by its logical name. */
  readonly of: (name: string) => Properties;
  /** `kind field: reason` of what rules lose, sorted. */
  readonly losses: readonly string[];
}

/** @param choices YAML of a rules file, or the choices themselves. */
export function made(inventory: Inventory, choices: string | Shape, earlier?: EarlierBundle): Made {
  const shape = typeof choices === 'string' ? {rules: rulesFrom(choices)} : choices;
  const taken = render(inventory, {shape, earlier});
  const text = fileOf(taken, 'template.yaml');
  const template = parse(text, {version: '1.1'}) as Made['template'];
  return {
    ...taken,
    shape,
    text,
    template,
    of: name => template.resources[name]?.properties ?? {},
    losses: taken.report.losses
      .filter(({reason}) => /\brule rules\.yaml/.test(reason))
      .map(({kind, label, field, reason}) => `${kind} ${label} ${field}: ${reason}`)
      .sort(),
  };
}

export function fileOf({bundle}: Pick<Snapshot, 'bundle'>, path: string): string {
  const file = bundle.find(one => one.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.text;
}

const parametersIn = (text: string): EarlierBundle['environment'] =>
  parametersFile(text, (parsePyYaml(text) as {parameters: Record<string, unknown>}).parameters);

/** What lies in the folder of a bundle. @param edit Changes the text of environment.yaml. */
export function earlierOf(
  bundle: Pick<Snapshot, 'bundle'>,
  edit = (text: string): string => text,
): EarlierBundle {
  return {
    report: JSON.parse(fileOf(bundle, 'report.json')) as Report,
    environment: parametersIn(edit(fileOf(bundle, 'environment.yaml'))),
    secrets: parametersIn(fileOf(bundle, 'secrets.yaml')),
    files: {},
  };
}
