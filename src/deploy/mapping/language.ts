/** What `--map` says: `KIND:NAME=NAME-THERE`, or a file of the same. The language: docs/another-cloud.md. Pure. */
import {RekindleError} from '../../model/errors.ts';
import {type Fault, faultsError, isEntries, type Located, spotText} from '../../model/located.ts';
import {commandWord} from '../../model/shell-word.ts';

/** What the source calls one thing, the target calls another. */
export interface Renaming {
  /** As it was written. */
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  /** Where it was said, for messages: `--map flavor:m1.small=c1`, or `names.yaml:3:5`. */
  readonly said: string;
}

/** Short words for kinds, beside the kinds themselves. */
export const kindWords: Readonly<Record<string, readonly string[]>> = {
  az: ['availability_zone', 'volume_availability_zone', 'lb_availability_zone'],
  availability_zone: ['availability_zone', 'volume_availability_zone', 'lb_availability_zone'],
  keypair: ['keypair', 'foreign_keypair'],
  external_network: ['network'],
  qos: ['qos_policy'],
  dns_zone: ['zone'],
  project: ['project', 'target_project'],
};

/** The kinds that a word means; hyphens may stand for underscores. */
export function kindsOf(word: string): readonly string[] {
  const kind = word.toLowerCase().replaceAll('-', '_');
  return (Object.hasOwn(kindWords, kind) ? kindWords[kind] : undefined) ?? [kind];
}

/** The word that people would write for a kind. */
export function wordOf(kind: string): string {
  if (kind.endsWith('availability_zone')) return 'az';
  return kind === 'foreign_keypair' ? 'keypair' : kind === 'target_project' ? 'project' : kind;
}

/** The option that says it, fit for a shell. */
export function mapOption(kind: string, from: string, to: string): string {
  return `--map ${commandWord(`${wordOf(kind)}:${from}=${to}`)}`;
}

/** Whether a word is one of these, and not the name of a file. */
export function isRenaming(word: string): boolean {
  return /^[A-Za-z_-]+:.*=/su.test(word);
}

/** @throws RekindleError 'usage' */
export function readRenaming(word: string): Renaming {
  const [, kind = '', from = '', to = ''] = /^([A-Za-z_-]+):([^=]*)=(.*)$/su.exec(word) ?? [];
  if (from === '')
    throw new RekindleError('usage', `--map takes KIND:NAME=NAME-THERE, not ${JSON.stringify(word)}`, {
      hint: 'as --map flavor:m1.small=c1.small; a name with "=" in it goes into a file',
    });
  return {kind, from, to, said: `--map ${commandWord(word)}`};
}

/**
 * A file: kind, then names of the source with those of the target.
 * @param file As it is called in messages.
 * @throws RekindleError 'input': every fault with its line and column
 */
export function readRenamings(file: string, {at, data}: Located): readonly Renaming[] {
  const faults: Fault[] = [];
  const renamings: Renaming[] = [];
  if (data !== null && !isEntries(data))
    faults.push({at, what: 'a map is a mapping of kinds, as flavor: {m1.small: c1.small}'});
  if (isEntries(data))
    for (const [kind, {item}] of data) {
      if (!isEntries(item.data)) {
        faults.push({at: item.at, what: `${kind} is no mapping of names, as {m1.small: c1.small}`});
        continue;
      }
      for (const [from, {at: keyAt, item: value}] of item.data) {
        const to = wordFor(value.data);
        if (to === undefined) faults.push({at: value.at, what: `the name for ${kind} ${from} is no text`});
        else renamings.push({kind, from, to, said: `${file}:${spotText(keyAt)}`});
      }
    }
  if (faults.length > 0) throw faultsError(file, faults);
  return renamings;
}

/** A name of digits is a number to YAML; of no name, the target may choose. */
function wordFor(data: Located['data']): string | undefined {
  if (typeof data === 'string') return data;
  if (typeof data === 'number') return String(data);
  return data === null ? '' : undefined;
}
