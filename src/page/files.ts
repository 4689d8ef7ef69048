/** What a bundle is looked at with. Pure. */
import type {Bundle} from '../model/bundle.ts';
import {sceneOf, svgElement, svgStyle, svgText, type Scene} from '../picture/index.ts';
import {pageData, type PageSource} from './data-of.ts';
import {pageText} from './page.ts';

export interface Looked extends Omit<PageSource, 'templates'> {
  /** The files that are there already. */
  readonly bundle: Bundle;
}

/** For every bundle. */
export function pictureFiles(of: Looked): Bundle {
  const scene = sceneOf(of.graph);
  return [
    {path: 'topology.svg', text: svgText(scene)},
    {path: 'topology.html', text: pageOf(of, scene)},
  ];
}

/** The HTML of the page. */
export function pageOf({bundle, ...source}: Looked, scene: Scene = sceneOf(source.graph)): string {
  const templates = bundle.filter(({path}) => /(?:^|\/)template\.yaml$/.test(path));
  const data = pageData({...source, templates});
  return pageText({data, drawing: svgElement(scene), drawingStyle: svgStyle});
}
