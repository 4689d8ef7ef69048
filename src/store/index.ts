/** Inventories and bundles on disk. */
export {inventoryFile, inventoryText, parseInventory, readInventory} from './inventory.ts';
export {readBundle, readEarlier, readReport, readReportOf, type Earlier} from './read-bundle.ts';
export {checkFree, writeBundle, type WriteOptions} from './write-bundle.ts';
