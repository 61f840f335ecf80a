import type { QuantisedRows, WeightStore } from '../weights.ts';
import type { OnnxGraph, ValueName } from './onnx-graph.ts';

/**
 * How a matrix is multiplied.
 * - `float32`: as stored, in floats.
 * - `int8`: 8-bit weights with a scale a row, activations quantised as a whole when the graph runs.
 */
export type Precision = 'float32' | 'int8';

const TILE = 64;
const LAYER_NORM_EPSILON = 1e-5;

/** Linear layers, layer norms and activations of a checkpoint, as nodes of a graph. */
export class Layers {
  readonly graph: OnnxGraph;
  readonly weights: WeightStore;

  constructor(graph: OnnxGraph, weights: WeightStore) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * `x` [..., in] times the modules' weights, plus their biases: [..., out]. Several modules are stacked along the
   * output, so that one multiplication serves them all; a module without a bias adds nothing.
   */
  linear(x: ValueName, modules: string | readonly string[], precision: Precision): ValueName {
    const names = typeof modules === 'string' ? [modules] : modules;
    const key = names.join('+');
    return this.matrix(x, key, this.#stackedRows(names, precision), this.#stackedBias(names), precision);
  }

  /** `x` [..., in] times a given matrix [out, in] transposed, plus a bias [out] if there is one. */
  matrix(x: ValueName, key: string, weight: RowMatrix, bias: Float32Array | null, precision: Precision): ValueName {
    const { graph } = this;
    const biasName = bias ? graph.constant(`${key}.bias`, 'float', [bias.length], () => bias) : '';
    switch (precision) {
      case 'float32': {
        const dimensions = [weight.columns, weight.rows];
        const name = graph.constant(`${key}.w`, 'float', dimensions, () => transposedFloats(weight));
        const product = graph.node('MatMul', [x, name]);
        return bias ? graph.node('Add', [product, biasName]) : product;
      }
      case 'int8': {
        const { values, scales } = quantised(weight);
        const dimensions = [weight.columns, weight.rows];
        const name = graph.constant(`${key}.q`, 'int8', dimensions, () =>
          transposed(values, weight.rows, weight.columns),
        );
        const scale = graph.constant(`${key}.scale`, 'float', [weight.rows], () => scales);
        return graph.microsoft('DynamicQuantizeMatMul', [x, name, scale, '', ...(bias ? [biasName] : [])]);
      }
      default:
        return precision satisfies never;
    }
  }

  layerNorm(x: ValueName, module: string): ValueName {
    const scale = this.vector(`${module}.weight`);
    const bias = this.vector(`${module}.bias`);
    return this.graph.node('LayerNormalization', [x, scale, bias], {
      axis: -1,
      epsilon: { float: LAYER_NORM_EPSILON },
    });
  }

  gelu(x: ValueName): ValueName {
    return this.graph.microsoft('Gelu', [x]);
  }

  /** A tensor of the checkpoint as a constant of floats in its own shape. */
  vector(name: string): ValueName {
    return this.graph.constant(name, 'float', this.weights.shape(name), () => this.weights.floats(name));
  }

  #stackedRows(modules: readonly string[], precision: Precision): RowMatrix {
    const names = modules.map((module) => `${module}.weight`);
    const parts = names.map((name) => rowsOf(this.weights, name, precision));
    const { columns } = parts[0];
    const rows = parts.reduce((sum, part) => sum + part.rows, 0);
    if (precision === 'float32') {
      const values = new Float32Array(rows * columns);
      let offset = 0;
      for (const part of parts) {
        values.set(part.values, offset);
        offset += part.values.length;
      }
      return { rows, columns, values };
    }
    const values = new Int8Array(rows * columns);
    const scales = new Float32Array(rows);
    let row = 0;
    for (const part of parts) {
      const { values: partValues, scales: partScales } = quantised(part);
      values.set(partValues, row * columns);
      scales.set(partScales, row);
      row += part.rows;
    }
    return { rows, columns, values, scales };
  }

  #stackedBias(modules: readonly string[]): Float32Array | null {
    const names = modules.map((module) => `${module}.bias`);
    if (!names.some((name) => this.weights.has(name))) return null;
    const parts = names.map((name, index) =>
      this.weights.has(name)
        ? this.weights.floats(name)
        : new Float32Array(this.weights.shape(`${modules[index]}.weight`)[0]),
    );
    return Float32Array.from(parts.flatMap((part) => [...part]));
  }
}

/** A matrix [rows, columns] in floats. */
export interface FloatMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  readonly scales?: undefined;
}

/** A matrix [rows, columns]: floats, or 8-bit values with a scale a row. */
export type RowMatrix = FloatMatrix | QuantisedRows;

/** A tensor as a matrix of its first dimension by all others, in the form that the precision wants. */
export function rowsOf(weights: WeightStore, name: string, precision: Precision): RowMatrix {
  return precision === 'float32' ? floatRows(weights, name) : weights.quantisedRows(name);
}

/** A tensor as a matrix of its first dimension by all others, in floats. */
export function floatRows(weights: WeightStore, name: string): FloatMatrix {
  const [rows, ...rest] = weights.shape(name);
  return { rows, columns: rest.reduce((product, size) => product * size, 1), values: weights.floats(name) };
}

function quantised(matrix: RowMatrix): QuantisedRows {
  if (matrix.scales) return matrix;
  throw new TypeError('expected a matrix of 8-bit rows; got floats');
}

function transposedFloats(matrix: RowMatrix): Float32Array {
  if (matrix.scales) throw new TypeError('expected a matrix of floats; got 8-bit rows');
  return transposed(matrix.values, matrix.rows, matrix.columns);
}

/** [rows, columns] to [columns, rows]. */
export function transposed<T extends Float32Array | Int8Array>(values: T, rows: number, columns: number): T {
  const result = new (values.constructor as new (length: number) => T)(values.length);
  // In tiles, so that neither side strides through memory.
  for (let top = 0; top < rows; top += TILE) {
    for (let left = 0; left < columns; left += TILE) {
      const bottom = Math.min(top + TILE, rows);
      const right = Math.min(left + TILE, columns);
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) result[column * rows + row] = values[row * columns + column];
      }
    }
  }
  return result;
}
