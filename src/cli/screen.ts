/** A terminal taken over as a whole, and given back as it was. */
import {emitKeypressEvents} from 'node:readline';
import type {ReadStream, WriteStream} from 'node:tty';
import type {Key, Screen} from './world.ts';

/** The other screen, no cursor, lines cut at the edge; and all of that taken back. */
const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J';
const leave = '\u001b[?7h\u001b[?25h\u001b[?1049l';

/** What Node's readline says of a key. */
interface Pressed {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
}

export function openScreen(input: ReadStream, output: WriteStream, onInterrupt: () => void): Screen {
  const ends: (() => void)[] = [];
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const end of ends) end();
    output.write(leave);
    input.setRawMode(false);
    input.pause();
  };
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.resume();
  output.write(enter);
  // Whatever ends the process must not leave the terminal like this.
  process.once('exit', close);
  ends.push(() => process.removeListener('exit', close));
  return {
    get columns() {
      return output.columns;
    },
    get rows() {
      return output.rows;
    },
    write: text => void output.write(text),
    onKey(listener) {
      const pressed = (typed: string | undefined, key: Pressed): void => {
        if (key.ctrl === true && key.name === 'c') onInterrupt();
        else listener(keyOf(typed, key));
      };
      const gone = (): void => listener(undefined);
      input.on('keypress', pressed);
      input.on('end', gone);
      ends.push(() => {
        input.removeListener('keypress', pressed);
        input.removeListener('end', gone);
      });
    },
    onResize(listener) {
      output.on('resize', listener);
      ends.push(() => output.removeListener('resize', listener));
    },
    close,
  };
}

function keyOf(typed: string | undefined, {name = '', ctrl = false, meta = false}: Pressed): Key {
  const types = typed !== undefined && !ctrl && !meta && /^[^\p{Cc}]+$/u.test(typed);
  return {name, ctrl, text: types ? typed : ''};
}
