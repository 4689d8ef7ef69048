/** Files as Heat's own parser reads them. */
export {parsePyYaml, pyYaml} from '../model/pyyaml.ts';
