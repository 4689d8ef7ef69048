/** Which things somebody wants to see: by kind, security group, tag, where they stand, whether they changed. Pure. */
import {text, texts} from '../../model/json.ts';
import type {PageThing} from '../data.ts';
import type {Project} from './project.ts';

export interface Filters {
  /** Empty: all. */
  readonly kinds: ReadonlySet<string>;
  /** Key of a security group. */
  readonly group: string;
  readonly tag: string;
  /** What is not the project's own, or not rebuilt. */
  readonly outside: boolean;
  readonly onlyChanges: boolean;
}

export const unfiltered: Filters = {
  kinds: new Set(),
  group: '',
  tag: '',
  outside: true,
  onlyChanges: false,
};

/** Whether any but the two switches is on. */
export function isFiltered({kinds, group, tag, onlyChanges}: Filters): boolean {
  return kinds.size > 0 || group !== '' || tag !== '' || onlyChanges;
}

export function filterOf(project: Project, filters: Filters): (thing: PageThing) => boolean {
  const {kinds, tag, outside, onlyChanges} = filters;
  const grouped = filters.group === '' ? undefined : groupMembers(project, filters.group);
  return thing =>
    (outside || thing.standing !== 'outside') &&
    (kinds.size === 0 || kinds.has(thing.kind)) &&
    (grouped === undefined || grouped.has(thing.key)) &&
    (tag === '' || texts(thing.row?.['tags']).includes(tag)) &&
    (!onlyChanges || (thing.change ?? 'same') !== 'same');
}

/** The group with its rules, the ports in it, and what holds those. */
export function groupMembers({byKey, dependents, data}: Project, group: string): ReadonlySet<string> {
  const id = byKey.get(group)?.id ?? '';
  const found = new Set([group]);
  for (const {key} of dependents(group)) found.add(key);
  for (const {key, kind, row} of data.things)
    if (kind === 'port' && texts(row?.['security_groups']).includes(id)) found.add(key);
  const ports = [...found].flatMap(key => byKey.get(key) ?? []).filter(({kind}) => kind === 'port');
  for (const {key, row} of ports) {
    for (const holder of dependents(key)) found.add(holder.key);
    const server = `server:${text(row?.['device_id'])}`;
    if (byKey.has(server)) found.add(server);
  }
  return found;
}

/** Tags that something has, sorted. */
export function tagsOf({data}: Project): readonly string[] {
  return [...new Set(data.things.flatMap(({row}) => texts(row?.['tags'])))].sort();
}
