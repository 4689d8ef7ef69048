/** Makes the bundle of an inventory file, in memory: `render.js FILE`. Reading the file is part of it. */
import {readFileSync} from 'node:fs';
import {render} from '../../src/index.ts';
import {parseInventory} from '../../src/store/index.ts';
import {measured} from './measured.ts';

const [file = ''] = process.argv.slice(2);
await measured(() => {
  const {bundle, report} = render(parseInventory(file, readFileSync(file, 'utf8')));
  return {
    resources: report.counts.resources,
    bytes: bundle.reduce((sum, {text}) => sum + Buffer.byteLength(text), 0),
  };
});
