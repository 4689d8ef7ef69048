/**
 * Names that Neutron takes since 2026.2: printable, without blanks at an end, and of the first 65,535 characters of Unicode.
 * Proof: neutron-lib `api/validators/__init__.py`, `validate_name_string`.
 */

/**
 * Neutron has no extension for it. One that came in the same release stands for it: neutron-lib's commits of the two are two
 * days apart. Security groups have one of their own, which came later.
 */
export const plainNames = {
  all: 'security-groups-default-statefulness',
  securityGroups: 'security-groups-name-restrictions',
} as const;

/** What it calls not printable, and all beyond the range that it looks at. */
const refused = /[\p{C}\p{Zl}\p{Zp}\u{FFFF}-\u{10FFFF}]+/gu;

export function isPlainName(name: string): boolean {
  // A line's end as the last character gets through: its pattern ends in `$`.
  const text = name.endsWith('\n') ? name.slice(0, -1) : name;
  return text.search(refused) === -1 && !/^\p{Z}|\p{Z}$/u.test(text);
}

/** The nearest plain name. */
export function plainName(name: string): string {
  if (isPlainName(name)) return name;
  const plain = name.replaceAll(refused, '_').replaceAll(/^\p{Z}+|\p{Z}+$/gu, '');
  return plain === '' ? '_' : plain;
}
