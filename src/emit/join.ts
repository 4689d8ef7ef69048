/**
 * One text of its parts: neighbouring literals are one, empty ones none; without anything to look up it is a text.
 * @param whole Puts together what is more than one part.
 */
export function joinParts<T, R>(
  parts: readonly (T | string)[],
  whole: (items: readonly (T | string)[]) => R,
): T | string | R {
  const items: (T | string)[] = [];
  for (const item of parts) {
    const last = items.at(-1);
    if (typeof item === 'string' && typeof last === 'string') items[items.length - 1] = last + item;
    else if (item !== '') items.push(item);
  }
  const [only = ''] = items;
  return items.length <= 1 ? only : whole(items);
}
