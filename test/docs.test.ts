import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {typesTable} from './support/types-table.ts';

test('docs/types.md is what the registry says', async t => {
  t.is(
    await readFile(join(import.meta.dirname, '../../docs/types.md'), 'utf8'),
    typesTable(),
    'run: npm run docs',
  );
});
