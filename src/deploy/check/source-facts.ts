/** What a snapshot's inventory tells of flavors and images, for finding their like in the target. Pure. */
import type {Inventory} from '../../model/inventory.ts';
import {type Fields, fields, number, text, word} from '../../model/json.ts';
import {isPlainObject} from '../../model/value.ts';

export interface FlavorSize {
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB. */
  readonly disk: number;
  /** GiB. */
  readonly ephemeral: number;
  /** MiB; absent where it isn't told. */
  readonly swap?: number;
  /** Absent where the role isn't told. */
  readonly extraSpecs?: Readonly<Record<string, string>>;
}

export interface ImageFacts {
  /** Hash of its content; '' where it isn't known. */
  readonly hash: string;
  readonly visibility: string;
  /** As `debian`, `12` and `x86_64`; absent where nobody said. */
  readonly distro?: string;
  readonly version?: string;
  readonly architecture?: string;
  /** How its file is to be read, as `qcow2` and `bare`. */
  readonly formats?: {readonly disk: string; readonly container: string};
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
  const ephemeral = number(row['ephemeral'] ?? row['OS-FLV-EXT-DATA:ephemeral']) ?? 0;
  // Before microversion 2.75 no swap is ''.
  const swap = row['swap'] === '' ? 0 : number(row['swap']);
  const specs = row['extra_specs'];
  return {
    vcpus,
    ram,
    disk,
    ephemeral,
    ...(swap === undefined ? {} : {swap}),
    ...(isPlainObject(specs) ? {extraSpecs: wordsOf(specs)} : {}),
  };
}

function wordsOf(specs: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(specs).map(([key, value]) => [key, word(value)]));
}

export function imageFacts(row: Fields): ImageFacts {
  const [distro, version] = [text(row['os_distro']), text(row['os_version'])];
  const architecture = text(row['architecture']) || text(row['hw_architecture']);
  const disk = text(row['disk_format']);
  return {
    hash: text(row['os_hash_value']) || text(row['checksum']),
    visibility: text(row['visibility']),
    ...(distro === '' ? {} : {distro}),
    ...(version === '' ? {} : {version}),
    ...(architecture === '' ? {} : {architecture}),
    ...(disk === '' ? {} : {formats: {disk, container: text(row['container_format']) || 'bare'}}),
  };
}
