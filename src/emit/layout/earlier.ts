/** What a layer, or the one template, keeps of the values that somebody wrote: wherever the parameter stood before. */
import type {EarlierBundle, EarlierLayer, ParametersFile, Remarks, Report} from '../../model/bundle.ts';
import {isSameJson} from '../../model/json.ts';

type File = 'environment' | 'secrets';

/**
 * The earlier bundle as that layer sees it.
 * @param parameters Names of the layer's parameters. @param all Names of all layers' parameters.
 * @param isFirst It gets what belongs to no parameter any more.
 */
export function earlierOf(
  name: string,
  parameters: ReadonlySet<string>,
  all: ReadonlySet<string>,
  isFirst: boolean,
  earlier: EarlierBundle | undefined,
): EarlierBundle | undefined {
  if (earlier === undefined) return undefined;
  const {layers, ...rest} = earlier;
  const sources: readonly (EarlierLayer & {readonly own: boolean})[] =
    layers === undefined
      ? [{...earlier, own: isFirst}]
      : [...layers].map(([layer, held]) => Object.assign({own: layer === name}, held));
  const isHere = (parameter: string): boolean =>
    parameters.has(parameter) || (isFirst && !all.has(parameter));
  const listed = new Map<string, Report['parameters'][number]>();
  for (const {report} of sources)
    for (const parameter of report.parameters)
      if (isHere(parameter.name) && !listed.has(parameter.name)) listed.set(parameter.name, parameter);
  return {
    ...rest,
    report: {...earlier.report, parameters: [...listed.values()]},
    environment: merged('environment', sources, isHere, listed),
    secrets: merged('secrets', sources, isHere, listed),
  };
}

/** One file made of several: of a parameter that stood in some, the one that was changed, else the layer's own. */
function merged(
  file: File,
  sources: readonly (EarlierLayer & {readonly own: boolean})[],
  isHere: (parameter: string) => boolean,
  listed: ReadonlyMap<string, Report['parameters'][number]>,
): ParametersFile | undefined {
  const held = sources.flatMap(source => {
    const lies = source[file];
    return lies === undefined ? [] : [{lies, own: source.own}];
  });
  if (held.length === 0) return undefined;
  const ours = new Set(
    sources.filter(({own}) => own).flatMap(({report}) => report.parameters.map(({name}) => name)),
  );
  const values: Record<string, unknown> = {};
  const remarks = new Map<string, Remarks>();
  const ranks = new Map<string, number>();
  for (const {lies, own} of held) {
    for (const [name, value] of Object.entries(lies.values)) {
      // What is said of a parameter in this layer counts here, a line taken out too.
      if (!isHere(name) || (!own && ours.has(name))) continue;
      const isChanged = !isSameJson(value, listed.get(name)?.value);
      const rank = (own ? 1 : 0) + (isChanged ? 2 : 0);
      if ((ranks.get(name) ?? -1) >= rank) continue;
      ranks.set(name, rank);
      values[name] = value;
      const said = lies.remarks.get(name);
      if (said !== undefined) remarks.set(name, said);
    }
  }
  const said = held.some(({own}) => own) ? held.filter(({own}) => own) : held;
  return {
    values,
    remarks,
    first: [...new Set(said.flatMap(({lies}) => lies.first))],
    last: [...new Set(said.flatMap(({lies}) => lies.last))],
  };
}
