/** A deployment that changes nothing: the findings, and of a stack that is there what an update would do. */
import type {Session} from '../cloud/types.ts';
import type {CheckedLayer, LayersOptions} from '../deploy/index.ts';
import type {ImagePlan} from '../images/index.ts';
import type {Context} from './command.ts';
import {planned} from './copy-images.ts';
import type {Layers} from './deployment.ts';
import {findingsExit, findingsText} from './findings.ts';
import {forecastData, forecastListing, forecastText} from './forecast-out.ts';
import {dataText, rowsText, type RowOptions} from './format/formats.ts';
import {rowOptions, type RowArgs} from './format/options.ts';
import {stepRows, stepsText} from './steps-out.ts';
import type {Paint} from './terminal.ts';

/** Checks all layers, prints what is found. @param from What images would be copied from. @returns The exit code. */
export async function dryRun(
  session: Session,
  layers: Layers,
  options: LayersOptions,
  args: RowArgs,
  context: Context,
  from?: Session,
): Promise<number> {
  const {checkLayers} = await import('../deploy/index.ts');
  const images = from === undefined ? undefined : await planned(from, session, layers, options, context);
  const checked = await checkLayers(session, layers, {...options, ...images?.known});
  const row = rowOptions(args, context);
  context.print(await textOf(checked, row, context.paint.out, options.steps !== false, images));
  return findingsExit([...(images?.findings ?? []), ...checked.flatMap(({checked: {findings}}) => findings)]);
}

async function textOf(
  checked: readonly CheckedLayer[],
  options: RowOptions,
  paint: Paint,
  withSteps: boolean,
  images: ImagePlan | undefined,
): Promise<string> {
  const {format} = options;
  if (format === 'json' || format === 'yaml') {
    const data = checked.map(({stack, bundle, checked: {existing, findings, forecast, mapped, losses}}) => ({
      stack: {name: stack, id: existing?.id ?? null, status: existing?.status ?? null},
      action: existing === undefined ? 'create' : 'update',
      mapped,
      losses,
      findings,
      forecast: forecast === undefined ? null : forecastData(forecast),
      steps: withSteps ? stepRows(bundle) : [],
    }));
    const copies = images === undefined ? {} : {images: imageData(images)};
    return dataText(data.length === 1 ? {...data[0], ...copies} : {layers: data, ...copies}, format);
  }
  const parts: string[] = [];
  if (images !== undefined && images.findings.length > 0)
    parts.push(await findingsText(images.findings, options));
  for (const {
    stack,
    bundle,
    checked: {findings, forecast},
  } of checked) {
    if (checked.length > 1 && format === 'table') parts.push(`${stack}:\n`);
    if (forecast !== undefined)
      parts.push(
        format === 'table'
          ? forecastText(forecast, paint)
          : await rowsText(forecastListing(forecast), options),
      );
    if (withSteps && format === 'table') parts.push(stepsText(bundle));
    parts.push(await findingsText(findings, options));
  }
  return parts.join('');
}

/** Fields are part of the interface. */
function imageData({images, findings, bytes}: ImagePlan): object {
  return {
    bytes,
    findings,
    images: images.map(({action, parameters, image: {id, name, bytes: size}}) => ({
      action,
      parameters,
      source: {id, name},
      bytes: size,
    })),
  };
}
