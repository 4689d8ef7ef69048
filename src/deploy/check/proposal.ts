/** What the target has for one parameter. */
import type {ReportParameter} from '../../model/bundle.ts';
import {word} from '../../model/json.ts';
import type {Proposal, Proposed} from '../../model/proposal.ts';
import type {Listing} from './target.ts';

export function proposal(
  {name, source, value: was}: ReportParameter,
  listing: Listing | undefined,
  said: {readonly value?: string; readonly why: string; readonly others?: readonly Proposed[]},
): Proposal {
  const from = source?.name || word(was);
  return {parameter: name, noun: listing?.noun ?? 'thing', from, others: [], ...said};
}
