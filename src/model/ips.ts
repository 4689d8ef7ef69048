/** The words of `--ips`: keep, auto, or nets that move. Pure. */
import {cidrText, doOverlap, parseAddress, parseCidr, type Cidr} from './cidr.ts';
import {RekindleError} from './errors.ts';
import type {Ips} from './shape.ts';

/** One net that moves. */
export interface Shift {
  /** Undefined: all the project's own subnets of the target's family. */
  readonly from: Cidr | undefined;
  readonly to: Cidr;
}

const hint =
  '--ips keep, --ips auto, --ips shift=10.10.0.0/24=10.50.0.0/24 (several by commas, or the option again), or --ips shift=10.50.0.0/16 for all subnets';

/**
 * @param words Values of the option, in their order.
 * @throws RekindleError 'usage' for what is none of them
 */
export function parseIps(words: readonly string[]): 'keep' | Ips {
  const modes = [...new Set(words.map(word => (word.startsWith('shift=') ? 'shift' : word)))];
  for (const mode of modes)
    if (mode !== 'keep' && mode !== 'auto' && mode !== 'shift')
      throw new RekindleError(
        'usage',
        `--ips takes keep, auto or shift=NET=NET, not ${JSON.stringify(mode)}`,
        {
          hint,
        },
      );
  const [mode = 'keep', other] = modes;
  if (other !== undefined)
    throw new RekindleError('usage', `--ips can't be both ${mode} and ${other}`, {hint});
  if (mode !== 'shift') return mode as 'keep' | 'auto';
  const shift = words.flatMap(word => word.slice('shift='.length).split(',')).map(word => word.trim());
  const parsed = parseShifts(shift);
  return {
    shift: parsed.map(({from, to}) => `${from === undefined ? '' : `${cidrText(from)}=`}${cidrText(to)}`),
  };
}

/** @throws RekindleError 'usage' where a net can't be read, or can't move there whatever the project is */
export function parseShifts(words: readonly string[]): readonly Shift[] {
  const shifts = words.map(parseShift);
  for (const [index, {from, to}] of shifts.entries()) {
    for (const later of shifts.slice(index + 1)) {
      if (from !== undefined && doOverlap(from, later.from))
        refuse(
          `${cidrText(from)} and ${later.from === undefined ? '' : cidrText(later.from)} overlap: it isn't clear which of the two moves an address`,
          'name each net once',
        );
      if (from === undefined && later.from === undefined && to.version === later.to.version)
        refuse(
          `there are two targets for all IPv${to.version} subnets: ${cidrText(to)} and ${cidrText(later.to)}`,
          'name the nets that move: shift=NET=NET',
        );
    }
  }
  return shifts;
}

function parseShift(word: string): Shift {
  const nets = word.split('=');
  const [first = '', second] = nets;
  if (nets.length > 2 || first === '') refuse(`${JSON.stringify(word)} is neither NET=NET nor NET`, hint);
  const to = checkTarget(netOf(second ?? first));
  if (second === undefined) return {from: undefined, to};
  const from = netOf(first);
  if (from.version !== to.version)
    refuse(
      `${cidrText(from)} is IPv${from.version}, but ${cidrText(to)} is IPv${to.version}`,
      'a net moves within its family',
    );
  if (to.prefix > from.prefix)
    refuse(
      `${cidrText(to)} is smaller than ${cidrText(from)}`,
      `the target has to be a /${from.prefix} or larger, so that every address keeps its place in it`,
    );
  return {from, to};
}

function netOf(word: string): Cidr {
  const net = parseCidr(word);
  if (net === undefined)
    return refuse(
      `${JSON.stringify(word)} is no net`,
      parseAddress(word) === undefined
        ? 'write it as 10.50.0.0/24 or 2001:db8:50::/64'
        : `it is one address; a net has a length, as ${word}/${word.includes(':') ? '64' : '24'}`,
    );
  const address = parseAddress(word.split('/')[0] ?? '');
  if (address?.value !== net.first)
    refuse(`${word} has host bits set`, `the net it is in is ${cidrText(net)}`);
  return net;
}

/** Where no subnet can be. Proof: RFC 6890; neutron `db/db_base_plugin_v2.py`, `_validate_subnet`. */
const reserved: readonly (readonly [string, string])[] = [
  ['0.0.0.0/8', 'stands for no address at all'],
  ['127.0.0.0/8', 'is loopback'],
  ['169.254.0.0/16', 'is link-local'],
  ['224.0.0.0/3', 'is multicast or reserved'],
  ['::/64', 'is loopback or stands for no address at all'],
  ['fe80::/10', 'is link-local'],
  ['ff00::/8', 'is multicast'],
];

function checkTarget(net: Cidr): Cidr {
  const reason = reserved.find(([text]) => doOverlap(parseCidr(text), net));
  if (reason !== undefined)
    refuse(`nothing can move to ${cidrText(net)}: ${reason[0]} ${reason[1]}`, 'take a private net');
  return net;
}

function refuse(what: string, how: string): never {
  throw new RekindleError('usage', `--ips shift: ${what}`, {hint: how});
}
