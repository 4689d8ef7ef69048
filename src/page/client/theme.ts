/** Light, dark, or as the system has it. Nothing is kept: a page of a file has nowhere to. */
import {button} from './dom.ts';

const themes = ['auto', 'light', 'dark'] as const;

export function themeButton(): HTMLButtonElement {
  let at = 0;
  const show = (): void => {
    const theme = themes[at % themes.length] ?? 'auto';
    document.documentElement.dataset['theme'] = theme;
    made.textContent = `Theme: ${theme}`;
  };
  const made = button('', () => {
    at += 1;
    show();
  });
  show();
  return made;
}
