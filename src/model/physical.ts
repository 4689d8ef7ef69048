/** What Heat calls a thing, as against what its API does. */

/** Barbican's things are URLs to Heat, and which host is in them depends on who asks: their UUID is what counts. */
export function plainId(physicalId: string): string {
  return /^https?:\/\/.*\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(physicalId)?.[1] ?? physicalId;
}
