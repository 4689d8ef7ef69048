/** The page that people look at a project with. */
export {joined, type Compared} from './compared.ts';
export {pageData, type PageSource} from './data-of.ts';
export {pageText} from './page.ts';
