/** What to do about a thing that only the source has: the commands that bring it, where there are some. Pure. */
import {commandWord} from '../../model/shell-word.ts';
import type {ReportParameter} from '../../model/bundle.ts';
import type {SourceFacts} from './source-facts.ts';

/** Words for a hint; '' where nothing more can be said than to choose another. @param wanted Its name in the source. */
export function remedyFor({kind, source}: ReportParameter, wanted: string, facts: SourceFacts): string {
  const id = source?.id ?? '';
  // A name of which the source has several, or that is an id, is no name to create it by.
  const name =
    wanted === id && kind !== 'keypair' && kind !== 'foreign_keypair' ? (source?.name ?? '') : wanted;
  if (name === '') return '';
  const word = commandWord(name);
  switch (kind) {
    case 'keypair':
    case 'foreign_keypair': {
      const file = commandWord(`${name}.pub`);
      return `a key pair is its user's own: with its public key in a file, openstack keypair create --public-key ${file} ${word}`;
    }
    case 'image': {
      const {disk = 'qcow2', container = 'bare'} = facts.images.get(id)?.formats ?? {};
      return (
        `to bring it: on the source, openstack image save --file image.${commandWord(disk)} ${commandWord(id || name)}; ` +
        `here, openstack image create --disk-format ${commandWord(disk)} --container-format ${commandWord(container)} ` +
        `--file image.${commandWord(disk)} ${word}; or let --copy-images do it`
      );
    }
    case 'flavor': {
      const size = facts.flavors.get(name);
      if (size === undefined) return '';
      const {vcpus, ram, disk, ephemeral} = size;
      const more = ephemeral === 0 ? '' : ` --ephemeral ${ephemeral}`;
      return `an admin can make it: openstack flavor create --vcpus ${vcpus} --ram ${ram} --disk ${disk}${more} ${word}`;
    }
    case 'zone':
      return `to make it: openstack zone create --email ADDRESS ${word}`;
    case 'volume_type':
      return `an admin can make it: openstack volume type create ${word}`;
    case 'share_type':
      return `an admin can make it: openstack share type create ${word} false`;
    case 'qos_policy':
      return `an admin can make it: openstack network qos policy create ${word}`;
    default:
      return '';
  }
}
