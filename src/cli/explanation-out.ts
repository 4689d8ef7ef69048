/** Why things are in or out, as rows. */
import type {Explained} from '../shape/index.ts';
import type {Listing} from './format/formats.ts';

/** @param wide With ids, for programs. Keys are part of the interface. */
export function explanationListing(
  rows: readonly (Explained & {readonly bundle?: string})[],
  wide: boolean,
): Listing {
  return {
    columns: [
      ...(rows.some(({bundle}) => bundle !== undefined) ? [{key: 'bundle', title: 'Bundle'}] : []),
      {key: 'kind', title: 'Kind'},
      {key: 'name', title: 'Name'},
      ...(wide ? [{key: 'id', title: 'ID'}] : []),
      {key: 'is', title: 'Is'},
      {key: 'why', title: 'Why'},
    ],
    rows: rows.map(row => ({...row})),
  };
}
