/** What a rule is: a pure look at the resources as Heat will make them, and at what the target said. */
import type {Fault} from '../finding.ts';
import type {There} from '../there.ts';
import type {Topology} from '../topology.ts';
import type {View} from '../view.ts';

export interface Scene {
  readonly view: View;
  readonly there: There;
  readonly net: Topology;
}

/** Silent on what isn't known: a wrong error is worse than a missed one. */
export type Rule = (scene: Scene) => Iterable<Fault>;

/** The rules one after the other. */
export function together(...rules: readonly Rule[]): Rule {
  return function* (scene) {
    for (const rule of rules) yield* rule(scene);
  };
}
