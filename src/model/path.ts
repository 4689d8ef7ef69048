/** Paths into a row or a property, as `fixed_ips[0].subnet_id`. */

/** The field or property that the path starts with. Names of fields hold `:` but neither `.` nor `[`. */
export function topOf(path: string): string {
  const end = path.search(/[.[]/);
  return end < 1 ? path : path.slice(0, end);
}
