/** Parameters that name things of the target: each must name exactly one. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, fields, word} from '../../model/json.ts';
import type {Proposal, Proposed} from '../../model/proposal.ts';
import {mapOption} from '../mapping/language.ts';
import {type Candidate, candidatesOf} from './candidates.ts';
import {resolveDefaultGroup} from './default-group.ts';
import {note, plural, problem, quoted, warning} from './finding.ts';
import {isExternalNetwork, unfit} from './fit.ts';
import {isByIdOnly, isByUrl, listingFor} from './kinds.ts';
import {remedyFor} from './remedies.ts';
import {leftFree} from './left-free.ts';
import {proposal} from './proposal.ts';
import {found, type Match, nothing, type OutsideOptions, type Resolved} from './resolved.ts';
import {imageFacts, noFacts, type SourceFacts} from './source-facts.ts';
import type {Listing, Target, Thing} from './target.ts';

/** Kinds that stand in `value_specs`, which Heat hands on to Neutron as they are: no name is looked up there. */
const handedOn: ReadonlySet<string> = new Set(['subnet_pool', 'qos_policy']);

export async function resolveOutside(
  parameters: readonly ReportParameter[],
  values: Fields,
  target: Target,
  options: OutsideOptions,
): Promise<Required<Resolved>> {
  const results = await Promise.all(
    parameters.map(async parameter => {
      const value = values[parameter.name];
      if (parameter.role === 'default-group') {
        return await resolveDefaultGroup(parameter, value, options.chosen.has(parameter.name), target);
      }
      if (parameter.role === 'outside' || parameter.role === 'ask')
        return await resolveOne(parameter, value, target, options);
      return nothing;
    }),
  );
  return {
    values: Object.assign({}, ...results.map(result => result.values)) as Fields,
    findings: results.flatMap(result => result.findings),
    matches: results.flatMap(result => result.matches ?? []),
    proposals: results.flatMap(result => result.proposals ?? []),
    mapped: results.flatMap(result => result.mapped ?? []),
  };
}

/** One parameter, and what is known for it. */
interface Search {
  readonly parameter: ReportParameter;
  /** Its value. */
  readonly wanted: string;
  readonly listing: Listing;
  readonly things: readonly Thing[];
  readonly facts: SourceFacts;
  readonly isGiven: boolean;
  readonly auto: boolean;
  /** Id of what the target takes where none is named. */
  readonly preset: string | undefined;
}

async function resolveOne(
  parameter: ReportParameter,
  value: unknown,
  target: Target,
  options: OutsideOptions,
): Promise<Resolved> {
  const where = `parameter ${parameter.name}`;
  const listing = listingFor(parameter.kind, parameter.constraint);
  const wanted = word(value);
  if (wanted === '') {
    // A zone or a key pair may be left to the cloud.
    if (parameter.constraint === undefined || parameter.constraint === 'nova.keypair')
      return await leftFree(parameter, listing, target, options);
    if (listing === undefined || typeof (await target.list(listing)) === 'string')
      return found(problem(where, 'has no value', `give it one: -P ${parameter.name}=NAME-OR-ID`));
  }
  if (listing === undefined)
    return {...nothing, proposals: [proposal(parameter, listing, {why: 'it can not be looked up there'})]};
  const things = await target.list(listing);
  if (typeof things === 'string')
    return {
      ...found(warning(where, `no ${listing.noun} can be looked up in the target: ${things}`)),
      proposals: [proposal(parameter, listing, {why: `no ${listing.noun} can be looked up there`})],
    };
  const search: Search = {
    parameter,
    wanted,
    listing,
    things,
    facts: options.facts ?? noFacts,
    isGiven: options.given.has(parameter.name),
    auto: options.auto === true,
    preset: undefined,
  };
  if (wanted !== '') {
    const chosen = choose(search);
    if (chosen !== undefined) return chosen;
  }
  return missing({...search, preset: await presetOf(listing, target)});
}

/** Services that have a type of their own for whoever names none. */
const presets: Readonly<Record<string, string>> = {'volume type': 'volume_type', 'share type': 'share_type'};

/** Id of the type that the target takes by itself. */
async function presetOf({noun, service}: Listing, target: Target): Promise<string | undefined> {
  const key = presets[noun];
  if (key === undefined) return undefined;
  const body = await target.get(service, 'types/default');
  return word(fields(body?.[key])['id']) || undefined;
}

/** Undefined where there is none of that name or id. */
function choose(search: Search): Resolved | undefined {
  const {parameter, wanted, listing, things, facts} = search;
  const where = `parameter ${parameter.name}`;
  const {noun} = listing;
  const there = (value: string, why: string): readonly Proposal[] => [
    proposal(parameter, listing, {value, why}),
  ];
  const byId = things.find(thing => thing.id === wanted);
  if (byId !== undefined)
    return {...found(...unfit(parameter, byId, listing)), proposals: there(wanted, 'it is there')};

  const named = isByIdOnly(parameter.constraint) ? [] : things.filter(thing => thing.name === wanted);
  const only = named.length === 1 ? named[0] : sourceOf(parameter, named);
  if (only !== undefined) {
    // Heat would take the name, but not where it is one of several.
    const asItIs = named.length === 1 && !isByUrl(parameter.constraint) && !handedOn.has(parameter.kind);
    const values = asItIs ? {} : {[parameter.name]: only.id};
    const proposals = there(asItIs ? wanted : only.id, 'the same name');
    return {values, findings: unfit(parameter, only, listing), proposals};
  }
  if (named.length > 1) {
    const ids = named.map(({id}) => id).slice(0, 5);
    const twin = twinOf(parameter, named, facts);
    const others = ids
      .filter(id => id !== twin?.value)
      .map(value => ({value, why: `named ${quoted(wanted)} as well`}));
    const why = `${named.length} are named ${quoted(wanted)}`;
    const proposals = [proposal(parameter, listing, {why, ...twin, others})];
    if (twin !== undefined && search.auto && !search.isGiven) return {...taken(search, twin), proposals};
    const first = twin === undefined ? '' : `${twin.why}: ${twin.value}; `;
    return {
      values: {},
      findings: [
        problem(
          where,
          `the target has ${named.length} ${plural(noun)} named ${quoted(wanted)}`,
          `${first}choose one by its id: -P ${parameter.name}=ID with one of ${ids.join(', ')}`,
        ),
      ],
      matches: twin === undefined ? [] : [twin],
      proposals,
    };
  }
  return sameName(parameter, wanted, listing, things);
}

/** A match that was asked for to be taken. */
function taken({parameter, wanted}: Search, {value, why}: Match): Resolved {
  const {name, kind, source} = parameter;
  const from = source?.name || wanted;
  const shown = why === '' ? '' : `: ${why}`;
  return {
    values: {[name]: value},
    findings: [
      note(
        `parameter ${name}`,
        `takes ${quoted(value)} for the source's ${quoted(from)}${shown}`,
        `the same for good: ${mapOption(kind, from, value)}`,
      ),
    ],
    mapped: [{parameter: name, kind, from, to: value, why}],
  };
}

/** Of several images of one name: the one with the source's content, else the only one as visible as that. */
function twinOf(
  {name, source}: ReportParameter,
  named: readonly Thing[],
  {images}: SourceFacts,
): Match | undefined {
  const was = images.get(source?.id ?? '');
  if (was === undefined) return undefined;
  const same = named.filter(({row}) => was.hash !== '' && imageFacts(row).hash === was.hash);
  const seen = named.filter(({row}) => imageFacts(row).visibility === was.visibility);
  const [one, why] =
    same.length === 1 ? [same[0], 'the same content'] : [seen[0], `the only ${was.visibility} one`];
  if (one === undefined || (same.length !== 1 && seen.length !== 1)) return undefined;
  return {parameter: name, value: one.id, why};
}

/** In the same cloud the thing meant is the source's own. */
function sourceOf(parameter: ReportParameter, named: readonly Thing[]): Thing | undefined {
  const source = named.find(thing => thing.id === parameter.source?.id);
  if (source !== undefined || !isExternalNetwork(parameter)) return source;
  const external = named.filter(thing => thing.row['router:external'] === true);
  return external.length === 1 ? external[0] : undefined;
}

/** The source's id means nothing there, but one thing has the name that it had. */
function sameName(
  parameter: ReportParameter,
  wanted: string,
  listing: Listing,
  things: readonly Thing[],
): Resolved | undefined {
  const {name, source} = parameter;
  if (source === undefined || wanted !== source.id || source.name === '' || source.name === wanted)
    return undefined;
  const named = things.filter(thing => thing.name === source.name);
  const [only] = named;
  if (only === undefined || named.length > 1) return undefined;
  const match = {value: only.id, why: `the only one named ${quoted(source.name)}`};
  return {
    values: {[name]: only.id},
    findings: [
      warning(
        `parameter ${name}`,
        `the source's id ${wanted} doesn't exist here; taking ${only.id}, the only one named ${quoted(source.name)}`,
        `another one: -P ${name}=ID`,
      ),
    ],
    matches: [{parameter: name, ...match}],
    proposals: [proposal(parameter, listing, match)],
  };
}

function missing(search: Search): Resolved {
  const {parameter, wanted, listing, things, facts, isGiven, preset} = search;
  const {name, source, constraint} = parameter;
  const noun = isExternalNetwork(parameter) ? 'external network' : listing.noun;
  const fitting = things.filter(thing => unfit(parameter, thing, listing).length === 0);
  const known = isGiven ? '' : (source?.name ?? '');
  const label =
    known !== '' && known !== wanted ? `${quoted(wanted)} (${quoted(known)} in the source)` : quoted(wanted);
  const {certain, likely, near, others} = candidatesOf({
    parameter,
    wanted: known || wanted,
    noun,
    things: fitting,
    // Of what somebody else than the source named nothing but the name is known.
    facts: isGiven ? noFacts : facts,
    preset,
  });
  const valueOf = ({thing, why}: Candidate): Proposed => ({value: wordFor(parameter, thing, things), why});
  const best = certain ?? likely;
  const proposals = [
    proposal(parameter, listing, {
      why: near === '' ? `there is no ${noun} there` : 'none is certainly meant',
      ...(best === undefined ? {} : valueOf(best)),
      others: others.map(valueOf),
    }),
  ];
  const match = certain === undefined ? undefined : {parameter: name, ...valueOf(certain)};
  if (match !== undefined && search.auto && !isGiven) return {...taken(search, match), proposals};

  // A zone has no constraint: without one the cloud chooses.
  const free = constraint === undefined ? `leave it to the cloud with -P ${name}=, or ` : '';
  const from = source?.name || wanted;
  const choice =
    match === undefined || isGiven || from === ''
      ? `choose with -P ${name}=NAME-OR-ID`
      : `take it with ${mapOption(parameter.kind, from, match.value)}, or choose with -P ${name}=NAME-OR-ID`;
  const remedy = match === undefined && !isGiven ? remedyFor(parameter, wanted, facts) : '';
  const hint =
    near === ''
      ? `the target has none: create one there, then -P ${name}=NAME-OR-ID`
      : `${free}${near}; ${choice}`;
  const what = wanted === '' ? 'has no value' : `the target has no ${noun} ${label}`;
  return {
    values: {},
    findings: [problem(`parameter ${name}`, what, remedy === '' ? hint : `${hint}; ${remedy}`)],
    matches: match === undefined ? [] : [match],
    proposals,
  };
}

/** Its name, where Heat takes names and there is one of it; else its id. */
function wordFor(parameter: ReportParameter, {id, name}: Thing, things: readonly Thing[]): string {
  const takesNames =
    !isByIdOnly(parameter.constraint) && !isByUrl(parameter.constraint) && !handedOn.has(parameter.kind);
  return takesNames && name !== '' && things.filter(thing => thing.name === name).length === 1 ? name : id;
}
