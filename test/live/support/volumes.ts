/** Volumes on their own and volumes on servers: sources, types, boot volumes, the order of devices. */
import type {Row} from './api.ts';
import {attach, place, server, snapshot, volume} from './make.ts';
import {attempt, type Site} from './site.ts';

/** Volumes that no server holds. */
export async function buildVolumes(site: Site): Promise<Record<string, Row>> {
  const {api, outside} = site;
  const origin = volume(api, {
    name: 'origin',
    metadata: {team: 'storage', '007': '007', 'a key': '{"get_param": "x"}'},
  });
  const fromImage = volume(api, {name: 'from-image', imageRef: outside.image});
  const [base, bootable, nameless, alsoNameless, twin, otherTwin, typed, odd, readonly, flagged] =
    await Promise.all([
      origin,
      fromImage,
      volume(api, {}),
      volume(api, {name: ''}),
      volume(api, {name: 'twin-volume'}),
      volume(api, {name: 'twin-volume', size: 2}),
      volume(api, {name: 'typed', volume_type: outside.multiattach ?? outside.otherType ?? null}),
      volume(api, {name: 'zoned', availability_zone: 'nova', description: 'a "described"\nvolume: # $(id)'}),
      volume(api, {name: 'read-only'}),
      volume(api, {name: 'flagged-bootable'}),
    ]);
  await api.call('POST', 'volume', `/volumes/${readonly.id}/action`, {
    'os-update_readonly_flag': {readonly: true},
  });
  // Bootable, though no image ever went into it.
  await api.call('POST', 'volume', `/volumes/${flagged.id}/action`, {'os-set_bootable': {bootable: true}});
  const [taken, unnamed] = await Promise.all([
    snapshot(api, base, {name: 'nightly', description: 'before the upgrade', metadata: {keep: 'yes'}}),
    snapshot(api, base),
  ]);
  const [fromSnapshot, fromVolume, bootableCopy] = await Promise.all([
    volume(api, {name: 'from-snapshot', snapshot_id: taken.id, size: 2}),
    volume(api, {name: 'from-volume', source_volid: base.id}),
    volume(api, {name: 'from-bootable-volume', source_volid: bootable.id}),
  ]);
  const otherType = outside.otherType;
  const elsewhere =
    otherType === undefined ? undefined : await volume(api, {name: 'other-type', volume_type: otherType});
  return {
    origin: base,
    fromImage: bootable,
    nameless,
    alsoNameless,
    twin,
    otherTwin,
    typed,
    zoned: odd,
    readonly,
    flagged,
    snapshot: taken,
    namelessSnapshot: unnamed,
    fromSnapshot,
    fromVolume,
    bootableCopy,
    ...(elsewhere === undefined ? {} : {otherType: elsewhere}),
  };
}

const disk = (fields: object): object => ({boot_index: 0, destination_type: 'volume', ...fields});

/** Servers that boot from every kind of source and hold data volumes. */
export async function buildBoot(site: Site): Promise<Record<string, Row>> {
  const {api, outside} = site;
  const on = await place(api, 'storage', '10.60.0.0/24');
  const nic = {networks: [{uuid: on.network.id}], flavorRef: outside.nodisk};
  const [root, seed, logs, data, cache, shared] = await Promise.all([
    volume(api, {name: 'hand-made-root', imageRef: outside.image}),
    volume(api, {name: 'golden', imageRef: outside.image}),
    volume(api, {name: 'logs'}),
    volume(api, {name: 'data', size: 3}),
    volume(api, {name: 'cache'}),
    attempt(site, 'a multiattach volume', () =>
      volume(api, {name: 'shared-disk', volume_type: outside.multiattach ?? null}),
    ),
  ]);
  const golden = await snapshot(api, seed, {name: 'golden-1'});
  const [fromImage, fromNew, fromHand, fromSnapshot] = await Promise.all([
    server(site, {...nic, name: 'boot-image', flavorRef: outside.tiny}),
    // Nova makes the root volume, nameless, and deletes it with the server.
    server(site, {
      ...nic,
      name: 'boot-new-volume',
      block_device_mapping_v2: [
        disk({source_type: 'image', uuid: outside.image, volume_size: 2, delete_on_termination: true}),
        {
          boot_index: -1,
          source_type: 'blank',
          destination_type: 'volume',
          volume_size: 1,
          delete_on_termination: true,
        },
      ],
    }),
    server(site, {
      ...nic,
      name: 'boot-own-volume',
      block_device_mapping_v2: [disk({source_type: 'volume', uuid: root.id, delete_on_termination: false})],
    }),
    server(site, {
      ...nic,
      name: 'boot-snapshot',
      block_device_mapping_v2: [
        disk({source_type: 'snapshot', uuid: golden.id, volume_size: 2, delete_on_termination: false}),
      ],
    }),
  ]);
  // Not in order of name, id or size: only the devices tell.
  await attach(api, fromImage, logs);
  await attach(api, fromImage, data, {delete_on_termination: true});
  await attach(api, fromImage, cache);
  if (shared !== undefined) {
    for (const holder of [fromHand, fromSnapshot]) await attach(api, holder, shared);
  }
  return {
    network: on.network,
    subnet: on.subnet,
    root,
    seed,
    logs,
    data,
    cache,
    golden,
    fromImage,
    fromNew,
    fromHand,
    fromSnapshot,
    ...(shared === undefined ? {} : {shared}),
  };
}
