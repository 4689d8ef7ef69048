/** Inventories and bundles on disk. */
export {inventoryFile, inventoryText, parseInventory, readInventory} from './inventory.ts';
export {readBundle, readReport, readSecrets, readTemplate} from './read-bundle.ts';
export {readLayers} from './read-layers.ts';
export {checkFree, writeBundle, type WriteOptions} from './write-bundle.ts';
