/** A tree as lines of text. */
import type {TreeItem} from '../picture/index.ts';
import {printable} from '../model/printable.ts';
import type {Paint} from './terminal.ts';

/** What leads to an item: from its parent, and past it to the next ones. */
interface Guides {
  readonly item: string;
  readonly last: string;
  readonly past: string;
}

const guides: Readonly<Record<'unicode' | 'ascii', Guides>> = {
  unicode: {item: '├─ ', last: '└─ ', past: '│  '},
  ascii: {item: '|- ', last: '`- ', past: '|  '},
};

export interface TreeTextOptions {
  /** The terminal can show lines. */
  readonly unicode: boolean;
  readonly paint: Paint;
}

export function treeText(items: readonly TreeItem[], {unicode, paint}: TreeTextOptions): string {
  const lines = [...linesOf(items, undefined, unicode ? guides.unicode : guides.ascii, undefined, paint)];
  return items.length === 0 ? 'The project is empty.\n' : lines.map(line => `${line}\n`).join('');
}

/** @param before What stands left of these items' own guides; undefined for the first level, which has none. */
function* linesOf(
  items: readonly TreeItem[],
  before: string | undefined,
  drawn: Guides,
  around: string | undefined,
  paint: Paint,
): Generator<string> {
  for (const [at, item] of items.entries()) {
    const isLast = at === items.length - 1;
    const lead = before === undefined ? '' : before + (isLast ? drawn.last : drawn.item);
    const said = itemText(item, around);
    yield lead + (item.standing === 'outside' ? paint('dim', said) : said);
    const past = isLast ? ' '.repeat(drawn.past.length) : drawn.past;
    yield* linesOf(item.items, before === undefined ? '' : before + past, drawn, item.kind, paint);
  }
}

const standings: Readonly<Record<NonNullable<TreeItem['standing']>, string>> = {
  inside: '',
  step: '(by a step)',
  outside: '(not rebuilt)',
  lost: '(lost)',
};

/** One line, fit for a terminal. @param around Kind of what it stands under: a thing of the same kind need not say so again. */
export function itemText({key, kind, label, notes, standing, items}: TreeItem, around?: string): string {
  if (key === undefined) return `${label}${kind === undefined ? '' : ` (${items.length})`}`;
  const name = printable(label);
  const words = kind === undefined || kind === around ? name : `${kind.replaceAll('_', ' ')} ${name}`;
  return [words, printable(notes.join(', ')), standing === undefined ? '' : standings[standing]]
    .filter(part => part !== '')
    .join('  ');
}
