/** Inventories and bundles on disk. */
export {writeEnvironment} from './environment.ts';
export {inventoryFile, inventoryText, parseInventory, readInventory} from './inventory.ts';
export {
  type Earlier,
  readBundle,
  readEarlier,
  readReport,
  readReportOf,
  readTemplate,
} from './read-bundle.ts';
export {readLayers, readWhole, type WholeBundle} from './read-layers.ts';
export {checkFree, writeBundle, type WriteOptions} from './write-bundle.ts';
export {checkFreeFile, writeText} from './write-text.ts';
export {readYamlTree} from './yaml-tree.ts';
