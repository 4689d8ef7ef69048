/** Carries a plan out: one image after the other, each proven before the next. */
import {realClock} from '../cloud/index.ts';
import type {Session} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import {cached, chunksOf} from './cache.ts';
import {checked} from './checked.ts';
import {createDigests} from './digests.ts';
import {halves, valueFor, wholeCopy} from './have.ts';
import {content, type Glance, glanceOf, isPassing, openImage} from './source.ts';
import {createImage, fillImage, listed, proveImage, removeImage, type TargetOptions} from './target.ts';
import type {CopiedImage, Copies, CopyOptions, ImagePlan, PlannedImage, SourceImage} from './types.ts';
import {capital, imageLabel} from './words.ts';

/** An upload can't go on in the middle: it begins anew. */
const TRIES = 3;

interface Sides {
  readonly source: Glance;
  readonly target: Glance;
  /** The target's. */
  readonly project: string;
}

/**
 * Copies what the plan says, and makes nothing twice: a copy that is whole is used again, one that is not is replaced.
 * @throws RekindleError of the first image that can't be copied; those before it stay, and are used the next time.
 */
export async function copyImages(
  from: Session,
  to: Session,
  plan: ImagePlan,
  options: CopyOptions = {},
): Promise<Copies> {
  const copies = plan.images.filter(isCopy);
  if (copies.length === 0) return {copied: [], values: plan.values};
  const [source, target] = await Promise.all([from.service('image'), to.service('image')]);
  const sides: Sides = {
    source: glanceOf(source, 'source'),
    target: glanceOf(target, 'target'),
    project: to.identity.project?.id ?? '',
  };
  const copied: CopiedImage[] = [];
  for (const {image, parameters} of copies) {
    const one = {image, parameters, ...(await copyImage(sides, image, options))};
    copied.push(one);
    options.onCopied?.(one);
  }
  const rows = await listed(sides.target, options.signal);
  const values = copied.flatMap(({id, parameters}) => {
    const {value} = copies.find(one => one.parameters === parameters) ?? {value: ''};
    return parameters.map(name => [name, valueFor(id, value, rows)] as const);
  });
  return {copied, values: {...plan.values, ...Object.fromEntries(values)}};
}

function isCopy(one: PlannedImage): one is Extract<PlannedImage, {readonly action: 'copy'}> {
  return one.action === 'copy';
}

type Made = Pick<CopiedImage, 'id' | 'refused'>;

async function copyImage(sides: Sides, image: SourceImage, options: CopyOptions): Promise<Made> {
  try {
    return await copied(sides, image, options);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    const kept = options.dir === undefined ? 'it begins anew the next time' : 'what was downloaded is kept';
    throw new RekindleError(
      'aborted',
      `Interrupted while ${imageLabel(image)} was copied; the target keeps nothing half made, and ${kept}`,
    );
  }
}

async function copied(sides: Sides, image: SourceImage, options: CopyOptions): Promise<Made> {
  const {dir, signal, logger, clock = realClock, onProgress} = options;
  const onBytes = (done: number): void => onProgress?.({image, doing: 'download', done});
  const path =
    dir === undefined ? undefined : await cached(sides.source, image, dir, {signal, logger, clock, onBytes});
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryImage(sides, image, path, options);
    } catch (error) {
      if (signal?.aborted === true || !isPassing(error) || tries >= TRIES) throw error;
      const {message} = error as RekindleError;
      logger?.log('info', `${capital(imageLabel(image))} begins anew: ${message}`);
      await clock.sleep(1000 * 2 ** tries, signal);
    }
  }
}

async function tryImage(
  {source, target, project}: Sides,
  image: SourceImage,
  path: string | undefined,
  {signal, logger, clock = realClock, onProgress}: CopyOptions,
): Promise<Made> {
  const options = {signal, logger, clock};
  // Fresh on every try: one whose answer got lost may have been made, or filled.
  const rows = await listed(target, signal);
  const whole = wholeCopy(image, project, rows);
  if (whole !== undefined) return {id: whole, refused: []};
  for (const id of halves(image, project, rows)) {
    logger?.log('info', `Replacing ${id}, a copy of ${imageLabel(image)} that never became whole`);
    await removeImage(target, id, options);
  }
  // Ends every connection of this try, also one that a half-read download still waits on.
  const over = new AbortController();
  const reading = {...options, signal: joined(signal, over.signal)};
  try {
    // Before anything is made: a source that gives nothing costs the target nothing.
    const download = path === undefined ? await openImage(source, image, 0, reading.signal) : undefined;
    const bytes =
      download === undefined ? chunksOf(path ?? '') : content(source, image, 0, download, reading);
    return await fill(target, image, bytes, {
      ...options,
      onBytes: done => onProgress?.({image, doing: download === undefined ? 'upload' : 'copy', done}),
    });
  } finally {
    over.abort();
  }
}

/** Makes the image of the chunks; takes it back if that fails. */
async function fill(
  target: Glance,
  image: SourceImage,
  bytes: AsyncIterable<Uint8Array>,
  {onBytes, ...options}: TargetOptions & {readonly onBytes: (done: number) => void},
): Promise<Made> {
  const made = await createImage(target, image, options);
  const digests = createDigests(image.hashes);
  let sent = false;
  async function* flowing(): AsyncGenerator<Uint8Array, void, undefined> {
    let done = 0;
    for await (const chunk of checked(bytes, image, digests)) {
      yield chunk;
      done += chunk.length;
      onBytes(done);
    }
    sent = true;
  }
  try {
    const lost = await fillImage(target, made.id, image, flowing(), {...options, isSent: () => sent});
    try {
      await proveImage(target, made.id, image, digests.done(), options);
    } catch (error) {
      // Cut off on its way: the next try may do better.
      throw lost ?? error;
    }
    return made;
  } catch (error) {
    await removeImage(target, made.id, options);
    throw error;
  }
}

function joined(signal: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  return signal === undefined ? other : AbortSignal.any([signal, other]);
}
