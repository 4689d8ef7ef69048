/** Logical names that somebody chose: OLD: NEW of a names file -> whose they are. The language: docs/rules.md. Pure. */
import type {EarlierBundle} from '../model/bundle.ts';
import type {Graph} from '../model/graph.ts';
import {
  faultsError,
  fileName,
  isEntries,
  spotOf,
  spotText,
  type Fault,
  type Located,
  type Spot,
} from '../model/located.ts';
import {isUsableName} from '../model/logical-name.ts';
import {nearest} from '../model/nearest.ts';
import type {ChosenName, NamesChoice} from '../model/shape.ts';
import {isPlainObject} from '../model/value.ts';
import type {Built} from './build.ts';
import {owner} from './kept.ts';
import {handleOf} from './names.ts';

const MOST = 100_000;

/**
 * The choice that a names file is.
 * @param file As the user called it, for errors; its last part is kept.
 * @throws RekindleError 'input': every fault with its line and column.
 */
export function readNames(file: string, {at, data}: Located): NamesChoice {
  const faults: Fault[] = [];
  const names: ChosenName[] = [];
  if (data !== null && !isEntries(data))
    faults.push({at, what: 'names are a mapping, as server_web_1: web_one'});
  if (isEntries(data))
    for (const [old, {at: oldAt, item}] of data) {
      if (typeof item.data === 'string')
        names.push({old, new: item.data, at: spotText(oldAt), newAt: spotText(item.at)});
      else faults.push({at: item.at, what: `the new name of ${old} is no text`});
    }
  faults.push(...faultsOf(names));
  if (faults.length > 0) throw faultsError(file, faults);
  return {file: fileName(file, 'names'), names};
}

/** What can be said without knowing what they name. */
function faultsOf(names: readonly ChosenName[]): readonly Fault[] {
  const first = new Map<string, Spot>();
  return names.flatMap(({new: name, newAt}): readonly Fault[] => {
    const at = spotOf(newAt);
    if (!isUsableName(name))
      return [
        {
          at,
          what: `${JSON.stringify(name)} is no name for a template: it has letters, digits, _, - and ., and begins with a letter or _`,
        },
      ];
    const known = first.get(name);
    if (known !== undefined)
      return [{at, what: `the name ${name} is given twice, first at ${spotText(known)}`}];
    first.set(name, at);
    return [];
  });
}

export interface ResolvedNames {
  /** New names by handle. */
  readonly chosen: ReadonlyMap<string, string>;
  /** The choice, each name with what it is of. */
  readonly choice: NamesChoice;
  readonly warnings: readonly string[];
}

/**
 * @param plain The template without chosen names.
 * @throws RekindleError 'input' for names that can't be understood, name nothing or several things, or are taken: every
 * fault with its line and column.
 */
export function resolveNames(given: NamesChoice, graph: Graph, plain: Pick<Built, 'handles'>): ResolvedNames {
  const {file, names} = checked(given);
  const faults: Fault[] = [...faultsOf(names)];
  const warnings: string[] = [];
  const nameOf = new Map([...plain.handles].map(([name, handle]) => [handle, name]));
  const chosen = new Map<string, string>();
  const spots = new Map<string, Spot>();
  const resolved = names.map((entry): ChosenName => {
    const at = spotOf(entry.at);
    // Of an earlier bundle: what it was then, whatever would be called so now.
    const handle = entry.of ?? handleFor(entry.old, graph, plain);
    if (typeof handle !== 'string') {
      faults.push({at, what: handle.fault});
      return entry;
    }
    const was = nameOf.get(handle);
    if (was === undefined) {
      warnings.push(`${file}:${spotText(at)}: ${entry.old} is not there any more`);
      return entry;
    }
    const other = spots.get(handle);
    if (other !== undefined)
      faults.push({at, what: `${entry.old} is what another line renames, at ${spotText(other)}`});
    spots.set(handle, at);
    chosen.set(handle, entry.new);
    return Object.assign({}, entry, {of: handle, was});
  });
  for (const {new: name, newAt, of} of resolved) {
    const holder = plain.handles.get(name);
    if (of !== undefined && holder !== undefined && holder !== of && !chosen.has(holder))
      faults.push({at: spotOf(newAt), what: `the name ${name} is taken by ${whatHas(holder)}`});
  }
  if (faults.length > 0) throw faultsError(file, faults);
  return {chosen, choice: {file, names: resolved}, warnings};
}

/** report.json may be a stranger's. */
function checked({file, names}: Partial<NamesChoice>): NamesChoice {
  const said = fileName(file, 'names');
  if (!Array.isArray(names) || names.length > MOST || !names.every(isChosen))
    throw faultsError(said, [{at: spotOf(''), what: 'the names that were kept are none'}]);
  return {file: said, names};
}

function isChosen(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    typeof value['old'] === 'string' &&
    typeof value['new'] === 'string' &&
    ['at', 'newAt', 'of', 'was'].every(key => value[key] === undefined || typeof value[key] === 'string')
  );
}

function handleFor(
  old: string,
  graph: Graph,
  {handles}: Pick<Built, 'handles'>,
): string | {readonly fault: string} {
  const logical = handles.get(old);
  if (logical !== undefined) return logical;
  const colon = old.indexOf(':');
  if (colon < 0) {
    const like = nearest(old, [...handles.keys()].sort());
    return {
      fault: `the template has no ${JSON.stringify(old)}${like === undefined ? '' : `: did you mean ${like}?`}`,
    };
  }
  const [kind, name] = [old.slice(0, colon), old.slice(colon + 1)];
  const things = [
    ...[...graph.nodes.values()]
      .filter(node => node.kind === kind && node.place.as === 'resource')
      .map(({id, label, key}) => ({id, label, handle: handleOf(owner.resource(key), key)})),
    ...[...graph.externals.values()]
      .filter(external => external.kind === kind)
      .map(({id, name: label, key}) => {
        const existing = graph.nodes.get(key)?.place.as === 'existing';
        const whose = owner.parameter(existing ? 'default-group' : 'outside', key);
        return {id, label, handle: handleOf(whose, existing ? id : key)};
      }),
  ];
  const byId = things.filter(({id}) => id === name);
  const found = byId.length > 0 ? byId : things.filter(({label}) => label === name);
  const [one, ...others] = found;
  if (one !== undefined && others.length === 0) return one.handle;
  if (one !== undefined)
    return {
      fault: `${found.length} of kind ${kind} are called ${JSON.stringify(name)}: say which by its id, or by its logical name`,
    };
  const kinds = [...graph.nodes.values(), ...graph.externals.values()].map(node => node.kind);
  const like =
    things.length === 0
      ? nearest(kind, [...new Set(kinds)])
      : nearest(name, things.map(({label}) => label).sort());
  const hint =
    like === undefined
      ? ''
      : `: did you mean ${things.length === 0 ? `${like}:${name}` : `${kind}:${like}`}?`;
  return {fault: `the template has no ${kind.replaceAll('_', ' ')} ${JSON.stringify(name)}${hint}`};
}

/** `resource server:ID = …` in words. */
function whatHas(handle: string): string {
  const [, role = '', kind = ''] = /^(\S+) ([a-z0-9_]+)/.exec(handle) ?? [];
  return role === 'resource' ? `a ${kind.replaceAll('_', ' ')}` : 'a parameter';
}

/** The earlier bundle as it would be had nobody chosen names. */
export function unchosen(earlier: EarlierBundle | undefined): EarlierBundle | undefined {
  const names = earlier?.report.shape?.names;
  if (earlier === undefined || names === undefined) return earlier;
  const plain = new Map(
    checked(names).names.flatMap(({new: name, was}) => (was === undefined ? [] : [[name, was] as const])),
  );
  const as = <T extends {readonly name: string}>(one: T): T => ({
    ...one,
    name: plain.get(one.name) ?? one.name,
  });
  const {report} = earlier;
  return {
    ...earlier,
    report: {...report, resources: report.resources.map(as), parameters: report.parameters.map(as)},
  };
}

/** The earlier bundle with the values that somebody wrote under the names that their parameters have now. */
export function underNewNames(
  earlier: EarlierBundle | undefined,
  plain: Pick<Built, 'handles'>,
  {handles}: Pick<Built, 'handles'>,
): EarlierBundle | undefined {
  if (earlier === undefined) return undefined;
  const before = new Map(
    (earlier.report.shape?.names?.names ?? []).flatMap(({of, new: name}) =>
      of === undefined ? [] : [[of, name] as const],
    ),
  );
  for (const [name, handle] of plain.handles) if (!before.has(handle)) before.set(handle, name);
  const moved = new Map<string, string>();
  for (const [name, handle] of handles) {
    const old = before.get(handle);
    if (old !== undefined && old !== name) moved.set(old, name);
  }
  if (moved.size === 0) return earlier;
  const now = (name: string): string => moved.get(name) ?? name;
  const file = (one: EarlierBundle['environment']): EarlierBundle['environment'] =>
    one === undefined
      ? undefined
      : {
          ...one,
          values: Object.fromEntries(Object.entries(one.values).map(([name, value]) => [now(name), value])),
          remarks: new Map([...one.remarks].map(([name, value]) => [now(name), value])),
        };
  const {report} = earlier;
  return {
    ...earlier,
    report: {
      ...report,
      parameters: report.parameters.map(one => Object.assign({}, one, {name: now(one.name)})),
    },
    environment: file(earlier.environment),
    secrets: file(earlier.secrets),
  };
}
