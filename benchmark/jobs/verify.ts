/**
 * Compares a project with its like: `verify.js FILE OTHER`. No id is the same in both and no stack says what is what, so
 * everything is paired by what it is.
 */
import {readFileSync} from 'node:fs';
import {diff, type Inventory} from '../../src/index.ts';
import {parseInventory} from '../../src/store/index.ts';
import {measured} from './measured.ts';

const [source = '', other = ''] = process.argv.slice(2);
const [one, like] = [parsed(source), parsed(other)];
await measured(() => {
  const {counts} = diff(one, like);
  return {matched: counts.matched, unannounced: counts.unannounced};
});

function parsed(file: string): Inventory {
  return parseInventory(file, readFileSync(file, 'utf8'));
}
