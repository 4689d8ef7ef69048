/** Middle values, ratios and how cost grows. Pure. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return (low + high) / 2;
}

/**
 * The power that cost grows with: the slope of a straight line through the logarithms (least squares). 1 is linear, 2 is
 * quadratic, 0 does not grow.
 */
export function growth(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (index: 0 | 1): number => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const below = logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return above / below;
}

export interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Most memory that the process held, in bytes. */
  readonly peak: number;
}

/** The middle of each. */
export function figuresOf(runs: readonly Figures[]): Figures {
  return {
    seconds: median(runs.map(({seconds}) => seconds)),
    cpuSeconds: median(runs.map(({cpuSeconds}) => cpuSeconds)),
    peak: median(runs.map(({peak}) => peak)),
  };
}
