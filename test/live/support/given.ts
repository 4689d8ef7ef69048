/** Values that a bundle asks for, as words for `deploy`. */
import type {Report} from '../../../src/model/bundle.ts';

/** The source keeps its zones, and a cloud has each name once. */
export function otherZones({parameters}: Report): readonly string[] {
  return parameters
    .filter(({role, kind}) => role === 'given' && kind === 'zone')
    .flatMap(({name, value}) => ['-P', `${name}=${String(value).replace(/\.$/, '-clone.')}`]);
}

/** What Heat hides from everybody, nothing captures. */
export function hiddenFromUs({parameters}: Report): readonly string[] {
  return parameters
    .filter(({role, kind}) => role === 'secret' && kind === 'stack')
    .flatMap(({name}) => ['-P', `${name}=hush`]);
}
