/** What the target calls the things that a bundle's parameters stand for: values by kind and name. Pure. */
import type {ReportParameter} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import type {Fields} from '../../model/json.ts';
import {nearest} from '../check/names.ts';
import {kindsOf, type Renaming, wordOf} from './language.ts';

/** A parameter that was given another name than the source's. */
export interface Mapped {
  readonly parameter: string;
  readonly kind: string;
  /** Name of the source's thing. */
  readonly from: string;
  readonly to: string;
  /** Where it was said, or why it was taken. */
  readonly why: string;
}

/** A parameter with everything that its thing is called in the source. */
interface Named {
  readonly parameter: ReportParameter;
  readonly kinds: ReadonlySet<string>;
  readonly names: readonly string[];
}

export interface MappedValues {
  /** By parameter. */
  readonly values: Fields;
  readonly mapped: readonly Mapped[];
}

/** Later renamings beat earlier ones, as those of the command line a file's. */
export function applyMap(
  parameters: readonly ReportParameter[],
  renamings: readonly Renaming[],
): MappedValues {
  const named = namedOf(parameters);
  const mapped = new Map<string, Mapped>();
  for (const {kind, from, to, said} of renamings) {
    for (const {parameter} of meant(named, kind, from))
      mapped.set(parameter.name, {parameter: parameter.name, kind: parameter.kind, from, to, why: said});
  }
  return {
    values: Object.fromEntries([...mapped].map(([name, {to}]) => [name, to])),
    mapped: [...mapped.values()],
  };
}

/**
 * Nothing of a map may come to nothing: a misspelt name would leave the source's in force.
 * @param parameters Of all templates of the bundle.
 * @throws RekindleError 'usage' with every renaming that no parameter is about, and what it may have been meant to be
 */
export function checkMap(parameters: readonly ReportParameter[], renamings: readonly Renaming[]): void {
  const named = namedOf(parameters);
  const faults = renamings
    .filter(({kind, from}) => meant(named, kind, from).length === 0)
    .map(({kind, from, said}) => `${said}: ${whyNot(named, kind, from)}`);
  const twice = renamings.filter(
    (one, index) =>
      renamings.findIndex(other => isSame(one, other)) < index &&
      renamings.some(other => isSame(one, other) && other.to !== one.to && isLine(one) === isLine(other)),
  );
  for (const {said, kind, from} of twice)
    faults.push(
      `${said}: the ${wordOf(kindsOf(kind)[0] ?? kind)} ${JSON.stringify(from)} is given two names`,
    );
  if (faults.length === 0) return;
  throw new RekindleError('usage', faults.join('\n'), {
    hint: "a map names what the bundle takes from outside, by the source's names: environment.yaml lists it",
  });
}

/** Those of a map that are about these parameters: of one template of several. */
export function renamingsOf(
  parameters: readonly ReportParameter[],
  renamings: readonly Renaming[],
): readonly Renaming[] {
  const named = namedOf(parameters);
  return renamings.filter(({kind, from}) => meant(named, kind, from).length > 0);
}

function isSame(a: Renaming, b: Renaming): boolean {
  return a.from === b.from && kindsOf(a.kind).join(' ') === kindsOf(b.kind).join(' ');
}

function isLine({said}: Renaming): boolean {
  return said.startsWith('--map ');
}

function whyNot(named: readonly Named[], kind: string, from: string): string {
  const wanted = new Set(kindsOf(kind));
  const those = named.filter(({kinds}) => [...kinds].some(one => wanted.has(one)));
  if (those.length === 0) {
    const words = [...new Set(named.flatMap(({kinds}) => [...kinds].map(wordOf)))].sort();
    const like = nearest(kind, words);
    const there = words.length === 0 ? 'nothing' : words.join(', ');
    const hint = like.length > 0 ? `did you mean ${like.join(' or ')}?` : `it takes: ${there}`;
    return `the bundle takes no ${JSON.stringify(kind)} from outside; ${hint}`;
  }
  const names = [...new Set(those.flatMap(one => one.names.slice(0, 1)))].sort();
  const like = nearest(from, names);
  const hint =
    like.length > 0
      ? `did you mean ${listOf(like)}?`
      : `it takes: ${listOf(names.slice(0, 5))}${names.length > 5 ? ', …' : ''}`;
  return `the bundle takes no ${wordOf(kindsOf(kind)[0] ?? kind)} ${JSON.stringify(from)} from outside; ${hint}`;
}

function listOf(names: readonly string[]): string {
  return names.map(name => JSON.stringify(name)).join(', ');
}

function meant(named: readonly Named[], kind: string, from: string): readonly Named[] {
  const wanted = new Set(kindsOf(kind));
  return named.filter(({kinds, names}) => [...kinds].some(one => wanted.has(one)) && names.includes(from));
}

/** Those that stand for a thing by its name or id. */
function namedOf(parameters: readonly ReportParameter[]): readonly Named[] {
  return parameters.flatMap((parameter): readonly Named[] => {
    const {role, kind, source, value, sets = []} = parameter;
    const own = typeof value === 'string' ? value : '';
    const names = [source?.name ?? '', own, source?.id ?? ''].filter(name => name !== '');
    if (names.length === 0) return [];
    if (role === 'outside' || role === 'optional-name') return [{parameter, kinds: new Set([kind]), names}];
    const users = sets.filter(({field}) => field === 'name').map(user => user.kind);
    return role === 'given' && users.length > 0 ? [{parameter, kinds: new Set(users), names}] : [];
  });
}
