/** Files as Heat's own parser reads them. */
export {parsePyYaml} from '../model/pyyaml.ts';
