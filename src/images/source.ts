/** The bytes of an image of the source, gone on with where they broke off. */
import type {Bodies, Clock, Download, Logger, Service} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {SourceImage} from './types.ts';
import {capital, imageLabel} from './words.ts';

/** Breaks without a byte between them. */
const BREAKS_IN_A_ROW = 4;
/** Where the source can't begin in the middle, every break costs the whole of what there was. */
const BREAKS = 50;

export interface SourceOptions {
  readonly signal: AbortSignal | undefined;
  readonly logger: Logger | undefined;
  readonly clock: Clock;
}

/** One side's image service. */
export type Glance = Service & {readonly bodies: Bodies};

/** @throws RekindleError 'no-service' */
export function glanceOf(service: Service | undefined, which: string): Glance {
  if (service?.bodies !== undefined) return {...service, bodies: service.bodies};
  throw new RekindleError(
    'no-service',
    `The ${which} has no image service that bodies can be streamed with`,
    {
      service: 'image',
      hint: 'images are copied by Glance, which the catalog there does not name',
    },
  );
}

export function fileOf(id: string): string {
  return `images/${encodeURIComponent(id)}/file`;
}

/** Begins a download, there or, where the store can't, at the start. @throws RekindleError that says why the source gives no data. */
export async function openImage(
  source: Glance,
  image: Pick<SourceImage, 'id' | 'name'>,
  from: number,
  signal: AbortSignal | undefined,
): Promise<Download> {
  // 400: the store can't begin in the middle; 416: nor can what stands before it; 501: so says some store.
  const accept = from > 0 ? [400, 416, 501] : [];
  try {
    const download = await source.bodies.download(fileOf(image.id), {from, accept, signal});
    if (download.status === 200 || download.status === 206) return download;
    download.close();
    if (download.status !== 204) return await openImage(source, image, 0, signal);
  } catch (error) {
    throw refused(error, image);
  }
  throw new RekindleError('not-found', `${capital(imageLabel(image))} has no data in the source's store`, {
    service: 'image',
    method: 'GET',
    path: fileOf(image.id),
    status: 204,
    hint: 'its operator may know what became of it; choose another image with -P',
  });
}

function refused(error: unknown, image: Pick<SourceImage, 'id' | 'name'>): unknown {
  if (!(error instanceof RekindleError)) return error;
  const {status} = error.origin;
  const label = imageLabel(image);
  const told = (what: string, hint: string): RekindleError =>
    new RekindleError(error.code, `The source ${what}: ${error.message}`, {
      ...error.origin,
      hint,
      cause: error,
    });
  if (status === 403)
    return told(
      `does not let this user download ${label}`,
      "it is deactivated, or its operator's policy download_image keeps it; ask its owner, or choose another image with -P",
    );
  if (status === 404) return told(`has no data of ${label}`, 'choose another image with -P');
  return error;
}

/** All bytes from one on, in order; a connection that breaks off is replaced. @throws RekindleError */
export async function* content(
  source: Glance,
  image: SourceImage,
  from: number,
  first: Download,
  {signal, logger, clock}: SourceOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let download = first;
  let at = from;
  let skip = skipOf(first, image, from);
  let inARow = 0;
  for (let breaks = 0; ;) {
    try {
      for await (const chunk of download.chunks) {
        const rest = skip >= chunk.length ? undefined : chunk.subarray(skip);
        skip -= Math.min(skip, chunk.length);
        if (rest === undefined) continue;
        at += rest.length;
        inARow = 0;
        if (at > image.bytes) throw wrongSize(image, 'more');
        yield rest;
      }
      if (at === image.bytes) return;
      throw wrongSize(image, `only ${at}`);
    } catch (error) {
      breaks += 1;
      inARow += 1;
      if (!isPassing(error) || inARow >= BREAKS_IN_A_ROW || breaks >= BREAKS) throw error;
      logger?.log('info', `${capital(imageLabel(image))} broke off after ${at} bytes; going on from there`);
      await clock.sleep(500 * 2 ** inARow, signal);
    } finally {
      download.close();
    }
    download = await openImage(source, image, at, signal);
    skip = skipOf(download, image, at);
  }
}

/** Bytes to pass over. @throws RekindleError where the answer begins elsewhere. */
function skipOf({status, headers}: Download, image: SourceImage, from: number): number {
  if (status !== 206) return from;
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(headers['content-range'] ?? '');
  const fits = range?.[1] === String(from) && ['*', String(image.bytes)].includes(range[2] ?? '');
  if (fits) return 0;
  throw new RekindleError(
    'protocol',
    `The source answers another part of ${imageLabel(image)} than was asked for`,
    {service: 'image', method: 'GET', path: fileOf(image.id), status},
  );
}

function wrongSize(image: SourceImage, found: string): RekindleError {
  return new RekindleError(
    found === 'more' ? 'protocol' : 'connect',
    `The source gives ${found} bytes of ${imageLabel(image)}, which has ${image.bytes}`,
    {service: 'image', method: 'GET', path: fileOf(image.id)},
  );
}

/** What may be otherwise the next time. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof RekindleError)) return false;
  const {status} = error.origin;
  if (error.code === 'connect' || error.code === 'timeout') return true;
  return status !== undefined && [408, 429, 500, 502, 503, 504].includes(status);
}
