/** What is said to those who listen to the page: the last thing only, and not while it still changes. */
import {h} from './dom.ts';

export interface Speaker {
  readonly element: HTMLElement;
  say(text: string): void;
}

export function speaker(): Speaker {
  const element = h('div', {class: 'heard', role: 'status', 'aria-live': 'polite'});
  let waiting: number | undefined;
  return {
    element,
    say(text) {
      clearTimeout(waiting);
      waiting = setTimeout(() => (element.textContent = text), 250);
    },
  };
}
