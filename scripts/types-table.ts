/** Writes what the documents have from the code and the samples: `node dist/scripts/types-table.js [--check]`. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {licencesPage} from '../test/support/lockfile.ts';
import {withTables} from '../test/support/readability.ts';
import {releasesPage} from '../test/support/releases-page.ts';
import {typesTable} from '../test/support/types-table.ts';

const docs = join(import.meta.dirname, '../../docs');
const readability = await readFile(join(docs, 'readability.md'), 'utf8');

for (const [name, text] of [
  ['types.md', typesTable()],
  ['licences.md', licencesPage()],
  ['releases.md', releasesPage()],
  ['readability.md', withTables(readability)],
] as const) {
  const path = join(docs, name);
  if (!process.argv.includes('--check')) await writeFile(path, text);
  else if ((await readFile(path, 'utf8')) !== text) {
    process.stderr.write(`docs/${name} is stale: npm run docs\n`);
    process.exitCode = 1;
  }
}
