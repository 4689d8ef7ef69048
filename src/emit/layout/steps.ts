/** Steps beside several stacks: each with the last stack that has to do with what it is about. */
import type {ReportStep, StepWord, WordPart} from '../../model/bundle.ts';
import {resourcesOfWord} from '../../model/step-word.ts';
import type {Cutter} from './cut.ts';
import {inOrder, type Dependencies} from './dependencies.ts';

/** @returns the steps of each layer, in their order. What they name of earlier stacks is a parameter there. */
export function stepsOfLayers(
  steps: readonly ReportStep[],
  keyOf: ReadonlyMap<string, string>,
  {indexOf, users}: Dependencies,
  cutter: Cutter,
  layers: readonly string[],
): readonly (readonly ReportStep[])[] {
  const lists: ReportStep[][] = layers.map(() => []);
  /** The last stack that builds upon each resource: only then is it as it stays. Users come after what they need. */
  const last = [...indexOf.keys()].map(name => cutter.layerOf(name) ?? 0);
  for (const node of inOrder(users))
    for (const user of users[node] ?? []) last[node] = Math.max(last[node] ?? 0, last[user] ?? 0);
  const lastOf = (resource: string): number => last[indexOf.get(resource) ?? -1] ?? 0;
  const wanted = steps.map((step): number => {
    const about = keyOf.get(`${step.kind}:${step.id}`);
    const named = [...step.command, ...(step.of ?? [])].flatMap(resourcesOfWord);
    const resources = about === undefined ? named : [about, ...named];
    if (step.when === 'before') return 0;
    if (resources.length === 0) return layers.length - 1;
    return resources.reduce((most, name) => Math.max(most, lastOf(name)), 0);
  });
  const together = linked(steps);
  const layerOf = new Map<number, number>();
  for (const [index, group] of together.entries())
    layerOf.set(group, Math.max(layerOf.get(group) ?? 0, wanted[index] ?? 0));
  for (const [index, step] of steps.entries()) {
    const layer = layerOf.get(together[index] ?? index) ?? 0;
    lists[layer]?.push(told(step, keyOf.get(`${step.kind}:${step.id}`), layer, cutter));
  }
  return lists;
}

/** Steps about one thing, and those that name what another makes, know of each other in one deployment only. */
function linked(steps: readonly ReportStep[]): readonly number[] {
  const group = steps.map((_, index) => index);
  const find = (index: number): number => {
    let top = index;
    while (group[top] !== top) top = group[top] ?? top;
    return top;
  };
  const first = new Map<string, number>();
  const link = (word: string, index: number): void => {
    const known = first.get(word);
    if (known === undefined) first.set(word, index);
    else group[find(index)] = find(known);
  };
  const made = new Set(steps.filter(({when}) => when === 'before').map(({command}) => command.at(-1)));
  for (const [index, {kind, id, command}] of steps.entries()) {
    link(`thing ${kind}:${id}`, index);
    for (const word of command) if (typeof word === 'string' && made.has(word)) link(`name ${word}`, index);
  }
  return steps.map((_, index) => find(index));
}

function told(step: ReportStep, about: string | undefined, layer: number, cutter: Cutter): ReportStep {
  const partOf = (part: WordPart): WordPart => {
    if (typeof part === 'string') return part;
    if ('parameter' in part) {
      cutter.use(part.parameter, layer);
      return part;
    }
    return cutter.layerOf(part.resource) === layer
      ? part
      : {parameter: cutter.parameterFor(part.resource, layer, part.resource === about)};
  };
  const word = (said: StepWord): StepWord =>
    typeof said === 'object' && 'joined' in said ? {joined: said.joined.map(partOf)} : partOf(said);
  const {command, of} = step;
  return {...step, command: command.map(word), ...(of === undefined ? {} : {of: of.map(word)})};
}
