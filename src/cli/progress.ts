/** How far stacks are: event lines, and a count of them all that stays below on a terminal. */
import {formatEvent, type StackEvent} from '../heat/index.ts';
import {clearLine, harmless, isLive, type Paint, type Style} from './terminal.ts';
import type {World} from './world.ts';

export interface Progress {
  /** @param total How many resources Heat has to do with; 0 where nobody counts. */
  begin(stack: string, total: number): void;
  event(event: StackEvent, stack: string): void;
  /** Takes the count away. */
  end(): void;
}

export interface ProgressOptions {
  readonly world: Pick<World, 'stderr' | 'env'>;
  readonly paint: Paint;
  readonly quiet: boolean;
}

const built = /^(CREATE|UPDATE|DELETE|ADOPT)_COMPLETE$/;

export function makeProgress({world, paint, quiet}: ProgressOptions): Progress {
  const {stderr, env} = world;
  const live = isLive(stderr, env);
  const totals = new Map<string, number>();
  const done = new Set<string>();
  let total = 0;
  let told = 0;
  let shown = false;

  const count = (): string => `${Math.min(done.size, total)} of ${total} resources`;
  return {
    begin(stack, resources) {
      totals.set(stack, resources);
      total = [...totals.values()].reduce((sum, one) => sum + one, 0);
    },
    event(event, stack) {
      if (quiet) return;
      const [name, ...inner] = event.path;
      if (name !== undefined && inner.length === 0 && built.test(event.status)) done.add(`${stack}.${name}`);
      const line = harmless(formatEvent(event, stack)).replaceAll('\n', ' ');
      stderr.write(`${shown ? clearLine : ''}${coloured(line, event.status, paint)}\n`);
      if (live && total > 0) {
        stderr.write(paint('dim', count()));
        shown = true;
        return;
      }
      // A line now and then is enough for a log.
      const quarter = total === 0 ? 0 : Math.floor((done.size * 4) / total);
      if (quarter > told) stderr.write(`${count()}\n`);
      told = Math.max(told, quarter);
    },
    end() {
      if (shown) stderr.write(clearLine);
      shown = false;
    },
  };
}

function coloured(line: string, status: string, paint: Paint): string {
  const style: Style | undefined = status.endsWith('_FAILED')
    ? 'red'
    : status.endsWith('_COMPLETE')
      ? 'green'
      : undefined;
  if (style === undefined) return line;
  const at = line.indexOf(`: ${status}`);
  if (at < 0) return line;
  return `${line.slice(0, at + 2)}${paint(style, status)}${line.slice(at + 2 + status.length)}`;
}
