/** A deployment that changes nothing: the findings, and of a stack that is there what an update would do. */
import type {Session} from '../cloud/types.ts';
import type {CheckedLayer, LayersOptions} from '../deploy/index.ts';
import type {Context} from './command.ts';
import type {Layers} from './deployment.ts';
import {findingsExit, findingsText} from './findings.ts';
import {forecastData, forecastListing, forecastText} from './forecast-out.ts';
import {dataText, rowsText, type RowOptions} from './format/formats.ts';
import {rowOptions, type RowArgs} from './format/options.ts';
import {stepRows, stepsText} from './steps-out.ts';
import type {Paint} from './terminal.ts';

/** Checks all layers, prints what is found. @returns The exit code. */
export async function dryRun(
  session: Session,
  layers: Layers,
  options: LayersOptions,
  args: RowArgs,
  context: Context,
): Promise<number> {
  const {checkLayers} = await import('../deploy/index.ts');
  const checked = await checkLayers(session, layers, options);
  context.print(await textOf(checked, rowOptions(args, context), context.paint.out, options.steps !== false));
  return findingsExit(checked.flatMap(({checked: {findings}}) => findings));
}

async function textOf(
  checked: readonly CheckedLayer[],
  options: RowOptions,
  paint: Paint,
  withSteps: boolean,
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
    return dataText(data.length === 1 ? data[0] : {layers: data}, format);
  }
  const parts: string[] = [];
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
