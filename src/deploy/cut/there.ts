/** What a bundle loses in a cloud that can't make all of it: the same for who deploys there and who looks afterwards. */
import type {Session} from '../../cloud/types.ts';
import {type Heat, openHeat} from '../../heat/index.ts';
import type {LoadedBundle, ReportLoss} from '../../model/bundle.ts';
import {expand} from '../../model/expand.ts';
import type {Fields} from '../../model/json.ts';
import type {Lack} from '../check/lack.ts';
import {lacksOf} from '../check/lacks.ts';
import {type Target, targetOf} from '../check/target.ts';
import {resourcesOf, withDefaults} from '../check/template.ts';
import {viewOf} from '../check/view.ts';
import {cutBundle, type CutBundle} from './bundle.ts';
import type {IsRequired} from './template.ts';

export interface CutThere extends CutBundle {
  readonly lacks: readonly Lack[];
}

/** @param values Of all parameters, defaults included. */
export async function cutThere(
  bundle: LoadedBundle,
  values: Fields,
  heat: Heat,
  target: Target,
): Promise<CutThere> {
  const {template} = expand(bundle.template, bundle.files);
  const resources = resourcesOf(template, values);
  const lacks = await lacksOf(resources, viewOf(template, values), heat, target);
  if (lacks.length === 0) return {bundle, losses: [], lacks};
  return {...cutBundle(bundle, lacks, await requiredBy(resources, heat, target)), lacks};
}

async function requiredBy(
  resources: readonly {readonly type: string}[],
  heat: Heat,
  {signal}: Target,
): Promise<IsRequired> {
  const types = [...new Set(resources.map(({type}) => type))];
  const answers = await Promise.all(
    types.map(async type => [type, await heat.resourceType(type, signal)] as const),
  );
  const byType = new Map(answers);
  return (type, property) => {
    const answer = byType.get(type);
    return (
      answer !== undefined && 'properties' in answer && answer.properties.get(property)?.required === true
    );
  };
}

/** What a deployment there announced, from what the cloud can do; a stack's parameters stand for those it was given. */
export async function lossesThere(
  session: Session,
  bundle: LoadedBundle,
  parameters: Fields,
  signal?: AbortSignal,
): Promise<readonly ReportLoss[]> {
  const values = withDefaults(expand(bundle.template, bundle.files).template, {
    ...bundle.parameters,
    ...parameters,
  });
  return (await cutThere(bundle, values, await openHeat(session), targetOf(session, signal))).losses;
}
