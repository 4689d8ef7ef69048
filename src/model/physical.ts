/** Ids: what looks like one, and what Heat calls a thing as against what its API does. */

/** A UUID, with or without its hyphens: no name then, to a client. */
export function isUuid(word: string): boolean {
  return /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(word);
}

/** True for a text with such an id in it: it names something of one cloud, and says nothing to a person. */
export function holdsId(text: string): boolean {
  return /(?<![0-9a-f])[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![0-9a-f])/i.test(text);
}

/** Barbican's things are URLs to Heat, and which host is in them depends on who asks: their UUID is what counts. */
export function plainId(physicalId: string): string {
  return /^https?:\/\/.*\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(physicalId)?.[1] ?? physicalId;
}
