/**
 * Graph -> the same things as a tree: by kind, or networks with what stands on them. Every thing that is shown is in it at
 * least once. Pure.
 */
import type {Graph, Node} from '../model/graph.ts';
import {objects, text} from '../model/json.ts';
import {legText, rangesText} from './labels.ts';
import {sceneOf, thingOf} from './scene.ts';
import type {Device, Lane, Nic, Scene, Standing, Thing} from './scene-types.ts';

export type TreeForm = 'kind' | 'network';

/** A thing with what belongs to it, or a heading. `rekindle list --tree -f json` prints it. */
export interface TreeItem {
  /** `kind:id`; absent for a heading. */
  readonly key?: string;
  /** Absent for a heading over several kinds. */
  readonly kind?: string;
  readonly label: string;
  /** Addresses, ranges and the like. */
  readonly notes: readonly string[];
  /** Absent for a heading. */
  readonly standing?: Standing;
  readonly items: readonly TreeItem[];
}

/** @param shows Default: what the template or a step rebuilds, and what is lost. */
export function treeOf(
  graph: Graph,
  form: TreeForm,
  shows: (node: Node) => boolean = ({place}) => place.as !== 'skipped',
): readonly TreeItem[] {
  const scene = sceneOf(graph);
  const shown = new Map([...graph.nodes].filter(([, node]) => shows(node)));
  return form === 'kind' ? byKind(shown, scene) : new NetworkTree(shown, scene).items();
}

function heading(label: string, items: readonly TreeItem[], kind?: string): TreeItem {
  return {...(kind === undefined ? {} : {kind}), label, notes: [], items};
}

/** A heading for each kind, in their order. */
function kindsOf(items: readonly (TreeItem & Thing)[]): readonly TreeItem[] {
  const kinds = new Map<string, TreeItem[]>();
  for (const item of items) {
    const found = kinds.get(item.kind);
    if (found === undefined) kinds.set(item.kind, [item]);
    else found.push(item);
  }
  return [...kinds].map(([kind, own]) => heading(kind.replaceAll('_', ' '), own, kind));
}

type Nodes = ReadonlyMap<string, Node>;

function byKind(shown: Nodes, scene: Scene): readonly TreeItem[] {
  const notes = new Map<string, readonly string[]>([
    ...scene.lanes.map(lane => [lane.key, laneNotes(lane)] as const),
    ...scene.devices.map(({key, nics}) => [key, nics.map(legText).filter(leg => leg !== '')] as const),
  ]);
  return kindsOf(
    [...shown.values()].map(node =>
      Object.assign(thingOf(node), {notes: notes.get(node.key) ?? rowNotes(node), items: []}),
    ),
  );
}

function laneNotes(lane: Lane): readonly string[] {
  const ranges = rangesText(lane);
  return [...(ranges === '' ? [] : [ranges]), ...(lane.external ? ['external'] : [])];
}

/** What a person looks for in the row of a thing that no picture says more of. */
function rowNotes({row}: Node): readonly string[] {
  const fixed = objects(row['fixed_ips']).map(({ip_address: address}) => text(address));
  return [...fixed, text(row['floating_ip_address']), text(row['cidr'])].filter(note => note !== '');
}

/** Lanes with devices; each thing that a lane doesn't have stands with what it belongs to, else by kind at the end. */
class NetworkTree {
  readonly #shown: Nodes;
  readonly #scene: Scene;
  /** What belongs to a thing, in the graph's order. */
  readonly #below = new Map<string, Node[]>();
  /** Devices on each lane, in the scene's order. */
  readonly #on = new Map<string, Device[]>();
  /** Things with a place of their own in the scene. */
  readonly #placed = new Set<string>();
  readonly #done = new Set<string>();
  /** The lane under which the rest of a device is told. */
  readonly #first = new Map<string, string>();

  constructor(shown: Nodes, scene: Scene) {
    this.#shown = shown;
    this.#scene = scene;
    for (const node of shown.values()) {
      const at = ownerOf(node);
      if (at === undefined) continue;
      const nodes = this.#below.get(at);
      if (nodes === undefined) this.#below.set(at, [node]);
      else nodes.push(node);
    }
    for (const {key, subnets} of scene.lanes)
      for (const one of [{key}, ...subnets]) this.#placed.add(one.key);
    for (const device of scene.devices) {
      const {key, nics, volumes} = device;
      for (const lane of new Set(nics.map(nic => nic.lane))) {
        const devices = this.#on.get(lane);
        if (devices === undefined) this.#on.set(lane, [device]);
        else devices.push(device);
      }
      for (const one of [{key}, ...volumes]) this.#placed.add(one.key);
      for (const {port = '', floating} of nics)
        for (const one of [{key: port}, ...floating]) this.#placed.add(one.key);
    }
  }

  items(): readonly TreeItem[] {
    const lanes = this.#scene.lanes.flatMap(lane => this.#lane(lane));
    // A parent before what belongs to it: that is told with it.
    const roots = [...this.#shown.values()].filter(node => !this.#shown.has(ownerOf(node) ?? ''));
    const loose = [...roots, ...this.#shown.values()].flatMap(node =>
      this.#done.has(node.key) ? [] : [this.#thing(node, rowNotes(node))],
    );
    return loose.length === 0 ? lanes : [...lanes, heading('on no network', kindsOf(loose))];
  }

  #lane(lane: Lane): readonly TreeItem[] {
    const node = this.#shown.get(lane.key);
    const subnets = lane.subnets.flatMap(({key, cidr}) => this.#shownThing(key, [cidr]));
    const on = (this.#on.get(lane.key) ?? []).flatMap(device => this.#device(device, lane));
    const items = [...subnets, ...on];
    if (node !== undefined) return [this.#thing(node, laneNotes(lane), items)];
    // Not ours, and still where ours stand.
    const {key, kind, label, standing} = lane;
    return items.length === 0 ? [] : [{key, kind, label, notes: laneNotes(lane), standing, items}];
  }

  #device(device: Device, lane: Lane): readonly TreeItem[] {
    const nics = device.nics.filter(nic => nic.lane === lane.key);
    if (nics.length === 0) return [];
    const node = this.#shown.get(device.key);
    const legs = nics.map(legText).filter(leg => leg !== '');
    const ports = nics.flatMap(nic => this.#ports(nic, device));
    if (node === undefined) return ports;
    const before = this.#first.get(device.key);
    if (before !== undefined)
      return [{...thingOf(node), notes: [...legs, `more of it under ${before}`], items: ports}];
    this.#first.set(device.key, lane.label);
    const volumes = device.volumes.flatMap(({key}) => this.#shownThing(key, []));
    const groups = device.groups.flatMap(({key}) => this.#mention(key));
    return [this.#thing(node, legs, [...ports, ...volumes, ...groups])];
  }

  /** A port with its floating IPs; those alone, where the port is the device itself, or there is none to see. */
  #ports({port, addresses, floating}: Nic, device: Device): readonly TreeItem[] {
    const outer = floating.flatMap(({key, address}) => this.#shownThing(key, [address]));
    const node = port === undefined || port === device.key ? undefined : this.#shown.get(port);
    if (node === undefined) return outer;
    return this.#done.has(node.key) ? [] : [this.#thing(node, [addresses.join(', ')], outer)];
  }

  #shownThing(key: string, notes: readonly string[]): readonly TreeItem[] {
    const node = this.#shown.get(key);
    return node === undefined || this.#done.has(key) ? [] : [this.#thing(node, notes)];
  }

  /** A thing that is told elsewhere. */
  #mention(key: string): readonly TreeItem[] {
    const node = this.#shown.get(key);
    return node === undefined ? [] : [{...thingOf(node), notes: [], items: []}];
  }

  /** @param items What the scene has with it. */
  #thing(node: Node, notes: readonly string[], items: readonly TreeItem[] = []): TreeItem & Thing {
    this.#done.add(node.key);
    const below = (this.#below.get(node.key) ?? [])
      .filter(({key}) => !this.#placed.has(key) && !this.#done.has(key))
      .map(one => this.#thing(one, rowNotes(one)));
    return {...thingOf(node), notes: notes.filter(note => note !== ''), items: [...items, ...below]};
  }
}

function ownerOf({under, place}: Node): string | undefined {
  return place.as === 'part' ? `${place.of.kind}:${place.of.id}` : under;
}
