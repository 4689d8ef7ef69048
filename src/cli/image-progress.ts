/** How far the copy of an image is: one line on a terminal, a line now and then in a log. */
import {type CopyProgress, imageLabel, sizeLabel} from '../images/index.ts';
import {clearLine, isLive, type Paint} from './terminal.ts';
import type {World} from './world.ts';

export interface ImageProgress {
  show(progress: CopyProgress): void;
  /** Takes the line away. */
  end(): void;
}

const verbs = {download: 'Downloading', upload: 'Uploading', copy: 'Copying'} as const;

export function imageProgress(
  {stderr, env}: Pick<World, 'stderr' | 'env'>,
  paint: Paint,
  quiet: boolean,
): ImageProgress {
  const live = isLive(stderr, env);
  let last = '';
  let shown = false;
  return {
    show({image, doing, done}) {
      if (quiet) return;
      const share = image.bytes === 0 ? 1 : done / image.bytes;
      // A thousandth is worth drawing, a quarter worth a line of a log.
      const step = `${doing} ${image.id} ${Math.floor(share * (live ? 1000 : 4))}`;
      if (step === last) return;
      last = step;
      const text = `${verbs[doing]} ${imageLabel(image)}: ${sizeLabel(done)} of ${sizeLabel(image.bytes)} (${Math.floor(share * 100)} %)`;
      stderr.write(live ? `${clearLine}${paint('dim', text)}` : `${text}\n`);
      shown = live;
    },
    end() {
      if (shown) stderr.write(clearLine);
      shown = false;
    },
  };
}
