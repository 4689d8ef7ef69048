/** What a bundle's inventory tells of the source, to find the like of things in the target by. */
import type {SourceFacts} from '../deploy/index.ts';
import {RekindleError} from '../model/errors.ts';

/** A bundle works without its inventory; flavors are then found by name only. */
export async function factsOf(dir: string): Promise<SourceFacts | undefined> {
  const [{readInventory}, {sourceFacts}] = await Promise.all([
    import('../store/index.ts'),
    import('../deploy/index.ts'),
  ]);
  try {
    return sourceFacts(await readInventory(dir));
  } catch (error) {
    if (error instanceof RekindleError && error.code === 'input') return undefined;
    throw error;
  }
}
