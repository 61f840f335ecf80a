/// <reference lib="es2025.float16" />
import { AppError } from '../../contracts/errors.ts';
import type { QuantisedRows } from './weights.ts';

/** Element types by their safetensors names; all little-endian. */
export const ELEMENT_BYTES = { F32: 4, F16: 2, BF16: 2, I8: 1 } as const;
export type ElementType = keyof typeof ELEMENT_BYTES;
export type FloatType = Exclude<ElementType, 'I8'>;

export interface TensorInfo {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** Largest level of a symmetric 8-bit row; -128 is left out, so that a row and its negative are equally exact. */
const LEVELS = 127;

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

export function sameShape(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((size, axis) => size === other[axis]);
}

/** Little-endian bytes of one tensor as 32-bit floats; always a fresh array. */
export function decodeFloats(bytes: Uint8Array, type: FloatType): Float32Array<ArrayBuffer> {
  const aligned = bytes.slice().buffer;
  switch (type) {
    case 'F32':
      return new Float32Array(aligned);
    case 'F16':
      return new Float32Array(new Float16Array(aligned));
    case 'BF16':
      // a bfloat16 is the upper half of a float32
      return new Float32Array(Uint32Array.from(new Uint16Array(aligned), (half) => half << 16).buffer);
    default:
      return type satisfies never;
  }
}

/** 32-bit floats as little-endian bytes of the given type, rounded to the nearest, ties to even. */
export function encodeFloats(floats: Float32Array, type: FloatType): Uint8Array {
  switch (type) {
    case 'F32':
      return bytesOf(floats);
    case 'F16':
      return bytesOf(new Float16Array(floats));
    case 'BF16': {
      const words = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
      return bytesOf(Uint16Array.from(words, roundToUpperHalf));
    }
    default:
      return type satisfies never;
  }
}

function roundToUpperHalf(word: number): number {
  const isNan = (word & 0x7fffffff) > 0x7f800000;
  return isNan ? (word >>> 16) | 0x40 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
}

export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/**
 * Quantises each row of the first dimension on its own: symmetric, 127 levels, scale = largest magnitude / 127.
 * The error of an element is at most half its row's scale.
 *
 * @throws AppError MODEL_INVALID when an element is not finite; `name` tells which tensor.
 */
export function quantiseRows(name: string, floats: Float32Array, rows: number): QuantisedRows {
  const columns = rows === 0 ? 0 : floats.length / rows;
  const values = new Int8Array(floats.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const end = start + columns;
    let largest = 0;
    let sum = 0;
    for (let index = start; index < end; index++) {
      const magnitude = Math.abs(floats[index]!);
      if (magnitude > largest) largest = magnitude;
      sum += magnitude;
    }
    // a NaN hides from the comparison, never from the sum
    if (!Number.isFinite(sum)) {
      throw new AppError('MODEL_INVALID', `The tensor ${name} is damaged`, {
        expected: 'finite numbers',
        got: `a number that is not finite in row ${row}`,
      });
    }
    const scale = Math.fround(largest / LEVELS);
    scales[row] = scale;
    if (scale === 0) continue;
    for (let index = start; index < end; index++) {
      const level = Math.round(floats[index]! / scale);
      values[index] = Math.max(-LEVELS, Math.min(LEVELS, level));
    }
  }
  return { rows, columns, values, scales };
}

/** The floats that 8-bit rows stand for, row-major. */
export function dequantise({ rows, columns, values, scales }: QuantisedRows): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const scale = scales[row]!;
    for (let index = row * columns; index < (row + 1) * columns; index++) floats[index] = values[index]! * scale;
  }
  return floats;
}
