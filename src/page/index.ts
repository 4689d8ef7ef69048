/** The page that people look at a project with. */
export {joined, type Compared} from './compared.ts';
export {pageOf, pictureFiles} from './files.ts';
