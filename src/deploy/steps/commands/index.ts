/** Every command that a step may be, by its name. */
import type {Command} from '../command.ts';
import {compute} from './compute.ts';
import {loadBalancer} from './load-balancer.ts';
import {network} from './network.ts';
import {otherServices} from './other-services.ts';
import {volume} from './volume.ts';
import {vpnCommands} from './vpn.ts';

export const commands: ReadonlyMap<string, Command> = new Map(
  [...network, ...vpnCommands, ...compute, ...volume, ...loadBalancer, ...otherServices].map(command => [
    command.name,
    command,
  ]),
);
