/** Why each thing of a project is in a selection, or out of it. */
import type {ReportParameter} from '../../model/bundle.ts';
import type {Graph} from '../../model/graph.ts';
import {leftOut} from '../../model/shape.ts';
import type {Selection} from './closure.ts';
import {nameOf} from './match.ts';

export interface Explained {
  readonly kind: string;
  /** What a person calls it. */
  readonly name: string;
  readonly id: string;
  /** `parameter`: out, and referred to: the template asks for the one that the target has. */
  readonly is: 'in' | 'out' | 'parameter';
  readonly why: string;
}

/**
 * @param graph As it was cut.
 * @param selection Undefined where nobody chose: then everything is in.
 * @returns one for each thing, in the graph's order
 */
export function explain(
  graph: Graph,
  selection: Selection | undefined,
  parameters: readonly ReportParameter[],
): readonly Explained[] {
  const named = new Map<string, string>(
    parameters.flatMap(({name, kind, source}) =>
      source === undefined ? [] : [[`${kind}:${source.id}`, name] as const],
    ),
  );
  return [...graph.nodes.values()].map(node => {
    const {key, kind, id, place} = node;
    const name = nameOf(node);
    const inside = selection === undefined ? 'everything is in' : selection.inside.get(key);
    if (inside !== undefined && place.as !== 'skipped') return {kind, name, id, is: 'in', why: inside};
    const left = selection?.outside.get(key);
    const why = left ?? (place.as === 'skipped' ? place.reason : leftOut.unselected);
    const parameter = graph.externals.has(key) ? named.get(key) : undefined;
    return parameter === undefined
      ? {kind, name, id, is: 'out', why}
      : {kind, name, id, is: 'parameter', why: `${why}; parameter ${parameter}`};
  });
}
