/** Asks on the terminal. The question goes to standard error: standard output is the result's. */
import {createInterface} from 'node:readline';
import {Writable} from 'node:stream';
import {RekindleError} from '../model/errors.ts';
import {harmless} from './terminal.ts';

export interface Question {
  readonly question: string;
  /** Echo nothing. */
  readonly hidden: boolean;
  readonly onInterrupt: () => void;
}

export function ask(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  {question, hidden, onInterrupt}: Question,
): Promise<string> {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  return new Promise((resolve, reject) => {
    output.write(harmless(question));
    const reader = createInterface({
      input,
      output: hidden ? nowhere : output,
      terminal: true,
      historySize: 0,
    });
    const end = (settle: () => void): void => {
      reader.removeAllListeners('close');
      reader.close();
      if (hidden) output.write('\n');
      settle();
    };
    reader.once('line', line => end(() => resolve(line)));
    reader.once('SIGINT', () =>
      end(() => {
        onInterrupt();
        reject(new RekindleError('aborted', 'Interrupted at the prompt'));
      }),
    );
    // Ctrl-D.
    reader.once('close', () => {
      output.write('\n');
      reject(new RekindleError('aborted', 'No answer at the prompt'));
    });
  });
}
