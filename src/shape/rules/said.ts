/** The values that rules give: what Heat takes, with references in it. */
import {looksLikeFunction} from '../../model/functions.ts';
import {isItems, type Located} from '../../model/located.ts';
import {Ref, type Value} from '../../model/value.ts';
import {isWellFormed} from '../../model/well-formed.ts';
import {specOf} from '../../resources/index.ts';
import type {Faults} from './faults.ts';
import {isParameterName} from './parameter-name.ts';
import {heatKind} from './schema.ts';
import {SaidParameter, SaidResource, type Said} from './types.ts';

/**
 * @param named Takes the parameters that it names; without it the value may refer to nothing.
 * @returns undefined after a fault.
 */
export function saidAt(
  item: Located,
  faults: Faults,
  named?: (parameter: SaidParameter) => void,
): Said | undefined {
  const {at, data} = item;
  if (data === null) return faults.add(at, 'Heat takes no null: to leave a property out, drop it');
  if (typeof data === 'string')
    return isWellFormed(data) ? data : faults.add(at, 'the text holds half a surrogate pair');
  if (typeof data === 'number')
    return Number.isFinite(data) ? data : faults.add(at, 'the number is not finite');
  if (typeof data === 'boolean') return data;
  if (isItems(data)) {
    const items = data.map(one => saidAt(one, faults, named));
    return items.every(one => one !== undefined) ? items : undefined;
  }
  const [key, ...others] = data.keys();
  if (named !== undefined && others.length === 0 && (key === 'resource' || key === 'parameter'))
    return referenceAt(key, data.get(key)?.item ?? item, faults, named);
  const plain = Object.fromEntries([...data.keys()].map(name => [name, '']));
  if (looksLikeFunction(plain))
    return faults.add(
      at,
      `a value is no call of Heat's ${key ?? ''}: other things are {resource: 'kind:name'}, parameters {parameter: name}`,
    );
  const entries = new Map<string, Said>();
  for (const [name, {item: part}] of data) {
    const value = saidAt(part, faults, named);
    if (value === undefined) return undefined;
    entries.set(name, value);
  }
  return entries;
}

function referenceAt(
  key: 'resource' | 'parameter',
  {at, data}: Located,
  faults: Faults,
  named: (parameter: SaidParameter) => void,
): Said | undefined {
  if (key === 'parameter') {
    if (typeof data !== 'string' || !isParameterName(data))
      return faults.add(at, 'parameter takes the name of one that is said under parameters');
    const found = new SaidParameter(at, data);
    named(found);
    return found;
  }
  const [, kind = '', name = ''] = (typeof data === 'string' && /^([a-z0-9_]+):(.+)$/s.exec(data)) || [];
  if (name === '') return faults.add(at, "resource takes 'kind:name' or 'kind:id', as 'network:web'");
  if (specOf(kind) === undefined) return faults.add(at, heatKind(kind) as string);
  return new SaidResource(at, kind, name);
}

const somewhere = new Ref('', '');

/** What Heat would be told, with references that may be anything. */
export function asValue(said: Said): Value {
  if (said instanceof SaidResource || said instanceof SaidParameter) return somewhere;
  if (Array.isArray(said)) return (said as readonly Said[]).map(item => asValue(item));
  if (said instanceof Map)
    return Object.fromEntries(
      [...(said as ReadonlyMap<string, Said>)].map(([key, item]) => [key, asValue(item)]),
    );
  return said as string | number | boolean;
}
