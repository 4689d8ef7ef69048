/** Names of resources and parameters in a template. */

/** What Heat takes, and every tool that names one on a command line. */
export function isUsableName(name: string): boolean {
  return /^[A-Za-z_][\w.-]{0,254}$/.test(name);
}
