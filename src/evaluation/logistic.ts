/** A case of what is to be told: its features, and whether it came true. */
export interface LogisticCase {
  readonly features: readonly number[];
  readonly isTrue: boolean;
}

/** The log-odds of a case are the intercept and the sum of its features, each times its weight. */
export interface LogisticModel {
  readonly intercept: number;
  readonly weights: readonly number[];
}

const ITERATIONS = 50;

/**
 * The logistic regression that makes the cases likeliest, found by Newton's method. A `ridge` times the sum of the
 * squared weights keeps them small where cases are few; the intercept is free.
 *
 * @throws RangeError where there is no case, or they do not have as many features each
 */
export function fitLogistic(cases: readonly LogisticCase[], ridge: number): LogisticModel {
  const [first] = cases;
  const size = (first?.features.length ?? 0) + 1;
  if (!first || cases.some(({ features }) => features.length !== size - 1)) {
    throw new RangeError(`cases with features, as many each, expected; got ${cases.length} cases`);
  }
  const rows = cases.map(({ features, isTrue }) => ({ values: [1, ...features], target: isTrue ? 1 : 0 }));
  let solution = new Array<number>(size).fill(0);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradient = solution.map((weight, at) => (at === 0 ? 0 : -2 * ridge * weight));
    const curvature = solution.map((_, row) =>
      solution.map((_, column) => (row === column && row > 0 ? 2 * ridge : 0)),
    );
    for (const { values, target } of rows) {
      const probability = 1 / (1 + Math.exp(-dot(values, solution)));
      const spread = probability * (1 - probability);
      for (let row = 0; row < size; row++) {
        gradient[row]! += (target - probability) * values[row]!;
        for (let column = 0; column < size; column++)
          curvature[row]![column]! += spread * values[row]! * values[column]!;
      }
    }
    const step = solve(curvature, gradient);
    solution = solution.map((weight, at) => weight + step[at]!);
  }
  const [intercept = 0, ...weights] = solution;
  return { intercept, weights };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}

/** Gaussian elimination with partial pivoting; the matrix and the right side are used up. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    [right[column], right[pivot]] = [right[pivot]!, right[column]!];
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row]![column]! / matrix[column]![column]!;
      for (let at = column; at < size; at++) matrix[row]![at]! -= factor * matrix[column]![at]!;
      right[row]! -= factor * right[column]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = right[row]!;
    for (let column = row + 1; column < size; column++) rest -= matrix[row]![column]! * solution[column]!;
    solution[row] = rest / matrix[row]![row]!;
  }
  return solution;
}
