/** Devices that a picture shows as one: of one kind, on the same networks with the same groups, named by a number. Pure. */
import type {Device, Scene, Thing} from './scene-types.ts';

/** Devices drawn as one box. */
export interface Crowd {
  /** The first stands for all. */
  readonly first: Device;
  readonly members: readonly Device[];
}

/** How many are drawn one by one before the rest becomes one box. */
const enough = 4;

/** Of more devices than anyone looks at one by one, those that stand on the same networks are one box, whatever they are called. */
const many = 1000;

/** In the scene's order, each where its first member stands. */
export function crowdsOf({devices}: Pick<Scene, 'devices'>): readonly Crowd[] {
  const crowds = new Map<string, Device[]>();
  const served = new Set(devices.flatMap(({serves}) => serves));
  for (const device of devices) {
    const sign = devices.length > many ? placeOf(device) : signOf(device, served);
    const members = crowds.get(sign);
    if (members === undefined) crowds.set(sign, [device]);
    else members.push(device);
  }
  return [...crowds.values()].flatMap(members =>
    members.length > enough ? [crowdOf(members)] : members.map(member => crowdOf([member])),
  );
}

function crowdOf(members: readonly Device[]): Crowd {
  return {first: members[0] as Device, members};
}

/** What devices of one crowd have in common; a name counts up to its last number. */
function signOf(device: Device, served: ReadonlySet<string>): string {
  const {key, kind, label, standing, nics, volumes, groups} = device;
  if (isOne(kind)) return key;
  const stem = label.replace(/\d+(?=\D*$)/, '#');
  const legs = nics.map(({lane, floating}) => [lane, floating.length > 0]);
  return JSON.stringify([kind, standing, stem, legs, volumes.length, keysOf(groups), served.has(key)]);
}

function placeOf({key, kind, standing, nics}: Device): string {
  return isOne(kind) ? key : JSON.stringify([kind, standing, ...nics.map(({lane}) => lane)]);
}

/** A balancer is one of its kind, and so is a router: what it joins is the picture. */
function isOne(kind: string): boolean {
  return kind === 'router' || kind === 'load_balancer';
}

function keysOf(things: readonly Thing[]): readonly string[] {
  return things.map(({key}) => key).sort();
}

/** `web-1`, or `web-1 … web-9 (9)`. */
export function crowdLabel({first, members}: Crowd): string {
  const last = members.at(-1);
  return last === undefined || members.length === 1
    ? first.label
    : `${first.label} … ${last.label} (${members.length})`;
}
