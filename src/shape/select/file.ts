/** Selections as a file that people edit: a line for each thing, most of them commented out. Pure. */
import {RekindleError} from '../../model/errors.ts';
import type {Node} from '../../model/graph.ts';
import {faultsError, type Fault} from '../../model/located.ts';
import {printable} from '../../model/printable.ts';
import type {Shape} from '../../model/shape.ts';
import type {Chooser, Picked} from './chooser.ts';
import type {Expression} from './expression.ts';
import {kindWord} from './kinds.ts';
import {SelectionFault} from './lexer.ts';
import {nameOf} from './match.ts';
import {parseSelection} from './parse.ts';
import {printSelection} from './print.ts';
import {expressionsOf} from './written.ts';

/**
 * @param file What the file is called, for messages.
 * @param kinds All that a term can ask for.
 * @returns what its lines say together
 * @throws RekindleError 'input' with line and column of every fault, or where nothing is selected
 */
export function readSelectionFile(
  file: string,
  text: string,
  kinds: readonly string[],
): Pick<Shape, 'select' | 'exclude'> {
  const select: Expression[] = [];
  const exclude: Expression[] = [];
  const faults: Fault[] = [];
  for (const [at, line] of text
    .replace(/^\u{feff}/u, '')
    .split(/\r?\n/)
    .entries()) {
    const said = withoutComment(line);
    if (said.trim() === '') continue;
    const start = /^\s*(?:exclude\s+)?/i.exec(said)?.[0] ?? '';
    try {
      const expression = parseSelection(said.slice(start.length), kinds);
      (start.trim() === '' ? select : exclude).push(expression);
    } catch (error) {
      if (!(error instanceof SelectionFault)) throw error;
      const {what, hint, column} = error;
      faults.push({
        at: {line: at + 1, column: start.length + column},
        what: hint === undefined ? what : `${what}; ${hint}`,
      });
    }
  }
  if (faults.length > 0) throw faultsError(file, faults);
  if (select.length + exclude.length === 0)
    throw new RekindleError('input', `${file} selects nothing: every line of it is empty or a comment`, {
      hint: 'take the # away before the things that should be in',
    });
  return {
    ...(select.length === 0 ? {} : {select: joined(select)}),
    ...(exclude.length === 0 ? {} : {exclude: joined(exclude)}),
  };
}

function joined(parts: readonly Expression[]): string {
  const of = parts.flatMap(part => (part.is === 'or' ? part.of : [part]));
  const [first] = of;
  return first === undefined || of.length > 1 ? printSelection({is: 'or', of}) : printSelection(first);
}

/** Up to a `#` that begins the line or follows a blank, outside of quotes. */
function withoutComment(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === '\\') at += 1;
    else if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) return line.slice(0, at);
  }
  return line;
}

export interface SelectionFileOptions {
  readonly project: string;
  /** All there is. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly chooser: Pick<Chooser, 'brings'>;
  /** Lines that are none of a comment. */
  readonly picked: Picked;
  /** How many things are counted behind others, all in all; past that the lines stand alone. Default: some seconds' work. */
  readonly most?: number | undefined;
}

/** Every thing on a line of its own, under its kind; `readSelectionFile` reads what is picked from it. */
export function selectionFileText({
  project,
  nodes,
  chooser,
  picked,
  most = 500_000,
}: SelectionFileOptions): string {
  const lines = new Map<string, string[]>();
  let counted = 0;
  for (const [key, expression] of expressionsOf(nodes)) {
    const node = nodes.get(key);
    if (node === undefined) continue;
    const lead = picked.excluded.has(key) ? 'exclude ' : picked.selected.has(key) ? '' : '#';
    // Where everything needs everything, all of it together would take hours.
    const brought = counted > most ? new Map<string, string>() : chooser.brings(key);
    counted += brought.size;
    const notes = [
      ...(expression.includes(' & id=') && nameOf(node) !== '' ? [printable(nameOf(node))] : []),
      ...broughtBy(node, brought),
    ];
    const line = `${lead}${expression}${notes.length === 0 ? '' : `  # ${notes.join('; ')}`}`;
    const own = lines.get(node.kind);
    if (own === undefined) lines.set(node.kind, [line]);
    else own.push(line);
  }
  const groups = [...lines].map(
    ([kind, own]) => `# --- ${kindWord(kind).replaceAll('-', ' ')} (${own.length}) ---\n${own.join('\n')}\n`,
  );
  const limited = counted > most ? `${tooMuch}\n` : '';
  return [introduction(project) + limited, ...groups].join('\n');
}

const tooMuch =
  '# This project is too large to say it of every thing: the picker and `rekindle list --explain` say it of any.';

function introduction(project: string): string {
  return `# What of the project ${printable(JSON.stringify(project))} goes into a bundle. Take the # away before the things that should be in, then
#   rekindle render SOURCE DIR --select-file THIS_FILE
# What a thing needs comes along by itself: behind each stands how much that is. "exclude" instead of the # leaves a thing
# out although something needs it: what refers to it takes what the target has. A line can be any selection, as server:web-*
# or tag=prod (docs/select.md); what any of them fits is in.
`;
}

/** `with port, network, 2 security groups`. */
function broughtBy({key}: Node, brought: ReadonlyMap<string, string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const other of brought.keys()) {
    const kind = kindWord(other.slice(0, other.indexOf(':'))).replaceAll('-', ' ');
    if (other !== key) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const words = [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${plural(kind)}`));
  return words.length === 0 ? [] : [`with ${words.join(', ')}`];
}

function plural(kind: string): string {
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
