/** Cinder's commands. Proof: openstackclient `volume/v3/volume.py`, cinder `api/contrib/volume_actions.py`. */
import {fields} from '../../../model/json.ts';
import {entries, texts, yes, type Command} from '../command.ts';
import {type Collection, type Hands, holds} from '../effect.ts';

const volumes: Collection = {
  service: 'block-storage',
  path: 'volumes',
  rows: 'volumes',
  row: 'volume',
  noun: 'volume',
};

async function act(hands: Hands, id: string, json: object): Promise<void> {
  await hands.call('block-storage', 'POST', `volumes/${id}/action`, {json});
}

export const volume: readonly Command[] = [
  {
    name: 'volume set',
    service: 'block-storage',
    options: {
      '--bootable': yes('bootable', true),
      '--non-bootable': yes('bootable', false),
      '--image-property': entries('metadata'),
    },
    operands: 1,
    effect: ({body: {bootable, metadata}, operands: [id = '']}, hands) => ({
      async isSo() {
        const row = await hands.get(volumes, id);
        return (
          (bootable === undefined || holds(row['bootable'], bootable)) &&
          (metadata === undefined || holds(fields(row['volume_image_metadata']), metadata))
        );
      },
      async apply() {
        if (metadata !== undefined) await act(hands, id, {'os-set_image_metadata': {metadata}});
        if (bootable !== undefined) await act(hands, id, {'os-set_bootable': {bootable}});
      },
    }),
  },
  {
    name: 'volume unset',
    service: 'block-storage',
    options: {'--image-property': texts('keys')},
    operands: 1,
    effect: ({body, operands: [id = '']}, hands) => {
      const present = async (): Promise<readonly string[]> => {
        const now = fields((await hands.get(volumes, id))['volume_image_metadata']);
        return (body['keys'] as readonly string[]).filter(key => Object.hasOwn(now, key));
      };
      return {
        isSo: async () => (await present()).length === 0,
        async apply() {
          for (const key of await present()) await act(hands, id, {'os-unset_image_metadata': {key}});
        },
      };
    },
  },
];
