/** The only list of rules. */
import {type Finding, faultFinding} from '../finding.ts';
import type {There} from '../there.ts';
import {topologyOf} from '../topology.ts';
import type {View} from '../view.ts';
import {dns} from './dns.ts';
import {floatingIps} from './floating-ips.ts';
import {groups} from './groups.ts';
import {lengths} from './lengths.ts';
import {loadBalancers} from './load-balancers.ts';
import {networks} from './networks.ts';
import {ports} from './ports.ts';
import {references} from './references.ts';
import {roles} from './roles.ts';
import {routers} from './routers.ts';
import type {Rule} from './rule.ts';
import {servers} from './servers.ts';
import {storage} from './storage.ts';
import {subnets} from './subnets.ts';
import {trunks} from './trunks.ts';
import {vpn} from './vpn.ts';

const rules: readonly Rule[] = [
  references,
  networks,
  subnets,
  ports,
  routers,
  floatingIps,
  groups,
  trunks,
  servers,
  loadBalancers,
  vpn,
  dns,
  storage,
  lengths,
  roles,
];

/** What create would refuse, by all that can be told before it. */
export function checkRules(view: View, there: There): readonly Finding[] {
  const scene = {view, there, net: topologyOf(view, there)};
  return rules.flatMap(rule => [...rule(scene)].map(fault => faultFinding(fault)));
}
