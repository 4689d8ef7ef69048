/** What is drawn of a project, whatever draws it. Plain data: `rekindle graph -f json` prints it. */

/**
 * How a thing stands to the template: it builds it, a step beside the stack does, the target has its own (another
 * project's, or not selected), or it is lost.
 */
export type Standing = 'inside' | 'step' | 'outside' | 'lost';

export interface Thing {
  /** `kind:id`. */
  readonly key: string;
  readonly kind: string;
  /** What a person would call it. */
  readonly label: string;
  readonly standing: Standing;
}

/** A network. */
export interface Lane extends Thing {
  readonly external: boolean;
  readonly subnets: readonly {readonly key: string; readonly label: string; readonly cidr: string}[];
}

/** Where a device touches a lane. */
export interface Nic {
  /** Key of the lane. */
  readonly lane: string;
  /** Key of the port; absent for a router's legs, which are not its project's to see. */
  readonly port?: string;
  readonly addresses: readonly string[];
  /** Addresses of its floating IPs, with their keys. */
  readonly floating: readonly {readonly key: string; readonly address: string}[];
}

/** What stands between lanes: a router, server, load balancer, or a port that nothing holds. */
export interface Device extends Thing {
  readonly nics: readonly Nic[];
  /** Volumes on it. */
  readonly volumes: readonly Thing[];
  /** Security groups of its ports. */
  readonly groups: readonly Thing[];
  /** Keys of the devices that a load balancer sends to. */
  readonly serves: readonly string[];
}

export interface Scene {
  readonly project: string;
  /** Outer networks first, then those behind a router of theirs, then the others. */
  readonly lanes: readonly Lane[];
  /** Routers, load balancers, servers, ports. */
  readonly devices: readonly Device[];
  /** All that touches no network, sorted by kind as a template has them. */
  readonly loose: readonly Thing[];
}
