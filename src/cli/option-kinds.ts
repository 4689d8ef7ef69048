/** The forms an option can have. Numbers are taken as text, so that a wrong one gets a sentence of ours. */

/** A command's own options; the global ones stand below them. */
const own = 'Options:';

export function flag(describe: string, alias?: string) {
  return {type: 'boolean', describe, group: own, ...(alias === undefined ? {} : {alias})} as const;
}

export function text(describe: string) {
  return {type: 'string', nargs: 1, requiresArg: true, describe, group: own} as const;
}

/** `nargs` keeps it from taking the operands that follow. */
export function list(describe: string, alias?: string) {
  const named = alias === undefined ? {} : {alias};
  return {type: 'string', array: true, nargs: 1, describe, group: own, ...named} as const;
}
