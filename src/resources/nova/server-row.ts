import type {AttachedVolume} from './handles.ts';
import type {Hints} from './hints.ts';
import type {Addresses} from './nics.ts';

/** Answered by Nova up to 2.100; proof: nova `api/openstack/compute/views/servers.py`, `show`. */
export interface ServerRow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly flavor: {readonly original_name?: string; readonly id?: string; readonly [spec: string]: unknown};
  /** '' for a server that boots from a volume. */
  readonly image: {readonly id: string; readonly properties?: object} | '' | null;
  readonly addresses: Addresses;
  readonly key_name: string | null;
  readonly user_id: string;
  readonly tenant_id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** 'True' or ''. */
  readonly config_drive: string;
  readonly description?: string | null;
  readonly locked?: boolean;
  readonly locked_reason?: string | null;
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly trusted_image_certificates?: readonly string[] | null;
  readonly security_groups?: readonly object[];
  readonly 'OS-DCF:diskConfig'?: string;
  readonly 'OS-EXT-AZ:availability_zone'?: string;
  /** Since 2.96. */
  readonly pinned_availability_zone?: string | null;
  /** Since 2.100. */
  readonly scheduler_hints?: Hints;
  readonly 'os-extended-volumes:volumes_attached': readonly AttachedVolume[];
  /** For everybody since 2.90. */
  readonly 'OS-EXT-SRV-ATTR:hostname'?: string | null;
  /** These for admins only. */
  readonly 'OS-EXT-SRV-ATTR:user_data'?: string | null;
  readonly 'OS-EXT-SRV-ATTR:root_device_name'?: string | null;
  readonly 'OS-EXT-SRV-ATTR:host'?: string | null;
  readonly 'OS-EXT-SRV-ATTR:instance_name'?: string;
  readonly 'OS-EXT-SRV-ATTR:hypervisor_hostname'?: string | null;
  readonly 'OS-EXT-SRV-ATTR:reservation_id'?: string | null;
  readonly 'OS-EXT-SRV-ATTR:launch_index'?: number;
  readonly 'OS-EXT-SRV-ATTR:kernel_id'?: string | null;
  readonly 'OS-EXT-SRV-ATTR:ramdisk_id'?: string | null;
  readonly host_status?: string;
  readonly hostId?: string;
  readonly progress?: number;
  readonly fault?: object;
  readonly 'OS-EXT-STS:task_state'?: string | null;
  readonly 'OS-EXT-STS:vm_state'?: string;
  readonly 'OS-EXT-STS:power_state'?: number;
  readonly 'OS-SRV-USG:launched_at'?: string | null;
  readonly 'OS-SRV-USG:terminated_at'?: string | null;
  readonly created?: string;
  readonly updated?: string;
  readonly links?: readonly object[];
}
