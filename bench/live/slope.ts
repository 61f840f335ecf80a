import { type Interval, percentile } from '../../src/evaluation/bootstrap.ts';
import { randomNumbers } from '../../src/evaluation/random-numbers.ts';

const DRAWS = 2_000;
const TAIL = 0.025;

export type Point = readonly [x: number, y: number];

/** The slope of the line through the points (least squares). NaN of points that all lie at one x. */
export function slope(points: readonly Point[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/**
 * The slope with its 95 % percentile interval over points drawn with replacement. Points must not hang together: means
 * of stretches that are long against what makes neighbours alike.
 */
export function slopeInterval(points: readonly Point[]): Interval {
  const random = randomNumbers(1);
  const slopes: number[] = [];
  while (slopes.length < DRAWS && points.length > 1) {
    const drawn = points.map(() => points[Math.floor(random() * points.length)]!);
    const drawnSlope = slope(drawn);
    if (Number.isFinite(drawnSlope)) slopes.push(drawnSlope);
  }
  slopes.sort((a, b) => a - b);
  return { value: slope(points), low: percentile(slopes, TAIL), high: percentile(slopes, 1 - TAIL) };
}

/** The mean of the values in each stretch of x that is whole. */
export function means(points: readonly Point[], stretch: number): Point[] {
  const last = Math.floor((points.at(-1)?.[0] ?? 0) / stretch);
  return Array.from({ length: last }, (_, index) => {
    const inside = points.filter(([x]) => Math.floor(x / stretch) === index);
    return [(index + 0.5) * stretch, inside.reduce((sum, [, y]) => sum + y, 0) / inside.length] as const;
  }).filter(([, y]) => Number.isFinite(y));
}
