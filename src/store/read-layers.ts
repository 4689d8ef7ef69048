/** Reads a bundle of several templates, or of one, as the layers that are deployed, each after those it needs. */
import {lstat} from 'node:fs/promises';
import {join} from 'node:path';
import type {Feed, LoadedBundle, LoadedLayer, ReportLayer} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {isPlainObject} from '../model/value.ts';
import {faultOfPath} from './paths.ts';
import {checkFolders, readBundle, readReport} from './read-bundle.ts';
import {parseJson, readText} from './text.ts';

const textLimit = 64 * 1024 * 1024;
const hint = 'take the snapshot again, or restore the folder from git';

/**
 * A bundle in the order its templates are deployed: one layer, or those that its report lists.
 * @throws RekindleError 'input'
 */
export async function readLayers(dir: string): Promise<readonly [LoadedLayer, ...LoadedLayer[]]> {
  const path = join(dir, 'report.json');
  const stats = await lstat(dir).catch(() => undefined);
  const data =
    stats === undefined ? undefined : parseJson(path, await readText(path, textLimit, {follow: false}));
  if (!isPlainObject(data) || data['layers'] === undefined)
    return [{name: '', feeds: {}, bundle: await readBundle(dir)}];
  const layers = layersOf(path, data);
  const [first, ...others] = await Promise.all(
    layers.map(async ({name, dir: folder, needs, feeds}): Promise<LoadedLayer> => {
      await checkFolders(dir, `${folder}/report.json`);
      return {name, needs, feeds, bundle: await readBundle(join(dir, folder))};
    }),
  );
  if (first === undefined) throw new RekindleError('input', `${path} lists no layers`, {hint});
  const all = [first, ...others] as const;
  for (const {name, feeds, bundle} of all) {
    const declared = bundle.template['parameters'] ?? {};
    for (const [parameter, {layer, output}] of Object.entries(feeds)) {
      const from = all.find(one => one.name === layer);
      const outputs = from?.bundle.template['outputs'] ?? {};
      const fault = !(isPlainObject(declared) && Object.hasOwn(declared, parameter))
        ? `the layer ${name} has no such parameter`
        : isPlainObject(outputs) && Object.hasOwn(outputs, output)
          ? undefined
          : `the layer ${layer} has no output ${output}`;
      if (fault !== undefined)
        throw new RekindleError(
          'input',
          `${path} feeds the parameter ${parameter} of the layer ${name}, but ${fault}`,
        );
    }
  }
  return all;
}

/** A bundle with all its layers: what they say together. */
export interface WholeBundle extends Pick<LoadedBundle, 'dir' | 'report' | 'parameters'> {
  readonly layers: readonly [LoadedLayer, ...LoadedLayer[]];
}

/** @throws RekindleError 'input' */
export async function readWhole(dir: string): Promise<WholeBundle> {
  const layers = await readLayers(dir);
  const [{name, bundle}] = layers;
  if (name === '') return {dir, report: bundle.report, parameters: bundle.parameters, layers};
  const values = layers.toReversed().map(layer => layer.bundle.parameters);
  return {
    dir,
    report: await readReport(dir),
    parameters: Object.assign({}, ...values) as LoadedBundle['parameters'],
    layers,
  };
}

/** The list of layers, each of which needs those before it only. */
function layersOf(path: string, data: Readonly<Record<string, unknown>>): readonly ReportLayer[] {
  const {layers, format, version} = data;
  const damaged = (fault: string): RekindleError =>
    new RekindleError('input', `${path} is damaged: ${fault}`, {hint});
  if (format !== 'rekindle-report' || version !== 1) throw damaged('it is no report of version 1');
  if (!Array.isArray(layers)) throw damaged('layers is no list');
  const names = new Set<string>();
  const isEarlier = (name: unknown): boolean => typeof name === 'string' && names.has(name);
  return layers.map((raw: unknown, index): ReportLayer => {
    const layer = isPlainObject(raw) ? raw : {};
    const {name, dir, needs, feeds = {}} = layer;
    if (typeof name !== 'string' || !/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}$/.test(name) || names.has(name))
      throw damaged(`layers[${index}].name is no name of its own`);
    if (typeof dir !== 'string' || faultOfPath(dir) !== undefined)
      throw damaged(`layers[${index}].dir is no folder of the bundle`);
    if (needs !== undefined && !(Array.isArray(needs) && needs.every(isEarlier)))
      throw damaged(`layers[${index}].needs is no list of earlier layers`);
    if (!isPlainObject(feeds)) throw damaged(`layers[${index}].feeds is no mapping`);
    const isFeed = (feed: unknown): feed is Feed =>
      isPlainObject(feed) && typeof feed['output'] === 'string' && isEarlier(feed['layer']);
    const bad = Object.keys(feeds).find(parameter => !isFeed(feeds[parameter]));
    if (bad !== undefined) throw damaged(`layers[${index}].feeds.${bad} names no output of an earlier layer`);
    names.add(name);
    return {name, dir, needs: needs as ReportLayer['needs'], feeds: feeds as ReportLayer['feeds']};
  });
}
