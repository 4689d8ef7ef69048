import test from 'ava';
import {LARGEST_PAGE, pageOf} from '../../benchmark/cloud/pages.ts';

test('a list that is cut without a word has no link, and goes on from an offset', t => {
  const rows = Array.from({length: LARGEST_PAGE + 2}, (_, n) => ({id: String(n)}));
  const page = (search: string) => pageOf('/x', {key: 'rows', rows, paging: 'silent'}, search).body;
  t.deepEqual(page(''), {rows: rows.slice(0, LARGEST_PAGE)});
  t.deepEqual(page(`offset=${LARGEST_PAGE - 1}`), {rows: rows.slice(LARGEST_PAGE - 1)});
});
