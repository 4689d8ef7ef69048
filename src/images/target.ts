/** An image of the target: made, filled, proven, and taken back. */
import type {Clock, Logger} from '../cloud/types.ts';
import {messageOf, RekindleError} from '../model/errors.ts';
import {type Fields, fields, number, objects, text} from '../model/json.ts';
import {hashesOf} from './carried.ts';
import {compare} from './digests.ts';
import {fileOf, type Glance, isPassing} from './source.ts';
import type {Hash, SourceImage} from './types.ts';
import {capital, imageLabel, sizeLabel} from './words.ts';

/** Properties that a cloud may keep to itself, one refusal for each. */
const MOST_REFUSALS = 20;
/** Looks at an image whose upload was not answered, five seconds apart. */
const LOOKS = 60;
const REMOVAL_MS = 20_000;

export interface TargetOptions {
  readonly signal: AbortSignal | undefined;
  readonly logger: Logger | undefined;
  readonly clock: Clock;
}

/** All images that the project is shown. */
export async function listed(target: Glance, signal: AbortSignal | undefined): Promise<readonly Fields[]> {
  return objects(await target.list('images', 'images', {signal}));
}

/** An image without data. Properties that the target protects are left out. @throws RekindleError */
export async function createImage(
  target: Glance,
  image: SourceImage,
  {signal}: TargetOptions,
): Promise<{readonly id: string; readonly refused: readonly string[]}> {
  let body = image.body;
  const refused: string[] = [];
  for (;;) {
    try {
      const answer = await target.call('POST', 'images', {json: body, signal});
      const id = text(fields(answer.body)['id']);
      if (id !== '') return {id, refused};
    } catch (error) {
      const property = protectedProperty(error, body);
      if (property === undefined || refused.length >= MOST_REFUSALS) throw explained(error, image);
      refused.push(property);
      const {[property]: _, ...rest} = body;
      body = rest;
      continue;
    }
    throw new RekindleError('protocol', `The target made ${imageLabel(image)} and tells no id of it`, {
      service: 'image',
      method: 'POST',
      path: 'images',
    });
  }
}

/** Glance's property protections answer as for a reserved name: `Attribute 'x' is reserved.` */
function protectedProperty(error: unknown, body: Fields): string | undefined {
  if (!(error instanceof RekindleError) || error.origin.status !== 403) return undefined;
  const named = /(?:Property|Attribute) '?([^\s']+)'? is (?:protected|reserved|read-only)/u.exec(
    error.message,
  )?.[1];
  return named !== undefined && Object.hasOwn(body, named) && !needed.has(named) ? named : undefined;
}

const needed: ReadonlySet<string> = new Set(['name', 'disk_format', 'container_format', 'visibility']);

/**
 * Sends the data and waits for the answer.
 * @param isSent Whether all of it was taken: then an answer that got lost is looked for.
 * @returns The error where it did get lost, and the image is there: whether whole, its proof will show.
 */
export async function fillImage(
  target: Glance,
  id: string,
  image: SourceImage,
  chunks: AsyncIterable<Uint8Array>,
  {isSent, ...options}: TargetOptions & {readonly isSent: () => boolean},
): Promise<RekindleError | undefined> {
  const {signal, logger} = options;
  try {
    await target.bodies.upload(fileOf(id), chunks, {
      size: image.bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'x-openstack-image-size': String(image.bytes),
      },
      signal,
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof RekindleError) || !isSent() || !isPassing(error)) throw explained(error, image);
    logger?.log('info', `The target's answer got lost (${messageOf(error)}); looking at the image`);
    if ((await settled(target, id, options)) !== 'active') throw explained(error, image);
    return error;
  }
}

/** The status that it comes to rest in. */
async function settled(target: Glance, id: string, {clock, signal}: TargetOptions): Promise<string> {
  for (let look = 1; ; look += 1) {
    const status = text((await imageOf(target, id, signal))['status']);
    if (status !== 'saving' || look >= LOOKS) return status;
    await clock.sleep(5_000, signal);
  }
}

async function imageOf(target: Glance, id: string, signal: AbortSignal | undefined): Promise<Fields> {
  return fields((await target.call('GET', `images/${encodeURIComponent(id)}`, {signal})).body);
}

/** What the target says of its copy against what was sent. @throws RekindleError 'protocol' */
export async function proveImage(
  target: Glance,
  id: string,
  image: SourceImage,
  sent: readonly Hash[],
  options: TargetOptions,
): Promise<void> {
  const status = await settled(target, id, options);
  const row = await imageOf(target, id, options.signal);
  const {compared, differs} = compare(sent, hashesOf(row));
  const size = number(row['size']);
  const wrong =
    status !== 'active'
      ? `it is ${JSON.stringify(status)}, not active`
      : size !== image.bytes
        ? `it has ${size ?? 'no'} bytes instead of ${image.bytes}`
        : differs === undefined
          ? undefined
          : `its ${differs} differs`;
  if (wrong !== undefined)
    throw new RekindleError(
      'protocol',
      `The target's copy of ${imageLabel(image)} is not what was sent: ${wrong}`,
      {service: 'image', hint: "the copy was removed; try again, or ask the target's operator"},
    );
  if (!compared)
    options.logger?.log(
      'warn',
      `The target tells no hash of its copy of ${imageLabel(image)} that could be compared: only its size is proven`,
    );
}

/** Also after an interruption: what is half made is no use to anybody. Never throws. */
export async function removeImage(
  target: Glance,
  id: string,
  {logger}: Pick<TargetOptions, 'logger'>,
): Promise<void> {
  try {
    await target.call('DELETE', `images/${encodeURIComponent(id)}`, {
      accept: [404],
      detached: true,
      signal: AbortSignal.timeout(REMOVAL_MS),
    });
  } catch (error) {
    logger?.log(
      'warn',
      `The half-made image ${id} stays in the target: ${messageOf(error)}; the next copy replaces it, or: openstack image delete ${id}`,
    );
  }
}

function explained(error: unknown, image: SourceImage): unknown {
  if (!(error instanceof RekindleError)) return error;
  const {status, method} = error.origin;
  const found = reasons[`${method ?? ''} ${status ?? ''}`];
  if (found === undefined) return error;
  const [what, hint] = found;
  return new RekindleError(
    error.code,
    `${capital(imageLabel(image))} (${sizeLabel(image.bytes)}) can't be copied: the target ${what}: ${error.message}`,
    {...error.origin, hint, cause: error},
  );
}

const quota =
  'remove images there, or ask its operator for more (its limits image_size_total and image_count_total)';

/** By request and status; proof: glance `api/v2/images.py`, create, and `api/v2/image_data.py`, upload. */
const reasons: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  'POST 400': [
    'does not take its formats or properties',
    'ask which disk formats it takes, and convert the image',
  ],
  'POST 403': [
    'lets this user make no image',
    'its policy add_image, or a quota of images, speaks against it',
  ],
  'POST 409': ['has a conflict over it', 'try again'],
  'POST 413': ['has a limit in the way', quota],
  'PUT 400': ['does not take its data', 'ask its operator what its store refuses'],
  'PUT 403': ['lets this user upload no data', 'its policy upload_image speaks against it'],
  'PUT 404': ['lost it while it was uploaded', 'somebody removed it, or another copy of it runs: try again'],
  'PUT 409': ['lost it while it was uploaded', 'somebody removed it, or another copy of it runs: try again'],
  'PUT 410': ['lost it while it was uploaded', 'somebody removed it, or another copy of it runs: try again'],
  'PUT 413': ['has no room for it', quota],
  'PUT 415': [
    'finds other content than its disk format says',
    'its disk_format in the source may be wrong: look with qemu-img info',
  ],
};
