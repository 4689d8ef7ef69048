/** What a snapshot's inventory tells of flavors and images, for finding their like in the target. Pure. */
import type {Inventory} from '../../model/inventory.ts';
import {type Fields, fields, number, text} from '../../model/json.ts';

export interface FlavorSize {
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB. */
  readonly disk: number;
  /** GiB. */
  readonly ephemeral: number;
}

export interface ImageFacts {
  /** Hash of its content; '' where it isn't known. */
  readonly hash: string;
  readonly visibility: string;
}

export interface SourceFacts {
  /** By name. */
  readonly flavors: ReadonlyMap<string, FlavorSize>;
  /** By id. */
  readonly images: ReadonlyMap<string, ImageFacts>;
}

export const noFacts: SourceFacts = {flavors: new Map(), images: new Map()};

/** Servers carry their flavor's size since Nova's microversion 2.47. */
export function sourceFacts({rows}: Inventory): SourceFacts {
  const flavors = new Map<string, FlavorSize>();
  for (const server of rows['server'] ?? []) {
    const flavor = fields(server['flavor']);
    const size = sizeOf(flavor);
    if (size !== undefined) flavors.set(text(flavor['original_name']), size);
  }
  const images = (rows['image'] ?? []).map(row => [text(row['id']), imageFacts(row)] as const);
  return {flavors, images: new Map(images)};
}

export function sizeOf(row: Fields): FlavorSize | undefined {
  const [vcpus, ram, disk] = [number(row['vcpus']), number(row['ram']), number(row['disk'])];
  if (vcpus === undefined || ram === undefined || disk === undefined) return undefined;
  return {vcpus, ram, disk, ephemeral: number(row['ephemeral'] ?? row['OS-FLV-EXT-DATA:ephemeral']) ?? 0};
}

export function imageFacts(row: Fields): ImageFacts {
  return {hash: text(row['os_hash_value']) || text(row['checksum']), visibility: text(row['visibility'])};
}
