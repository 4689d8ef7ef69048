/** How the parameters of a rules file may be called. */
import {isUsableName} from '../../model/logical-name.ts';

/** `at` holds the places where choices are kept. */
export function isParameterName(name: string): boolean {
  return isUsableName(name) && name !== 'at';
}

export function badName(name: string): string {
  return `${JSON.stringify(name)} is no name for a parameter: it has letters, digits and _, and begins with no digit`;
}
