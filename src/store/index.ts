/** Inventories and bundles on disk. */
export {inventoryFile, inventoryText, parseInventory, readInventory} from './inventory.ts';
export {readBundle, readReport, readSecrets} from './read-bundle.ts';
export {checkFree, writeBundle, type WriteOptions} from './write-bundle.ts';
export {parsePyYaml} from './pyyaml.ts';
