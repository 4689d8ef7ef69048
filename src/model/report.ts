/** What the parts of a report say about each other. */
import type {Report, ReportParameter, ReportResource, StepWord} from './bundle.ts';
import {word} from './json.ts';
import type {Shape} from './shape.ts';
import {partsOfWord} from './step-word.ts';

/** The parameter that names what is used in the target where that resource is switched off. */
export function standIn(
  {parameters}: Pick<Report, 'parameters'>,
  {kind, id, condition}: ReportResource,
): ReportParameter | undefined {
  return parameters.find(
    one =>
      one.role === 'optional-name' && one.pair === condition && one.kind === kind && one.source?.id === id,
  );
}

/**
 * Names that steps give to what others make, by the passing ones that those make it under.
 * @param values The parameters, where they aren't as in the source.
 */
export function laterNames(
  {steps, parameters}: Pick<Report, 'steps' | 'parameters'>,
  values: Readonly<Record<string, unknown>> = {},
): ReadonlyMap<string, string> {
  const valueOf = (name: string): string =>
    word(values[name] ?? parameters.find(parameter => parameter.name === name)?.value);
  const said = (part: StepWord): string | undefined => {
    const texts = partsOfWord(part).map(one =>
      typeof one === 'string' ? one : 'parameter' in one ? valueOf(one.parameter) : undefined,
    );
    return texts.includes(undefined) ? undefined : texts.join('');
  };
  return new Map(
    steps.flatMap(({command}): [string, string][] => {
      const words = command.map(said).filter(one => one !== undefined);
      const [, , verb, option = '', ...others] = words.filter(word => word !== '--');
      const tied = option.startsWith('--name=');
      const [later, name] = tied ? [option.slice('--name='.length), ...others] : others;
      const isRename = verb === 'set' && (tied || option === '--name') && later !== undefined;
      return isRename && name !== undefined && name !== '' ? [[name, later]] : [];
    }),
  );
}

/** The choices that a bundle was made with; older reports knew `stacks` only. */
export function shapeOf({shape, stacks}: Pick<Report, 'shape' | 'stacks'>): Shape {
  return shape ?? (stacks === undefined ? {} : {stacks});
}
