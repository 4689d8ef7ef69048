/** What a selection written in the page means: the command line's own parser, rules and closure. Pure. */
import {RekindleError} from '../../model/errors.ts';
import {shellWord} from '../../model/shell-word.ts';
import {choose, fitting, type Choice} from '../../shape/select/choose.ts';
import {isSelectable, type Selection} from '../../shape/select/closure.ts';
import {expressionOf} from '../../shape/select/written.ts';
import type {Project} from './project.ts';

/** What somebody wrote; '' where nobody did. */
export interface Written {
  readonly select: string;
  readonly exclude: string;
}

export interface Choosing {
  /** Keys of what the expression itself fits. */
  readonly picked: ReadonlySet<string>;
  /** Absent where nothing is chosen, or it can't be told. */
  readonly selection?: Selection;
  /** As the command line would say it. */
  readonly error?: {readonly in: 'select' | 'exclude'; readonly message: string; readonly hint?: string};
}

const nothing: ReadonlySet<string> = new Set();

export function chosenBy(project: Project, {select, exclude}: Written): Choosing {
  const [wanted, unwanted] = [select.trim(), exclude.trim()];
  if (wanted === '' && unwanted === '') return {picked: nothing};
  let picked = nothing;
  let at: 'select' | 'exclude' = 'select';
  try {
    if (wanted !== '') picked = fittingAlone(project, wanted);
    at = 'exclude';
    if (unwanted !== '') fittingAlone(project, unwanted);
    if (!project.hasRows) return {picked};
    at = wanted === '' ? 'exclude' : 'select';
    const selection = choose(choiceOf(project), {
      ...(wanted === '' ? {} : {select: wanted}),
      ...(unwanted === '' ? {} : {exclude: unwanted}),
    });
    return {picked, selection};
  } catch (error) {
    if (!(error instanceof RekindleError) || error.code !== 'usage') throw error;
    const {message, hint} = error;
    return {
      picked,
      error: {
        in: message.startsWith('--exclude') ? 'exclude' : at,
        message,
        ...(hint === undefined ? {} : {hint}),
      },
    };
  }
}

/** @throws RekindleError 'usage' for a text that can't be read */
function fittingAlone(project: Project, text: string): ReadonlySet<string> {
  const how = {text, option: '--select', verb: 'selected'};
  return new Set(fitting(choiceOf(project), how, {lenient: true}).keys());
}

function choiceOf({nodes, scope, data}: Project): Choice {
  return {graph: {nodes}, scope, kinds: data.kinds};
}

export function canPick({nodes}: Project, key: string): boolean {
  const node = nodes.get(key);
  return node !== undefined && isSelectable(node);
}

/** The thing with all that it needs, as a selection of it alone would have it. */
export function withNeeds(project: Project, key: string): readonly string[] {
  const alone = expressionOf(new Set([key]), project.nodes);
  if (alone === undefined) return [];
  const {selection} = chosenBy(project, {select: alone, exclude: ''});
  return selection === undefined ? [key] : [...selection.inside.keys()];
}

/**
 * The text that selects these as well, or no longer. What somebody wrote stays as it is where that is possible.
 * @param picked What the text fits now.
 */
export function rewritten(
  {nodes}: Project,
  written: string,
  picked: ReadonlySet<string>,
  {add = [], remove = []}: {readonly add?: readonly string[]; readonly remove?: readonly string[]},
): string {
  const news = add.filter(key => !picked.has(key));
  const next = new Set([...picked, ...news]);
  for (const key of remove) next.delete(key);
  const isOurs = written.trim() === '' || written.trim() === expressionOf(picked, nodes);
  if (remove.length === 0 && !isOurs) {
    const more = expressionOf(new Set(news), nodes);
    // `|` binds less than all else.
    return more === undefined ? written : `${written.trim()} | ${more}`;
  }
  return expressionOf(next, nodes) ?? '';
}

/** Options of a command line, quoted for a shell. */
export function optionsOf({select, exclude}: Written): string {
  return [
    ...(select.trim() === '' ? [] : ['--select', shellWord(select.trim())]),
    ...(exclude.trim() === '' ? [] : ['--exclude', shellWord(exclude.trim())]),
  ].join(' ');
}
