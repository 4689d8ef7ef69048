/** What the parts of a report say about each other. */
import type {Report, ReportParameter, ReportResource} from './bundle.ts';
import type {Shape} from './shape.ts';

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

/** Names that steps give to what others make, by the passing ones that those make it under. */
export function laterNames({steps}: Pick<Report, 'steps'>): ReadonlyMap<string, string> {
  return new Map(
    steps.flatMap(({command}): [string, string][] => {
      const words = command.filter(word => typeof word === 'string');
      const [, , verb, option, later, name] = words;
      const isRename = verb === 'set' && option === '--name' && later !== undefined;
      return isRename && name !== undefined && name !== '' ? [[name, later]] : [];
    }),
  );
}

/** The choices that a bundle was made with; older reports knew `stacks` only. */
export function shapeOf({shape, stacks}: Pick<Report, 'shape' | 'stacks'>): Shape {
  return shape ?? (stacks === undefined ? {} : {stacks});
}
