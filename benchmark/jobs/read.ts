/** Reads the project into an inventory: `read.js AUTH_URL REGION FILE`; no template is made. */
import {writeFileSync} from 'node:fs';
import {discover, type Inventory} from '../../src/index.ts';
import {inventoryText} from '../../src/store/index.ts';
import {sessionWith} from '../cloud/session.ts';
import {measured} from './measured.ts';

const [authUrl = '', region = '', file = ''] = process.argv.slice(2);
let inventory: Inventory | undefined;
await measured(async () => {
  const session = await sessionWith(authUrl, region);
  try {
    inventory = await discover(session);
  } finally {
    session.close();
  }
  // The cloud lacks services, as most do; whatever else is missing would make the figures mean nothing.
  const failed = inventory.gaps.find(({reason}) => !['no-service', 'no-extension'].includes(reason));
  if (failed !== undefined) throw new Error(JSON.stringify(failed));
  const rows = Object.values(inventory.rows).reduce((sum, list) => sum + list.length, 0);
  return {rows, requests: session.requests.length};
});
if (inventory !== undefined) writeFileSync(file, inventoryText(inventory));
