/** What people look at: a scene of the graph, and the forms it is drawn in. */
import {dotText} from './formats/dot.ts';
import {mermaidText} from './formats/mermaid.ts';
import {svgText} from './formats/svg.ts';
import type {Scene} from './scene-types.ts';

export {svgElement, svgStyle, svgText} from './formats/svg.ts';
export {sceneOf, standingOf} from './scene.ts';
export {treeOf, type TreeForm, type TreeItem} from './tree.ts';
export type {Device, Lane, Nic, Scene, Standing, Thing} from './scene-types.ts';

export const pictureFormats = ['svg', 'mermaid', 'dot', 'json'] as const;

export type PictureFormat = (typeof pictureFormats)[number];

const writers: Readonly<Record<PictureFormat, (scene: Scene) => string>> = {
  svg: svgText,
  mermaid: mermaidText,
  dot: dotText,
  json: scene => `${JSON.stringify(scene, null, 2)}\n`,
};

/** The scene as the text of a file; hostile names are only text in it. */
export function pictureText(scene: Scene, format: PictureFormat): string {
  return writers[format](scene);
}
