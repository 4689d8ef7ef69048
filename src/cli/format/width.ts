/** How many cells of a terminal a text takes: East Asian letters and emoji take two, combining marks none. */

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** Blocks of wide characters: Unicode's East_Asian_Width W and F, in the runs that matter. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), part => part.segment);
}

export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += graphemeWidth(grapheme);
  return width;
}

function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (/^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u.test(grapheme)) return 0;
  // U+FE0F asks for the emoji form of a character that also has a text form.
  if (/^\p{Emoji_Presentation}/u.test(grapheme) || grapheme.includes('\u{fe0f}')) return 2;
  return wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** Fills up with spaces. */
export function pad(text: string, width: number, right = false): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? spaces + text : text + spaces;
}

/** As much of it as has room, with a mark where something was cut off. */
export function cutTo(text: string, width: number, mark: string): string {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(mark);
  let cut = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme);
    if (used > room) break;
    cut += grapheme;
  }
  return room < 0 ? '' : cut + mark;
}

/** Lines of at most that width, broken at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )/)) {
    if (widthOf(line + word.trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = '';
    for (const grapheme of graphemes(word)) {
      if (widthOf(line + grapheme) > width && line !== '') {
        lines.push(line);
        line = '';
      }
      line += grapheme;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}
