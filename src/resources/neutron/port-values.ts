/** A port's fields without what Neutron, Nova or the cloud put there by themselves. Pure, but for the steps it announces. */
import type {Scope, Typed} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {order} from '../../model/cidr.ts';
import {securityGroup} from './security-group.ts';
import {command, commonest, isOurs} from './shared.ts';

export interface AddressPair {
  readonly ip_address: string;
  readonly mac_address?: string;
}

export interface DhcpOption {
  readonly opt_name: string;
  readonly opt_value: string | null;
  readonly ip_version?: number | string;
}

interface WithPairs {
  readonly mac_address: string;
  readonly allowed_address_pairs?: readonly AddressPair[];
}

/** Neutron fills in the port's own MAC; it says nothing. */
export function addressPairs(row: WithPairs): readonly AddressPair[] {
  return (row.allowed_address_pairs ?? [])
    .map(({ip_address, mac_address}) =>
      mac_address === undefined || mac_address === row.mac_address ? {ip_address} : {mac_address, ip_address},
    )
    .sort((a, b) => order(a.ip_address, b.ip_address) || order(a.mac_address ?? '', b.mac_address ?? ''));
}

/** Without the version that Neutron assumes. */
export function dhcpOptions(
  options: readonly DhcpOption[] | undefined,
): readonly Record<string, string | number>[] {
  return (options ?? [])
    .map(({opt_name, opt_value, ip_version}) => {
      const option = {opt_name, opt_value: opt_value ?? ''};
      return Number(ip_version ?? 4) === 6 ? Object.assign(option, {ip_version: 6}) : option;
    })
    .sort((a, b) => order(a.opt_name, b.opt_name) || order(a.opt_value, b.opt_value));
}

const ports: Typed<'port', {readonly propagate_uplink_status?: boolean}> = {kind: 'port'};

/** What most ports have is the cloud's own choice. */
export function chosenUplink(value: boolean | undefined, scope: Scope): boolean | undefined {
  if (value === undefined) return undefined;
  const usual = scope.memo('port.usual-uplink', () =>
    commonest(scope.rows(ports).flatMap(row => row.propagate_uplink_status ?? [])),
  );
  return value === usual ? undefined : value;
}

/** What an admin gave the hardware; the rest of the profile is Nova's or Neutron's. */
export function capabilities(profile: Readonly<Record<string, unknown>> | undefined): unknown {
  return profile?.['capabilities'];
}

/** The other half of making a group stateless, which no port may have while that is done: see security-group.ts. */
export function takeBack(id: string, groups: readonly string[], scope: Scope): void {
  const stateless = groups.filter(group => {
    const row = scope.row(securityGroup, group);
    return row?.stateful === false && isOurs(row, scope) && !scope.isCut(securityGroup, group);
  });
  if (stateless.length === 0) return;
  scope.step({
    when: 'after',
    fields: ['security_groups'],
    title: 'give the port its stateless groups back',
    command: command(
      'port set',
      stateless.toSorted().flatMap(group => ['--security-group', new Ref(securityGroup.kind, group)]),
      new Ref('port', id),
    ),
  });
}
