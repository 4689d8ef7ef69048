/** The registry: every resource type rekindle knows, in the order a person would write them. The only list of them. */
import type {AnySpec} from '../model/define.ts';
import {network} from './neutron/network.ts';
import {qosPolicy} from './neutron/qos-policy.ts';

const types = [network, qosPolicy];

/** Specs in template order. */
export const registry: readonly AnySpec[] = types.map(type => type.spec);

const byKind = new Map(registry.map(spec => [spec.kind, spec]));

export function specOf(kind: string): AnySpec | undefined {
  return byKind.get(kind);
}
