/** Servers and key pairs: what Nova refuses after Heat's preview has let it pass. */
import {fields, number, objects, text} from '../../../model/json.ts';
import type {Fault} from '../finding.ts';
import {rowOf, type There} from '../there.ts';
import {isGiven, itemsOf, known, type Part, unknown} from '../view.ts';
import {type Rule, together} from './rule.ts';

/** Heat asks Nova in versions that want to be told of networks. Proof: nova `compute/schemas/servers.py`, 2.37. */
const networks: Rule = function* ({view}) {
  for (const {name, properties} of view.of('OS::Nova::Server')) {
    const value = properties['networks'];
    if (value === unknown || isGiven(value)) continue;
    yield {
      resource: name,
      property: 'networks',
      verdict: 'is missing, and Nova wants to be told',
      hint: 'name a network or a port, or [{allocate_network: none}]',
    };
  }
};

const disks: Rule = function* ({view, there}) {
  for (const part of view.of('OS::Nova::Server')) {
    const {name: resource, properties} = part;
    const mapping = objects(properties['block_device_mapping_v2']);
    const isKnown = Array.isArray(properties['block_device_mapping_v2'] ?? []);
    const boots = mapping.filter(disk => number(disk['boot_index']) === 0);
    if (boots.length > 1)
      yield {
        resource,
        property: 'block_device_mapping_v2',
        verdict: `has ${boots.length} disks with boot_index 0`,
        hint: 'give the data disks boot_index: -1',
      };
    for (const {item, path} of itemsOf(properties['block_device_mapping_v2'], 'block_device_mapping_v2')) {
      const disk = fields(item);
      yield* tooSmall(resource, `${path}.volume_size`, disk['volume_size'], disk['image'], there);
    }
    if (isKnown && boots.length === 0) yield* flavorTooSmall(part, there);
  }
};

function* flavorTooSmall({name: resource, properties}: Part, there: There): Generator<Fault> {
  const flavor = rowOf(there.lists.flavors, known(properties['flavor']) ?? '');
  const image = rowOf(there.lists.images, known(properties['image']) ?? '');
  if (flavor === undefined || image === undefined) return;
  const disk = number(flavor['disk']) ?? 0;
  const memory = number(flavor['ram']) ?? 0;
  const needs = smallestDisk(image);
  const at = {resource, property: 'flavor', value: text(flavor['name'])};
  const hint = 'choose a larger flavor, or a smaller image';
  // A flavor without a disk gives whatever the image needs.
  if (disk > 0 && needs > disk)
    yield {
      ...at,
      verdict: `has a disk of ${disk} GiB; the image ${text(image['name'])} needs ${needs}`,
      hint,
    };
  const ram = number(image['min_ram']) ?? 0;
  if (ram > memory)
    yield {...at, verdict: `has ${memory} MiB of RAM; the image ${text(image['name'])} needs ${ram}`, hint};
}

const GIB = 1024 ** 3;

/** GiB. Proof: nova `compute/api.py`, `_validate_flavor_image_nostatus`; cinder `image/image_utils.py`, `check_image_metadata`. */
function smallestDisk(image: Readonly<Record<string, unknown>>): number {
  const size = Math.ceil((number(image['size']) ?? 0) / GIB);
  return Math.max(number(image['min_disk']) ?? 0, size);
}

function* tooSmall(
  resource: string,
  property: string,
  size: unknown,
  image: unknown,
  there: There,
): Generator<Fault> {
  const row = rowOf(there.lists.images, known(image) ?? '');
  const wanted = number(size);
  if (row === undefined || wanted === undefined) return;
  const needs = smallestDisk(row);
  if (wanted >= needs) return;
  yield {
    resource,
    property,
    value: wanted,
    verdict: `is less than the ${needs} GiB that the image ${text(row['name'])} needs`,
    hint: `make it ${needs} or more`,
  };
}

const volumes: Rule = function* ({view, there}) {
  for (const {name, properties} of view.of('OS::Cinder::Volume')) {
    yield* tooSmall(name, 'size', properties['size'], properties['image'], there);
    const size = number(properties['size']);
    const source = view.target(properties['source_volid'], 'OS::Cinder::Volume');
    const least = number(source?.properties['size']);
    if (size === undefined || source === undefined || least === undefined || size >= least) continue;
    yield {
      resource: name,
      property: 'size',
      value: size,
      verdict: `is less than the ${least} GiB of ${source.name}, which it is made from`,
      hint: `make it ${least} or more`,
    };
  }
};

/** Zones that the template names itself; those of a parameter are looked at with the parameter. */
const zones: Rule = function* ({view, there}) {
  const kinds = [
    ['OS::Nova::Server', there.lists.zones],
    ['OS::Cinder::Volume', there.lists.volumeZones],
  ] as const;
  for (const [type, rows] of kinds) {
    if (rows === undefined) continue;
    const names = rows.map(row => text(row['zoneName']));
    for (const {name, raw} of view.of(type)) {
      const value = raw['availability_zone'];
      // `zone:host` is for admins.
      if (typeof value !== 'string' || value === '' || value.includes(':') || names.includes(value)) continue;
      yield {
        resource: name,
        property: 'availability_zone',
        value,
        verdict: 'is no zone of the target',
        hint: `leave it out, or take one of ${names.join(', ')}`,
      };
    }
  }
};

/** Key types that Nova reads. Proof: nova `crypto.py`, `generate_fingerprint`, by python3-cryptography. */
const sshTypes =
  /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)(?:-cert-v01@openssh\.com)?$/;

const keys: Rule = function* ({view}) {
  for (const {name, properties} of view.of('OS::Nova::KeyPair')) {
    const value = properties['public_key'];
    if (typeof value !== 'string' || (properties['type'] ?? 'ssh') !== 'ssh') continue;
    const fault = faultOfKey(value);
    if (fault === undefined) continue;
    yield {
      resource: name,
      property: 'public_key',
      value,
      verdict: fault,
      hint: 'paste the whole line of the .pub file',
    };
  }
};

function faultOfKey(key: string): string | undefined {
  const [type = '', body = ''] = key.trim().split(/\s+/);
  if (!sshTypes.test(type)) return 'begins with no type of an SSH key';
  const blob = Buffer.from(body, 'base64');
  const length = blob.length < 4 ? -1 : blob.readUInt32BE(0);
  const inner = blob.subarray(4, 4 + Math.max(0, length)).toString('latin1');
  return inner === type ? undefined : 'is no SSH key, or cut off';
}

/** A volume can be at a server once. At two servers it may be, if its type allows that. */
const attachments: Rule = function* ({view}) {
  const seen = new Map<string, string>();
  const users = [
    ...view.of('OS::Nova::Server').flatMap(({name, properties}) =>
      itemsOf(properties['block_device_mapping_v2'], 'block_device_mapping_v2').map(({item, path}) => ({
        name,
        property: `${path}.volume_id`,
        server: name,
        volume: view.target(fields(item)['volume_id'])?.name,
      })),
    ),
    ...view.of('OS::Cinder::VolumeAttachment').map(({name, properties}) => ({
      name,
      property: 'volume_id',
      server: view.target(properties['instance_uuid'])?.name ?? '',
      volume: view.target(properties['volume_id'])?.name,
    })),
  ];
  for (const {name, property, server, volume} of users) {
    if (volume === undefined || server === '') continue;
    const key = `${volume} ${server}`;
    const first = seen.get(key);
    if (first !== undefined)
      yield {
        resource: name,
        property,
        value: volume,
        verdict: `is attached to ${server} already, by ${first}`,
        hint: 'leave one out',
      };
    else seen.set(key, name);
  }
};

/** Nova's own limits. Proof: nova `api/validation/parameter_types.py`. */
const tags: Rule = function* ({view}) {
  for (const {name, properties} of view.of('OS::Nova::Server')) {
    const list = itemsOf(properties['tags'], 'tags');
    if (list.length > 50)
      yield {
        resource: name,
        property: 'tags',
        verdict: `has ${list.length} tags; Nova takes 50`,
        hint: 'leave some out',
      };
    for (const {item, path} of list) {
      const tag = known(item);
      if (tag === undefined) continue;
      if (/[/,]/.test(tag))
        yield {
          resource: name,
          property: path,
          value: tag,
          verdict: 'has a "/" or ",", which Nova refuses',
          hint: 'write it otherwise',
        };
      else if (tag.length > 60)
        yield {
          resource: name,
          property: path,
          value: tag,
          verdict: `has ${tag.length} characters; Nova takes 60`,
          hint: 'shorten it',
        };
    }
  }
};

export const servers: Rule = together(networks, disks, volumes, zones, keys, attachments, tags);
