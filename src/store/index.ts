/** Inventories and bundles on disk. */
export {writeEnvironment} from './environment.ts';
export {inventoryFile, inventoryText, parseInventory, readInventory} from './inventory.ts';
export {readBundle, readReport, readSecrets} from './read-bundle.ts';
export {checkFree, writeBundle, type WriteOptions} from './write-bundle.ts';
