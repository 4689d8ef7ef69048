/** IP protocols of security group rules: their names and numbers, and how Heat takes them. */

/** Proof: neutron-lib `constants.py`, `IP_PROTOCOL_MAP`. Where a number has several names the first is the one that we use. */
const NUMBERS = new Map<string, number>([
  ['ah', 51],
  ['dccp', 33],
  ['egp', 8],
  ['esp', 50],
  ['gre', 47],
  ['icmp', 1],
  ['igmp', 2],
  ['ip', 0],
  ['hopopt', 0],
  ['ipip', 4],
  ['ipv6-encap', 41],
  ['ipv6-frag', 44],
  ['ipv6-icmp', 58],
  ['icmpv6', 58],
  ['ipv6-nonxt', 59],
  ['ipv6-opts', 60],
  ['ipv6-route', 43],
  ['ospf', 89],
  ['pgm', 113],
  ['rsvp', 46],
  ['sctp', 132],
  ['tcp', 6],
  ['udp', 17],
  ['udplite', 136],
  ['vrrp', 112],
]);

const NAMES = new Map([...NUMBERS].toReversed().map(([name, number]) => [String(number), name]));

/**
 * Names that Neutron takes and Heat doesn't: in no rule of its own, and since 2026.2 in none inside a group. Proof: heat
 * `neutron/neutron.py`, `ALLOWED_SECURITY_GROUP_PROTOCOLS`, and before `neutron/security_group_rule.py`, `_allowed_protocols`.
 */
const UNKNOWN_TO_HEAT = new Set(['ip', 'hopopt', 'ipip']);

/** One name for each protocol, however a row says it: `4` and `ipip` are one; null is any. */
export function protocolName(protocol: string | null): string | null {
  if (protocol === null) return null;
  const number = NUMBERS.get(protocol);
  return NAMES.get(number === undefined ? protocol : String(number)) ?? protocol;
}

interface Match {
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
}

/** How a template says the rule's protocol; undefined where Heat has no words for it, or it is any. */
export function heatProtocol({
  protocol,
  port_range_min: min,
  port_range_max: max,
}: Match): string | undefined {
  if (protocol === null) return undefined;
  // ICMP: Heat takes a code below the type only where the protocol is spelled.
  if (min !== null && max !== null && min > max) return protocolName(protocol) ?? undefined;
  const number = NUMBERS.get(protocol);
  if (number === undefined)
    return /^\d{1,3}$/.test(protocol) && Number(protocol) <= 255 ? protocol : undefined;
  return UNKNOWN_TO_HEAT.has(protocol) ? String(number) : protocol;
}

/** What a reader of the template has to know about the protocol; undefined if nothing. */
export function protocolNote(rule: Match): string | undefined {
  const said = heatProtocol(rule);
  const isNumber = said !== undefined && said !== rule.protocol && /^\d+$/.test(said);
  return isNumber ? `Protocol ${said} is ${rule.protocol}, which Heat takes by its number only.` : undefined;
}
