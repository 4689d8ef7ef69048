/** What in the target was probably meant: the one that is certain, and the nearest, by name and by size. Pure. */
import type {ReportParameter} from '../../model/bundle.ts';
import {nearest} from './names.ts';
import {type FlavorSize, imageFacts, sizeOf, type SourceFacts} from './source-facts.ts';
import type {Listing, Thing} from './target.ts';

export interface Candidates {
  /** The one that everybody would take. */
  readonly certain?: {readonly thing: Thing; readonly why: string};
  /** Words for a hint; '' where nothing is near. */
  readonly near: string;
}

/** @param wanted Name as the source knew it. @param things All that would do. */
export function candidatesOf(
  parameter: ReportParameter,
  wanted: string,
  {noun}: Pick<Listing, 'noun'>,
  things: readonly Thing[],
  facts: SourceFacts,
): Candidates {
  if (noun === 'flavor') {
    const size = facts.flavors.get(wanted);
    if (size !== undefined) return bySize(wanted, size, things);
  }
  if (noun === 'image') {
    const hash = facts.images.get(parameter.source?.id ?? '')?.hash ?? '';
    const same = hash === '' ? [] : things.filter(({row}) => imageFacts(row).hash === hash);
    const [only] = same;
    if (only !== undefined && same.length === 1) return certain(only, 'the same content');
  }
  const alike = wanted === '' ? [] : things.filter(({name}) => plain(name) === plain(wanted));
  const [only, ...more] = alike;
  if (only !== undefined && more.length === 0 && plain(wanted) !== '')
    return certain(only, 'the same name but for case and punctuation');
  const real = things.filter(({name}) => name !== '__DEFAULT__');
  const [single, ...others] = real;
  if (single !== undefined && others.length === 0 && lone.has(noun))
    return certain(single, `the only ${noun} there`);
  const versions = things.filter(({name}) => base(wanted) !== '' && base(name) === base(wanted));
  if (noun === 'image' && versions.length > 0)
    return {near: `in another version: ${listOf(versions.map(({name}) => name))}`};
  return {near: byName(wanted, things)};
}

/** Kinds of which the only one is the right one. */
const lone: ReadonlySet<string> = new Set(['external network', 'volume type', 'availability zone']);

function certain(thing: Thing, why: string): Candidates {
  return {certain: {thing, why}, near: `${why}: ${JSON.stringify(thing.name || thing.id)}`};
}

function bySize(wanted: string, size: FlavorSize, things: readonly Thing[]): Candidates {
  const sized = things.flatMap(thing => {
    const its = sizeOf(thing.row);
    return its === undefined ? [] : [{thing, its}];
  });
  const same = sized.filter(({its}) => compare(its, size).every(by => by === 0)).map(({thing}) => thing);
  const said = `${size.vcpus} vCPUs, ${size.ram} MiB, ${size.disk} GiB`;
  const [only] = same;
  if (only !== undefined && same.length === 1) return certain(only, `of the same size (${said})`);
  if (same.length > 1) {
    const alike = same.filter(({name}) => plain(name) === plain(wanted));
    const [one] = alike;
    if (one !== undefined && alike.length === 1) return certain(one, `of the same size (${said}) and name`);
    return {near: `of the same size (${said}): ${listOf(same.map(({name}) => name))}`};
  }
  const larger = sized
    .filter(({its}) => compare(its, size).every(by => by >= 0))
    .sort((a, b) => compare(a.its, b.its).find(by => by !== 0) ?? (a.thing.name < b.thing.name ? -1 : 1));
  const next = larger[0]?.thing.name;
  const names = byName(wanted, things);
  const up = next === undefined ? '' : `the next size up from ${said}: ${JSON.stringify(next)}`;
  return {near: [up, names].filter(words => words !== '').join('; ')};
}

function compare(a: FlavorSize, b: FlavorSize): readonly number[] {
  return [a.vcpus - b.vcpus, a.ram - b.ram, a.disk - b.disk, a.ephemeral - b.ephemeral];
}

function byName(wanted: string, things: readonly Thing[]): string {
  const names = [...new Set(things.map(({id, name}) => name || id))].sort();
  const like = nearest(wanted, names);
  if (like.length > 0) return `nearest: ${listOf(like)}`;
  return names.length === 0 ? '' : `there are: ${listOf(names)}`;
}

/** At most five. */
function listOf(names: readonly string[]): string {
  const shown = [...names].slice(0, 5).map(name => JSON.stringify(name));
  return `${shown.join(', ')}${names.length > 5 ? ', …' : ''}`;
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** Without digits: what is left of a name when its version is taken away. */
function base(name: string): string {
  return plain(name).replaceAll(/\p{N}+/gu, '');
}
