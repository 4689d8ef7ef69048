/** Order of the parameter groups: what a person looks at first, then as the registry has it. */
import {registry, specOf} from '../resources/index.ts';

const FIRST = ['Images', 'Flavors', 'Key pairs', 'Networks'];
const ORDER = [...new Set([...FIRST, ...registry.map(({section}) => section)])];

/** Heading of the kind's resources, and of the parameters that stand for such things. */
export function sectionOf(kind: string): string {
  return specOf(kind)?.section ?? 'Other';
}

export function groupRank(group: string): number {
  const rank = ORDER.indexOf(group);
  return rank < 0 ? ORDER.length : rank;
}
