/** The parts of a text that is put together: neighbouring literals are one, and empty ones none. */
export function joinedParts<T>(parts: readonly (T | string)[]): readonly (T | string)[] {
  const items: (T | string)[] = [];
  for (const item of parts) {
    const last = items.at(-1);
    if (typeof item === 'string' && typeof last === 'string') items[items.length - 1] = last + item;
    else if (item !== '') items.push(item);
  }
  return items;
}
