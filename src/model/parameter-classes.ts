/** What `--freeze` calls parameters: by their own names, or all of one class. */
import type {ReportParameter} from './bundle.ts';

/** Kinds by class; every other kind is a class by its plural (`qos_policies`). */
const classes: Readonly<Record<string, readonly string[]>> = {
  networks: ['network', 'subnet'],
  keypairs: ['keypair', 'foreign_keypair'],
  zones: ['availability_zone', 'volume_availability_zone', 'lb_availability_zone'],
  dns_zones: ['zone', 'recordset'],
  projects: ['target_project', 'project'],
};

const kindsWithClass = new Set(Object.values(classes).flat());

/** The class that a parameter of that kind belongs to. */
export function classOf(kind: string): string {
  const named = Object.keys(classes).find(name => classes[name]?.includes(kind));
  return named ?? (/[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`);
}

/** All classes of these kinds. */
export function classesOf(kinds: readonly string[]): readonly string[] {
  const others = kinds.filter(kind => !kindsWithClass.has(kind)).map(classOf);
  return [...new Set([...Object.keys(classes), ...others])].sort();
}

/** Why a parameter of that role has no value that could stand in a template; undefined: it has one. */
export function whyNotFrozen(role: ReportParameter['role']): string | undefined {
  switch (role) {
    case 'secret':
      return 'it is a secret, which no template may hold';
    case 'ask':
      return 'it has no value: only who deploys can give one';
    case 'default-group':
      return 'it is the id of a group that the target has already, which deploy looks up';
    case 'data':
      return "its value can't stand in a template: Heat would take it for a function";
    case 'outside':
    case 'optional-name':
    case 'optional-switch':
    case 'given':
    case 'name-prefix':
      return undefined;
    default:
      return role satisfies never;
  }
}
