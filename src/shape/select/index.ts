/** Which things of a project are meant (`select`, `exclude`), with what they need: what is left out is cut from the graph. */
import type {Shape} from '../../model/shape.ts';
import type {Related} from '../../relate/index.ts';
import {registry} from '../../resources/index.ts';
import {choose, type SelectOptions} from './choose.ts';
import {chooserOf, type Chooser} from './chooser.ts';
import type {Selection} from './closure.ts';
import type {Expression} from './expression.ts';
import {readSelectionFile} from './file.ts';
import {parseSelection} from './parse.ts';
import {printSelection} from './print.ts';

export type {SelectOptions} from './choose.ts';
export {neededBy, type Selection} from './closure.ts';
export {explain, type Explained} from './explain.ts';
export {selectionFileText} from './file.ts';
export {expressionOf} from './written.ts';
export type {Chooser, Picked} from './chooser.ts';

/** All that a term can ask for: what a template can build. */
export const kinds: readonly string[] = registry.filter(({heat}) => heat !== undefined).map(({kind}) => kind);

/** @throws RekindleError 'usage': one sentence with the column */
export function readSelection(text: string): Expression {
  return parseSelection(text, kinds);
}

/** The text in its one form. @throws RekindleError 'usage' */
export function canonicalSelection(text: string): string {
  return printSelection(readSelection(text));
}

/** @throws RekindleError 'input' with line and column of every fault */
export function readSelections(file: string, text: string): Pick<Shape, 'select' | 'exclude'> {
  return readSelectionFile(file, text, kinds);
}

/**
 * @param related The whole project.
 * @throws RekindleError 'usage' for a term that can't be read, or that nothing fits
 */
export function select(
  {graph, scope}: Related,
  shape: Pick<Shape, 'select' | 'exclude'>,
  options: SelectOptions = {},
): Selection {
  return choose({graph, scope, kinds}, shape, options);
}

/** @param related The whole project. */
export function chooser({graph, scope}: Related): Chooser {
  return chooserOf({graph, scope, kinds});
}
