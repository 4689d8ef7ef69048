/** What in the target was probably meant: the one that is certain, and the next best, by name and by facts. Pure. */
import type {ReportParameter} from '../../model/bundle.ts';
import {nearest} from './names.ts';
import {type FlavorSize, type ImageFacts, imageFacts, sizeOf, type SourceFacts} from './source-facts.ts';
import type {Listing, Thing} from './target.ts';

export interface Candidate {
  readonly thing: Thing;
  readonly why: string;
}

export interface Candidates {
  /** The one that everybody would take. */
  readonly certain?: Candidate;
  /** Not certain, but the one to begin with: the default volume type, an image of the same system. */
  readonly likely?: Candidate;
  /** Words for a hint; '' where nothing is near. */
  readonly near: string;
  /** Best first, at most five; without those above. */
  readonly others: readonly Candidate[];
}

export interface Sought {
  readonly parameter: ReportParameter;
  /** Name as the source knew it. */
  readonly wanted: string;
  readonly noun: Listing['noun'];
  /** All that would do. */
  readonly things: readonly Thing[];
  readonly facts: SourceFacts;
  /** Id of the one that the target takes where none is named. */
  readonly preset?: string | undefined;
}

export function candidatesOf(given: Sought): Candidates {
  // Lists come in any order.
  const sought = {...given, things: [...given.things].sort(byWords)};
  const found = ranked(sought);
  const taken = new Set([found.certain?.thing.id, found.likely?.thing.id]);
  const rest = [...(found.next ?? []), ...byLikeness(sought)].filter(({thing}) => !taken.has(thing.id));
  const first = new Map([...rest].reverse().map(one => [one.thing.id, one]));
  const once = rest.filter(one => first.get(one.thing.id) === one);
  const {next: _next, ...said} = found;
  return {...said, others: once.slice(0, 5)};
}

type Ranked = Omit<Candidates, 'others'> & {readonly next?: readonly Candidate[]};

function ranked(sought: Sought): Ranked {
  const {parameter, wanted, noun, things, facts, preset} = sought;
  if (noun === 'flavor') {
    const size = facts.flavors.get(wanted);
    if (size !== undefined) return bySize(wanted, size, things);
  }
  const image = noun === 'image' ? facts.images.get(parameter.source?.id ?? '') : undefined;
  const hash = image?.hash ?? '';
  const same = only(hash === '' ? [] : things.filter(({row}) => imageFacts(row).hash === hash));
  if (same !== undefined) return certain(same, 'the same content');
  const alike = things.filter(({name}) => plain(name) === plain(wanted) && plain(wanted) !== '');
  const named = only(alike);
  if (named !== undefined) return certain(named, 'the same name but for case and punctuation');
  if (noun === 'image' && alike.length === 0 && bare(wanted) !== '') {
    const spoken = only(things.filter(({name}) => bare(name) === bare(wanted)));
    if (spoken !== undefined) return certain(spoken, 'the same name but for words that say no more');
  }
  const single = only(things.filter(({name}) => name !== '__DEFAULT__'));
  if (single !== undefined && lone.has(noun)) return certain(single, `the only ${noun} there`);
  const likely = likelyOf(image, things) ?? presetOf(sought, preset);
  const versions =
    noun === 'image' ? things.filter(({name}) => base(wanted) !== '' && base(name) === base(wanted)) : [];
  const near =
    versions.length > 0
      ? `in another version: ${listOf(versions.map(({name}) => name))}`
      : byName(wanted, things);
  return {
    ...(likely === undefined ? {} : {likely}),
    near: [likely === undefined ? '' : said(likely), near].filter(words => words !== '').join('; '),
    next: versions.map(thing => ({thing, why: 'another version'})),
  };
}

function only(alike: readonly Thing[]): Thing | undefined {
  return alike.length === 1 ? alike[0] : undefined;
}

/** Kinds of which the only one is the right one. */
const lone: ReadonlySet<string> = new Set([
  'external network',
  'volume type',
  'share type',
  'availability zone',
]);

function certain(thing: Thing, why: string): Ranked {
  return {certain: {thing, why}, near: said({thing, why})};
}

function said({thing, why}: Candidate): string {
  return `${why}: ${JSON.stringify(thing.name || thing.id)}`;
}

/** The only image of the same system: another build of it. */
function likelyOf(image: ImageFacts | undefined, things: readonly Thing[]): Candidate | undefined {
  const {distro, version, architecture} = image ?? {};
  if (distro === undefined || version === undefined) return undefined;
  const same = things.filter(({row}) => {
    const its = imageFacts(row);
    const fits =
      its.architecture === undefined || architecture === undefined || its.architecture === architecture;
    return fits && plain(its.distro ?? '') === plain(distro) && its.version === version;
  });
  const [thing] = same;
  if (thing === undefined || same.length > 1) return undefined;
  return {thing, why: `the only image of ${distro} ${version} there`};
}

function presetOf({noun, things}: Sought, preset: string | undefined): Candidate | undefined {
  const thing = preset === undefined ? undefined : things.find(({id}) => id === preset);
  return thing === undefined ? undefined : {thing, why: `the default ${noun} there`};
}

function bySize(wanted: string, size: FlavorSize, things: readonly Thing[]): Ranked {
  const sized = things.flatMap(thing => {
    const its = sizeOf(thing.row);
    return its === undefined ? [] : [{thing, its}];
  });
  const said = `${size.vcpus} vCPUs, ${size.ram} MiB, ${size.disk} GiB`;
  const ofSize = sized.filter(({its}) => compare(its, size).every(by => by === 0));
  const same = ofSize.filter(({its}) => isEqual(its, size)).map(({thing}) => thing);
  const next = largerThan(size, sized).map(thing => ({thing, why: `the next size up from ${said}`}));
  const [only] = same;
  if (only !== undefined && same.length === 1) return {...certain(only, `of the same size (${said})`), next};
  if (same.length > 1) {
    const alike = same.filter(({name}) => plain(name) === plain(wanted));
    const [one] = alike;
    const both = same.map(thing => ({thing, why: `of the same size (${said})`}));
    if (one !== undefined && alike.length === 1)
      return {...certain(one, `of the same size (${said}) and name`), next: both};
    return {near: `of the same size (${said}): ${listOf(same.map(({name}) => name))}`, next: both};
  }
  const unlike = ofSize.map(({thing}) => ({
    thing,
    why: `of the same size (${said}), with other extra specs or swap`,
  }));
  const [first = next[0]] = unlike;
  const up = first === undefined ? '' : `${first.why}: ${JSON.stringify(first.thing.name)}`;
  return {
    near: [up, byName(wanted, things)].filter(words => words !== '').join('; '),
    next: [...unlike, ...next],
  };
}

interface Sized {
  readonly thing: Thing;
  readonly its: FlavorSize;
}

/** The smallest first; at most two. */
function largerThan(size: FlavorSize, sized: readonly Sized[]): readonly Thing[] {
  return sized
    .filter(({its}) => compare(its, size).every(by => by >= 0) && compare(its, size).some(by => by > 0))
    .sort((a, b) => compare(a.its, b.its).find(by => by !== 0) ?? (a.thing.name < b.thing.name ? -1 : 1))
    .slice(0, 2)
    .map(({thing}) => thing);
}

function compare(a: FlavorSize, b: FlavorSize): readonly number[] {
  return [a.vcpus - b.vcpus, a.ram - b.ram, a.disk - b.disk, a.ephemeral - b.ephemeral];
}

/** Of what both tell. */
function isEqual(a: FlavorSize, b: FlavorSize): boolean {
  if (a.swap !== undefined && b.swap !== undefined && a.swap !== b.swap) return false;
  if (a.extraSpecs === undefined || b.extraSpecs === undefined) return true;
  const [mine, theirs] = [Object.entries(a.extraSpecs), b.extraSpecs];
  return (
    mine.length === Object.keys(theirs).length &&
    mine.every(([key, value]) => Object.hasOwn(theirs, key) && theirs[key] === value)
  );
}

function byName(wanted: string, things: readonly Thing[]): string {
  const names = [...new Set(things.map(({id, name}) => name || id))].sort();
  const like = nearest(wanted, names);
  if (like.length > 0) return `nearest: ${listOf(like)}`;
  return names.length === 0 ? '' : `there are: ${listOf(names)}`;
}

/** All things, those of the nearest names first. */
function byLikeness({wanted, things}: Sought): readonly Candidate[] {
  const like = nearest(
    wanted,
    things.map(({name}) => name),
  );
  const near = like.flatMap(name => things.filter(thing => thing.name === name));
  return [
    ...near.map(thing => ({thing, why: 'a name like it'})),
    ...things.map(thing => ({thing, why: 'it is there'})),
  ];
}

function byWords(a: Thing, b: Thing): number {
  return order(a.name, b.name) || order(a.id, b.id);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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

/** Words of images' names that tell no image from another; `arm64` does. */
const idle: ReadonlySet<string> = new Set(
  'amd64 x86 64 cloud cloudimg generic genericcloud gnu image img latest linux lts qcow2 raw server'.split(
    ' ',
  ),
);

/** Without what stands in brackets, and without such words. */
function bare(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^()]*\)|\[[^[\]]*\]/gu, ' ')
    .split(/[^\p{L}\p{N}.]+/gu)
    .filter(part => part !== '' && !idle.has(part))
    .map(plain)
    .join('');
}

/** Without digits: what is left of a name when its version is taken away. */
function base(name: string): string {
  return plain(name).replaceAll(/\p{N}+/gu, '');
}
