/** Barbican calls things by their URL, which another cloud's proxy spells in another way: the id is its end. */
export function idIn(url: unknown): string | undefined {
  return typeof url === 'string' ? /([^/]+)\/*$/.exec(url)?.[1] : undefined;
}
