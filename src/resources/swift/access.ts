/** Access lists of containers: `.r:*,.rlistings,PROJECT:USER`; proof: swift `common/middleware/acl.py`, `keystoneauth.py`. */
import type {Scope} from '../../model/define.ts';
import {Joined, OwnProject, Ref} from '../../model/value.ts';
import {project, user} from '../keystone/identities.ts';

type Part = string | Ref | OwnProject;

const id = /^[\da-f]{32}$/;

/** Undefined for no list. Ids of projects and users are no part of a template; names and patterns are. */
export function accessOf(list: string | undefined, scope: Scope): string | Joined | undefined {
  if (list === undefined || list === '') return undefined;
  const parts = partsOf(list, scope);
  return parts.every(part => typeof part === 'string') ? list : new Joined(...parts);
}

/** The same to compare: one's own project is the same in every project. */
export function comparableAccess(list: string | undefined, scope: Scope): readonly (string | Ref)[] {
  if (list === undefined || list === '') return [];
  return partsOf(list, scope).map(part => (part instanceof OwnProject ? '(its own project)' : part));
}

function partsOf(list: string, scope: Scope): readonly Part[] {
  return list.split(/([,:])/).map((word, index, words): Part => {
    if (!id.test(word)) return word;
    if (words[index - 1] === ':') return new Ref(user.kind, word);
    return word === scope.project.id ? new OwnProject() : new Ref(project.kind, word);
  });
}
