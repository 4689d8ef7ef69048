/** A picker on a screen, until somebody is done with it. */
import {RekindleError} from '../../model/errors.ts';
import type {Picked} from '../../shape/index.ts';
import type {Context} from '../command.ts';
import {isUnicode} from '../terminal.ts';
import type {Screen} from '../world.ts';
import {Picker, type PickerOptions} from './picker.ts';
import {frameOf, topFor, viewOf, type Look} from './view.ts';

/**
 * @returns what was picked; undefined where somebody left without
 * @throws RekindleError 'aborted' for an interruption
 */
export async function pick(
  options: PickerOptions,
  open: () => Screen,
  {world, paint, signal}: Pick<Context, 'world' | 'paint' | 'signal'>,
): Promise<Picked | undefined> {
  signal.throwIfAborted();
  const picker = new Picker(options);
  const screen = open();
  try {
    return await picked(picker, screen, {paint: paint.err, unicode: isUnicode(world)}, signal);
  } finally {
    screen.close();
  }
}

function picked(
  picker: Picker,
  screen: Screen,
  look: Look,
  signal: AbortSignal,
): Promise<Picked | undefined> {
  const drawing = new Drawing(screen);
  let top = 0;
  let isDue = false;
  const draw = (): void => {
    const {page} = frameOf(screen, picker.picked.excluded.size > 0);
    top = topFor(top, picker, page);
    drawing.show(viewOf(picker, top, screen, look));
  };
  // Keys that come together, as a held one does, are drawn once.
  const drawSoon = (): void => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      if (!drawing.isOver) draw();
    });
  };
  return new Promise<Picked | undefined>((resolve, reject) => {
    const interrupt = (): void => reject(new RekindleError('aborted', 'Interrupted; nothing was selected'));
    signal.addEventListener('abort', interrupt, {once: true});
    screen.onResize(() => {
      drawing.forget();
      drawSoon();
    });
    screen.onKey(key => {
      if (drawing.isOver) return;
      const {page} = frameOf(screen, picker.picked.excluded.size > 0);
      const ended = key === undefined ? 'left' : picker.press(key, page);
      if (ended === 'on') drawSoon();
      else resolve(ended === 'done' ? picker.picked : undefined);
    });
    draw();
  }).finally(() => {
    drawing.isOver = true;
  });
}

/** Lines on a screen: only what differs from what is there is written. */
class Drawing {
  readonly #screen: Screen;
  #lines: readonly string[] = [];
  #isKnown = false;
  /** Nothing is to be drawn any more. */
  isOver = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Somebody else changed what is there. */
  forget(): void {
    this.#isKnown = false;
  }

  show(lines: readonly string[]): void {
    const before = this.#isKnown ? this.#lines : [];
    let text = this.#isKnown ? '' : '\u001b[2J';
    for (let at = 0; at < Math.max(lines.length, before.length); at += 1) {
      const line = lines[at] ?? '';
      if (line !== (before[at] ?? '')) text += `\u001b[${at + 1};1H\u001b[2K${line}`;
    }
    this.#lines = lines;
    this.#isKnown = true;
    if (text !== '') this.#screen.write(text);
  }
}
