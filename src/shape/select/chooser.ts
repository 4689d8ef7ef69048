/** A project to pick from: what the picked things bring along, as often as somebody changes his mind. Pure. */
import type {Shape} from '../../model/shape.ts';
import {choose, everything, fitting, selectionOf, type Choice, type SelectOptions} from './choose.ts';
import {closure, worldOf, type Reasons, type Selection} from './closure.ts';
import {expressionOf} from './written.ts';

/** What somebody pointed at, by key. */
export interface Picked {
  readonly selected: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
}

type Chosen = Pick<Shape, 'select' | 'exclude'>;

export interface Chooser {
  /** What comes of it. Without a thing that is selected nothing is in, unless something is excluded: then all else. */
  readonly choose: (picked: Picked) => Selection;
  /** The things that expressions fit. @throws RekindleError 'usage' as `choose` does */
  readonly picked: (chosen: Chosen, options?: SelectOptions) => Picked;
  /** What comes along with a thing, itself included, with why. */
  readonly brings: (key: string) => Reasons;
  /** The expressions that fit exactly them. */
  readonly written: (picked: Picked) => Chosen;
}

export function chooserOf(choice: Choice): Chooser {
  const {graph, scope} = choice;
  const world = worldOf(graph, scope);
  const all = everything(graph);
  const reasons = (keys: ReadonlySet<string>, why: string): Reasons =>
    new Map([...all.keys()].filter(key => keys.has(key)).map(key => [key, why] as const));
  const keysOf = (text: string | undefined, option: string, options?: SelectOptions): ReadonlySet<string> =>
    new Set(text === undefined ? [] : fitting(choice, {text, option, verb: ''}, options).keys());
  return {
    choose({selected, excluded}) {
      const chosen = selected.size === 0 && excluded.size > 0 ? all : reasons(selected, 'selected');
      return selectionOf(world, chosen, reasons(excluded, 'excluded'));
    },
    picked(chosen, options) {
      if (options?.lenient !== true && (chosen.select ?? chosen.exclude) !== undefined)
        choose(choice, chosen);
      return {
        selected: keysOf(chosen.select, '--select', options),
        excluded: keysOf(chosen.exclude, '--exclude', options),
      };
    },
    brings: key => closure(new Map([[key, 'selected']]), new Map(), world),
    written({selected, excluded}) {
      const select = expressionOf(selected, graph.nodes);
      const exclude = expressionOf(excluded, graph.nodes);
      return {...(select === undefined ? {} : {select}), ...(exclude === undefined ? {} : {exclude})};
    },
  };
}
