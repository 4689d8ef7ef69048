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

/** Below this nobody could read the names: a large drawing begins at its upper left corner. Above it a small one is a poster. */
const readable = 0.62;
const large = 1.35;

/** @param world What is moved inside the drawing. */
export function zoomOf(drawing: SVGSVGElement, world: SVGGElement): Zoom {
  /** Until somebody moves it, the drawing is placed anew in whatever room there is. */
  let isMoved = false;
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.5, 40])
    .on('zoom', ({transform, sourceEvent}: {transform: {toString(): string}; sourceEvent: unknown}) => {
      world.setAttribute('transform', transform.toString());
      if (sourceEvent !== null) isMoved = true;
    });
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) behaviour.duration(0);
  const root = select(drawing).call(behaviour);
  const {width, height} = drawing.viewBox.baseVal;
  /** Units of the drawing that are seen, and pixels of each. */
  const seen = () => {
    const {clientWidth, clientHeight} = drawing;
    const scale = Math.min(clientWidth / width, clientHeight / height) || 1;
    return {scale, across: clientWidth / scale, down: clientHeight / scale};
  };
  /** Where the drawing begins in what is seen, in pixels: it stands in the middle. */
  const startOf = ({scale}: {readonly scale: number}): number => (drawing.clientWidth - width * scale) / 2;
  let last = {scale: 0, start: 0};
  const resize = (): void => {
    if (drawing.clientWidth === 0) return;
    const {scale} = seen();
    const now = {scale, start: startOf({scale})};
    const {k, x, y} = zoomTransform(drawing);
    if (!isMoved) {
      const by = Math.min(Math.max(scale, readable), large) / scale;
      const middle = Math.max(-now.start / scale, (width - width * by) / 2);
      behaviour.transform(root, zoomIdentity.translate(middle, 0).scale(by));
    } else if (k !== 1 && last.scale !== scale) {
      // The room for it changed, and what is seen stays as large as it was.
      const by = last.scale / scale;
      const left = (x * last.scale + last.start - now.start) / scale;
      behaviour.transform(root, zoomIdentity.translate(left, y * by).scale(k * by));
    }
    last = now;
  };
  resize();
  new ResizeObserver(resize).observe(drawing);
  return {
    by(factor) {
      isMoved = true;
      behaviour.scaleBy(root, factor);
    },
    pan(right, down) {
      isMoved = true;
      const view = seen();
      const {k} = zoomTransform(drawing);
      behaviour.translateBy(root, (-right * view.across) / k, (-down * view.down) / k);
    },
    fit() {
      isMoved = true;
      behaviour.transform(root, zoomIdentity);
    },
    show(part) {
      resize();
      const outer = drawing.getBoundingClientRect();
      const inner = part.getBoundingClientRect();
      const right = beyond(inner.left, inner.right, outer.left, outer.right);
      const down = beyond(inner.top, inner.bottom, outer.top, outer.bottom);
      if (right === 0 && down === 0) return;
      isMoved = true;
      const {k} = zoomTransform(drawing);
      const {scale} = seen();
      behaviour.translateBy(root, -right / scale / k, -down / scale / k);
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
