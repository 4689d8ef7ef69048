/** Which parameters of bundles mean which images of the source. Pure. */
import type {LoadedBundle} from '../model/bundle.ts';
import {word} from '../model/json.ts';
import type {PlanOptions} from './types.ts';

export interface Wanted {
  readonly parameters: readonly string[];
  /** Name or id, as the bundle has it. */
  readonly value: string;
  /** The source's; '' where only the name is known. */
  readonly id: string;
}

/** By what they mean, in the parameters' order. What the user chose, or wrote into the environment, is no longer the source's. */
export function wantedImages(
  bundles: readonly Pick<LoadedBundle, 'report' | 'parameters'>[],
  {parameters: given = {}, map = []}: Pick<PlanOptions, 'parameters' | 'map'> = {},
): readonly Wanted[] {
  const renamed = new Set(map.flatMap(({kind, from}) => (kind.toLowerCase() === 'image' ? [from] : [])));
  const found = new Map<string, {readonly parameters: Set<string>; value: string; id: string}>();
  for (const {report, parameters} of bundles) {
    for (const {name, role, kind, constraint, source, value} of report.parameters) {
      if (kind !== 'image' && constraint !== 'glance.image') continue;
      if (role !== 'outside' && role !== 'ask') continue;
      const [own, now] = [word(value), word(parameters[name] ?? value)];
      if (Object.hasOwn(given, name) || now === '' || now !== own) continue;
      const id = source?.id ?? '';
      if ([now, id, source?.name ?? ''].some(word => word !== '' && renamed.has(word))) continue;
      const key = `${id} ${now}`;
      const one = found.get(key) ?? {parameters: new Set<string>(), value: now, id};
      one.parameters.add(name);
      found.set(key, one);
    }
  }
  return [...found.values()]
    .map(({parameters, value, id}) => ({parameters: [...parameters].sort(), value, id}))
    .sort((a, b) => ((a.parameters[0] ?? '') < (b.parameters[0] ?? '') ? -1 : 1));
}
