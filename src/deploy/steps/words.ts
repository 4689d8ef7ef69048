/** A step's command as plain words: logical names become physical ids, parameters their values. */
import type {Report, ReportStep, StepWord, WordPart} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import {type Fields, word} from '../../model/json.ts';
import {standIn} from '../../model/report.ts';
import {partsOfWord} from '../../model/step-word.ts';

/** What a deployment says of a bundle's names. */
export interface Standing {
  /** Physical ids by logical name; those the stack doesn't have are left out. */
  readonly resources: ReadonlyMap<string, string>;
  /** What Heat was given, defaults included. */
  readonly parameters: Fields;
  /** The target project's id: Heat's own parameter `OS::project_id`. */
  readonly project: string;
}

/** Stands for the id of a thing that the stack was told not to make, and that nothing takes the place of. */
const nothing = Symbol('nothing');

/**
 * The words after `openstack`; undefined where the step has nothing to do, because the thing it is about is switched off.
 * @param about The thing whose fields the step restores: what stands in for it in the target is somebody else's.
 * @throws RekindleError 'not-found' for a resource that the stack should have.
 */
export function wordsOf(
  words: readonly StepWord[],
  about: Pick<ReportStep, 'kind' | 'id'>,
  report: Report,
  standing: Standing,
): readonly string[] | undefined {
  const part = (said: WordPart): string | typeof nothing => {
    if (typeof said === 'string') return said;
    if ('resource' in said) return resourceId(said.resource, about, report, standing);
    if (said.parameter === 'OS::project_id') return standing.project;
    const value = word(standing.parameters[said.parameter]);
    // Told by an earlier stack, which has not made it.
    const isTold = !report.parameters.some(({name}) => name === said.parameter);
    return isTold && value === '' ? nothing : value;
  };
  const found = words.map(said => {
    const parts = partsOfWord(said).map(part);
    return parts.includes(nothing) ? nothing : parts.join('');
  });
  return found.every(one => typeof one === 'string') ? found : undefined;
}

function resourceId(
  name: string,
  about: Pick<ReportStep, 'kind' | 'id'>,
  report: Report,
  {resources, parameters}: Standing,
): string | typeof nothing {
  const id = resources.get(name) ?? '';
  if (id !== '') return id;
  const made = report.resources.find(other => other.name === name);
  if (made?.condition === undefined) {
    throw new RekindleError('not-found', `the stack has no resource ${JSON.stringify(name)}`, {
      hint: 'deploy the bundle again: the stack was made from another one, or is not finished',
    });
  }
  if (made.kind === about.kind && made.id === about.id) return nothing;
  // Where it is switched off, the target's own is used, if a parameter names that.
  const other = standIn(report, made);
  return other === undefined ? nothing : word(parameters[other.name]) || nothing;
}
