/** Parameters that may name nothing: zones, and key pairs of others. */
import type {ReportParameter} from '../../model/bundle.ts';
import {mapOption} from '../mapping/language.ts';
import {note, quoted} from './finding.ts';
import {proposal} from './proposal.ts';
import {remedyFor} from './remedies.ts';
import {found, nothing, type OutsideOptions, type Resolved} from './resolved.ts';
import {noFacts} from './source-facts.ts';
import type {Listing, Target} from './target.ts';

/** Nothing is named, and nothing needs to be; but whoever has another's key pair in the source should know. */
export async function leftFree(
  parameter: ReportParameter,
  listing: Listing | undefined,
  target: Target,
  {given, facts = noFacts}: OutsideOptions,
): Promise<Resolved> {
  const {name, kind, source} = parameter;
  const from = source?.name ?? '';
  const free = {value: '', why: 'none is asked for'};
  if (kind !== 'foreign_keypair' || listing === undefined || from === '' || given.has(name))
    return {...nothing, proposals: [proposal(parameter, listing, free)]};
  const things = await target.list(listing);
  const own = typeof things !== 'string' && things.some(thing => thing.name === from);
  const hint = own
    ? `you have one of that name here: ${mapOption(kind, from, from)}`
    : `${remedyFor(parameter, from, facts)}; then ${mapOption(kind, from, from)}`;
  const what = `is empty: servers that had the key pair ${quoted(from)} of another user get none`;
  const others = own ? [{value: from, why: 'yours of that name'}] : [];
  return {
    ...found(note(`parameter ${name}`, what, hint)),
    proposals: [proposal(parameter, listing, {...free, others})],
  };
}
