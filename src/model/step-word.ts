/** What a step's word is put together from. */
import type {StepWord, WordPart} from './bundle.ts';

export function partsOfWord(word: StepWord): readonly WordPart[] {
  return typeof word === 'object' && 'joined' in word ? word.joined : [word];
}

/** Logical names of the resources that it names. */
export function resourcesOfWord(word: StepWord): readonly string[] {
  return partsOfWord(word).flatMap(part =>
    typeof part === 'object' && 'resource' in part ? [part.resource] : [],
  );
}
