/** What can be said of a deployment's name, credential and parameters by themselves. Pure. */
import type {Session} from '../../cloud/types.ts';
import {type Fields, fields} from '../../model/json.ts';
import {type Finding, problem, quoted, warning} from './finding.ts';
import {nearest} from './names.ts';

export function isStackName(name: string): boolean {
  return /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/.test(name);
}

export function checkName(name: string): readonly Finding[] {
  if (isStackName(name)) return [];
  return [
    problem(
      'stack',
      `Heat takes no stack name ${quoted(name)}`,
      'it must begin with a letter, go on with letters, digits, "_", "." and "-", and have at most 255 of them',
    ),
  ];
}

/**
 * Heat makes a trust for every stack. Keystone's token tells whether an application credential is restricted, which
 * upstream means no trust; but clouds are patched either way, so none of it is certain.
 */
export function checkCredential(session: Session): readonly Finding[] {
  const {methods, restricted} = session.identity;
  if (!methods.includes('application_credential')) return [];
  const what =
    restricted === true
      ? 'is a restricted application credential: Keystone lets it make no trust, and Heat needs one for a stack (it then answers 500)'
      : 'many clouds let no application credential make the trust that Heat needs for a stack (it then answers 500)';
  const hint =
    restricted === true
      ? 'make an unrestricted one: openstack application credential create --unrestricted NAME; or deploy with a password or OIDC'
      : 'if the stack is refused, deploy with a password or OIDC';
  return [warning('credential', what, hint)];
}

export function checkParameters(
  template: Fields,
  given: Fields,
  options: Fields,
  later: ReadonlySet<string> = new Set(),
): readonly Finding[] {
  const declared = fields(template['parameters']);
  const names = Object.keys(declared);
  const findings: Finding[] = [];
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(declared, name)) continue;
    const like = nearest(name, names);
    const where = Object.hasOwn(options, name) ? 'option -P' : 'environment';
    const hint = like.length === 0 ? 'leave it out' : `did you mean ${like.join(' or ')}?`;
    findings.push(problem(where, `the template has no parameter ${quoted(name)}`, hint));
  }
  for (const name of names) {
    const value = given[name] ?? fields(declared[name])['default'] ?? undefined;
    if (value !== undefined || later.has(name)) continue;
    findings.push(problem(`parameter ${name}`, 'has no value', `give it one: -P ${name}=VALUE`));
  }
  return findings;
}
