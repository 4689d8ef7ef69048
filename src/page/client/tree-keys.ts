/** Keys of a tree, as people who use no mouse know them from other programs. */
import type {TreeRow} from '../state/tree.ts';
import type {Store} from './store.ts';

export interface Walk {
  readonly rows: () => readonly TreeRow[];
  readonly at: () => number;
  readonly go: (to: number) => void;
  readonly toggle: (row: TreeRow, open: boolean) => void;
}

/** Letters that come sooner than this after the last one belong to the same word. */
const pause = 700;
const page = 15;

export function treeKeys(tree: HTMLElement, store: Store, {rows, at, go, toggle}: Walk): void {
  let typed = '';
  let since = 0;
  const goInside = (row: TreeRow): void => {
    if (row.open === false) toggle(row, true);
    else if (row.open === true) go(at() + 1);
  };
  const goOutside = (row: TreeRow): void => {
    if (row.open === true) toggle(row, false);
    else go(rows().findIndex(({twig}) => twig.id === row.parent));
  };
  const goTo = (letters: string): void => {
    const all = rows();
    // A first letter looks further, the next ones look whether it still fits.
    const start = at() + (letters.length === 1 ? 1 : 0);
    for (let far = 0; far < all.length; far += 1) {
      const index = (start + far) % all.length;
      if (all[index]?.twig.label.toLowerCase().startsWith(letters) === true) return go(index);
    }
  };
  tree.addEventListener('keydown', event => {
    const row = rows()[at()];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const {thing} = row.twig;
    const now = Date.now();
    if (now - since > pause) typed = '';
    const last = rows().length - 1;
    if (event.key === 'ArrowDown') go(Math.min(last, at() + 1));
    else if (event.key === 'ArrowUp') go(Math.max(0, at() - 1));
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(last);
    else if (event.key === 'PageDown') go(Math.min(last, at() + page));
    else if (event.key === 'PageUp') go(Math.max(0, at() - page));
    else if (event.key === 'ArrowRight') goInside(row);
    else if (event.key === 'ArrowLeft') goOutside(row);
    else if (event.key === ' ' && event.shiftKey) {
      if (thing !== undefined) store.pick([thing.key]);
    } else if (event.key === 'Enter' || (event.key === ' ' && typed === '')) {
      if (thing === undefined) toggle(row, row.open !== true);
      else store.tell([thing.key], {enter: event.key === 'Enter'});
    } else if (event.key.length === 1) {
      typed += event.key.toLowerCase();
      since = now;
      goTo(typed);
    } else return;
    if (event.key.length > 1) typed = '';
    event.preventDefault();
  });
}
