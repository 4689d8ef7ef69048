/** What is written beside things of a scene. */
import type {Lane, Nic} from './scene-types.ts';

export function rangesText({subnets}: Lane): string {
  return subnets.map(({cidr}) => cidr).join(', ');
}

/** `10.0.0.5, 10.0.1.5 (203.0.113.9)`: in parentheses what it is from outside. */
export function legText({addresses, floating}: Nic): string {
  const inner = addresses.join(', ');
  if (floating.length === 0) return inner;
  const outer = `(${floating.map(({address}) => address).join(', ')})`;
  return inner === '' ? outer : `${inner} ${outer}`;
}
