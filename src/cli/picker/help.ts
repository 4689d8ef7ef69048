/** The keys, as the picker tells them. */

/** The most needed ones, on one line. */
export const shortHelp = 'space select  x exclude  / search  tab networks  enter done  q leave  ? all keys';

const keys: readonly (readonly [key: string, does: string])[] = [
  ['space', 'select the thing, or all below a heading; again: not'],
  ['x', 'exclude it, though something needs it; again: not'],
  ['a', 'select all that was found, or everything; again: not'],
  ['u', 'select nothing, exclude nothing'],
  ['/', 'search names, kinds, addresses, ids; enter keeps it, esc ends it'],
  ['tab', 'by kind, by network'],
  ['up down, k j', 'move; also pgup, pgdn, home, end'],
  ['right left', 'unfold, fold; left again: to what it stands under'],
  ['enter', 'done: write the selection'],
  ['q esc ctrl-c', 'leave and write nothing'],
];

const marks: readonly (readonly [mark: string, means: string])[] = [
  ['[x]', 'selected'],
  ['[+]', 'comes along: the line below the list says why'],
  ['[-]', 'excluded: what refers to it takes what the target has'],
  ['[~]', 'goes with something that is excluded'],
  ['[ ]', 'out'],
];

const width = Math.max(...keys.map(([key]) => key.length));

export const helpLines: readonly string[] = [
  ...keys.map(([key, does]) => `${key.padEnd(width)}  ${does}`),
  '',
  ...marks.map(([mark, means]) => `${mark.padEnd(width)}  ${means}`),
  '',
  'any key goes back',
];
