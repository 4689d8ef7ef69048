/** What the services beyond the core hold: one topic each, built alone or all together, and taken down again. */
import type {Site} from '../site.ts';
import {alarms} from './alarms.ts';
import {containers} from './containers.ts';
import {dns} from './dns.ts';
import type {Extra} from './extra.ts';
import {keys} from './keys.ts';
import {loadBalancers} from './load-balancers.ts';
import {qosRbac} from './qos-rbac.ts';
import {shares} from './shares.ts';
import {stacks} from './stacks.ts';
import {vpn} from './vpn.ts';

export const EXTRAS: Readonly<Record<string, Extra>> = {
  alarms,
  containers,
  dns,
  keys,
  load_balancers: loadBalancers,
  qos_rbac: {...qosRbac, needs: 'admin'},
  shares,
  stacks,
  vpn,
};

/** One after the other: the control plane of a test machine is small. @param by What that role may build; default: all. */
export async function buildAll(site: Site, by?: 'member' | 'admin'): Promise<void> {
  for (const {build, needs = 'member'} of Object.values(EXTRAS))
    if (by === undefined || by === needs) await build(site);
}
