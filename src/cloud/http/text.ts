/** Text that came from a cloud is hostile until it went through here: it ends on terminals and in reports. */

const LONGEST = 600;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  nbsp: ' ',
};

/**
 * One printable line: no tags (Glance and load balancers answer HTML), no control characters, no escape sequences,
 * no marks that turn the writing direction, at most 600 characters.
 */
export function cleanText(text: string, longest = LONGEST): string {
  // Far more than can be shown is cut first, so that a huge page costs nothing.
  const plain = text
    .slice(0, longest * 40)
    .replaceAll(/<(script|style|title)\b[\s\S]*?<\/\1\s*>/giu, ' ')
    .replaceAll(/<!--[\s\S]*?-->/gu, ' ')
    .replaceAll(/<\/?[a-z!][^<>]*>/giu, ' ')
    .replaceAll(/&(#39|#x27|[a-z]{2,4});/giu, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole);
  return cap(oneLine(plain), longest);
}

/** The same for text that isn't HTML and must keep its angle brackets. */
export function oneLine(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- escape sequences are what this removes
      .replaceAll(/\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-_])/gu, '')
      .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim()
  );
}

function cap(text: string, longest: number): string {
  const characters = Array.from(text.slice(0, longest * 2 + 2));
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
}
