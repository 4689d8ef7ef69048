/** Bytes that are let through whole only if they are the right ones. */
import {RekindleError} from '../model/errors.ts';
import {compare, type Digests} from './digests.ts';
import type {SourceImage} from './types.ts';
import {capital, imageLabel} from './words.ts';

/**
 * The same chunks, the last of them only once the hash of all is right: who is sent them never has a whole wrong image.
 * @throws RekindleError 'protocol'
 */
export async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  image: SourceImage,
  digests: Digests,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array | undefined;
  let bytes = 0;
  for await (const chunk of chunks) {
    digests.update(chunk);
    bytes += chunk.length;
    if (held !== undefined) yield held;
    held = chunk;
  }
  const {differs} = compare(image.hashes, digests.done());
  if (bytes !== image.bytes || differs !== undefined)
    throw new RekindleError(
      'protocol',
      `${capital(imageLabel(image))} is not what the source says it is: ${bytes === image.bytes ? `its ${differs} differs` : `${bytes} bytes instead of ${image.bytes}`}`,
      {
        service: 'image',
        hint: "try again; if it stays so, the source's store holds something else than its database: ask its operator",
      },
    );
  if (held !== undefined) yield held;
}
