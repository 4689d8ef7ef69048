/** Pan and zoom of the drawing. Its own size stays in `viewBox`, so that no zoom at all is the whole drawing. */
import {select} from 'd3-selection';
import {zoom, zoomIdentity, zoomTransform} from 'd3-zoom';

export interface Zoom {
  by(factor: number): void;
  /** By parts of what is seen. */
  pan(right: number, down: number): void;
  fit(): void;
  /** Moves only if it has to. */
  show(part: Element): void;
}

/** Below this nobody could read the names: a large drawing begins at its upper left corner. */
const readable = 0.62;

/** @param world What is moved inside the drawing. */
export function zoomOf(drawing: SVGSVGElement, world: SVGGElement): Zoom {
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.5, 40])
    .on('zoom', ({transform}: {transform: {toString(): string}}) =>
      world.setAttribute('transform', transform.toString()),
    );
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) behaviour.duration(0);
  const root = select(drawing).call(behaviour);
  const {width, height} = drawing.viewBox.baseVal;
  /** Units of the drawing that are seen, and pixels of each. */
  const seen = () => {
    const {clientWidth, clientHeight} = drawing;
    const scale = Math.min(clientWidth / width, clientHeight / height) || 1;
    return {scale, across: clientWidth / scale, down: clientHeight / scale};
  };
  const {scale, across} = seen();
  if (scale < readable) {
    const left = (width - across) / 2;
    // Narrower than what is seen, it stays in the middle.
    const by = readable / scale;
    const x = width * by < across ? left + (across - width * by) / 2 : left;
    root.call(behaviour.transform, zoomIdentity.translate(x, 0).scale(by));
  }
  return {
    by: factor => root.call(behaviour.scaleBy, factor),
    pan(right, down) {
      const view = seen();
      const {k} = zoomTransform(drawing);
      root.call(behaviour.translateBy, (-right * view.across) / k, (-down * view.down) / k);
    },
    fit: () => root.call(behaviour.transform, zoomIdentity),
    show(part) {
      const outer = drawing.getBoundingClientRect();
      const inner = part.getBoundingClientRect();
      const right = beyond(inner.left, inner.right, outer.left, outer.right);
      const down = beyond(inner.top, inner.bottom, outer.top, outer.bottom);
      if (right === 0 && down === 0) return;
      const {k} = zoomTransform(drawing);
      const {scale} = seen();
      root.call(behaviour.translateBy, -right / scale / k, -down / scale / k);
    },
  };
}

/** How far to move so that one lies within the other; to its middle, where it does not. */
function beyond(from: number, to: number, start: number, end: number): number {
  if (from >= start && to <= end) return 0;
  // What is longer than the view is there as soon as its begin is.
  if (to - from > end - start) return from >= start && from < end ? 0 : from - start;
  return (from + to) / 2 - (start + end) / 2;
}
