/** Writes docs/types.md from the registry: `node dist/scripts/types-table.js [--check]`. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {typesTable} from '../test/support/types-table.ts';

const path = join(import.meta.dirname, '../../docs/types.md');
if (process.argv.includes('--check')) {
  if ((await readFile(path, 'utf8')) !== typesTable()) {
    process.stderr.write('docs/types.md is stale: npm run docs\n');
    process.exitCode = 1;
  }
} else await writeFile(path, typesTable());
