/** Bundles written by hand: the folder as `snapshot` makes it, around any template. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Report, ReportLayer} from '../../../src/model/bundle.ts';
import type {Fields} from './api.ts';

export interface HandMade {
  readonly resources: Fields;
  /** Declarations. */
  readonly parameters?: Fields;
  readonly conditions?: Fields;
  readonly outputs?: Fields;
  readonly values?: Fields;
  readonly files?: Readonly<Record<string, string>>;
  readonly report?: Partial<Report>;
}

const none = {exact: 0, derived: 0, parameter: 0, step: 0, lost: 0};

/** JSON is YAML. */
function write(path: string, content: unknown): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);
}

export function writeHandMade(dir: string, made: HandMade): void {
  const {resources, parameters = {}, conditions = {}, outputs = {}, values = {}, files = {}} = made;
  const template = {heat_template_version: '2018-08-31', parameters, conditions, resources, outputs};
  const report: Report = {
    format: 'rekindle-report',
    version: 1,
    project: 'lab',
    counts: {resources: 0, parameters: 0, fields: none, kinds: {}},
    resources: [],
    parameters: [],
    steps: [],
    losses: [],
    skipped: [],
    gaps: [],
    ...made.report,
  };
  write(join(dir, 'template.yaml'), template);
  write(join(dir, 'environment.yaml'), {parameters: values});
  write(join(dir, 'report.json'), report);
  for (const [name, text] of Object.entries(files)) write(join(dir, name), text);
}

/** A bundle of several: each layer in a folder of its own name. */
export function writeLayers(
  dir: string,
  layers: readonly (HandMade & Pick<ReportLayer, 'name' | 'feeds'>)[],
): void {
  for (const layer of layers) writeHandMade(join(dir, layer.name), layer);
  write(join(dir, 'report.json'), {
    format: 'rekindle-report',
    version: 1,
    project: 'lab',
    layers: layers.map(({name, feeds}) => ({name, dir: name, feeds})),
  });
}
