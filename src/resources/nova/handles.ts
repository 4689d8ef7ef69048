/** Other kinds as far as Nova's types look at them: several of these import ours. */
import type {Typed} from '../../model/define.ts';

export const server: Typed<
  'server',
  {
    readonly id: string;
    readonly name: string;
    readonly created?: string;
    readonly image?: unknown;
    readonly key_name?: string | null;
    readonly user_id?: string;
    readonly 'OS-EXT-SRV-ATTR:root_device_name'?: string | null;
    readonly 'os-extended-volumes:volumes_attached'?: readonly AttachedVolume[];
  }
> = {kind: 'server'};

export interface AttachedVolume {
  readonly id: string;
  readonly delete_on_termination?: boolean;
}

export const port: Typed<'port', PortRow> = {kind: 'port'};

export interface PortRow {
  readonly id: string;
  readonly device_id?: string;
  readonly mac_address: string;
  readonly network_id: string;
  readonly fixed_ips?: readonly {readonly ip_address: string}[];
  readonly created_at?: string;
}

export const network: Typed<'network', {readonly id: string; readonly name: string}> = {kind: 'network'};

export const trunk: Typed<'trunk', {readonly id: string; readonly port_id?: string}> = {kind: 'trunk'};

export const volume: Typed<
  'volume',
  {readonly id: string; readonly bootable: string; readonly source_volid: string | null}
> = {kind: 'volume'};

export const attachment: Typed<'volume_attachment', AttachmentRow> = {kind: 'volume_attachment'};

export interface AttachmentRow {
  readonly id: string;
  readonly server_id: string | null;
  readonly volume_id: string;
  readonly device: string | null;
}

/** What people would call it: the parts that have a name, joined. */
export function joined(...names: readonly (string | null | undefined)[]): string {
  return names.filter(name => typeof name === 'string' && name !== '').join('_');
}
