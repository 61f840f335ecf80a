import { AppError } from '../../contracts/errors.ts';
import { decodeFloats, dequantise, quantiseRows, type TensorInfo } from './tensor.ts';
import type { QuantisedRows, WeightStore } from './weights.ts';

/** Where tensors come from, by their Hugging Face names: one file, several, or another layout translated. */
export interface TensorSource {
  names(): readonly string[];
  info(name: string): TensorInfo | undefined;
  /** The bytes of a tensor that `info` knows, little-endian, row-major. */
  read(name: string): Uint8Array;
  /** The scale of each row of a tensor of type I8. */
  scales(name: string): Float32Array;
  close(): void;
}

/** A weight store that also tells how its tensors are stored, for writing them on unchanged. */
export interface StoredWeights extends WeightStore {
  info(name: string): TensorInfo;
  bytes(name: string): Uint8Array;
}

/** The weights of a source; the caller closes the store, and the source with it. */
export function weightStore(source: TensorSource): StoredWeights {
  const info = (name: string): TensorInfo => {
    const found = source.info(name);
    if (found === undefined) {
      throw new AppError('MODEL_INVALID', 'The model has not all its tensors', { expected: `a tensor ${name}` });
    }
    return found;
  };
  const storedRows = (name: string, shape: readonly number[]): QuantisedRows => {
    const bytes = source.read(name);
    const rows = shape[0]!;
    return {
      rows,
      columns: bytes.length / rows,
      values: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
      scales: source.scales(name),
    };
  };
  const floats = (name: string): Float32Array => {
    const { type, shape } = info(name);
    return type === 'I8' ? dequantise(storedRows(name, shape)) : decodeFloats(source.read(name), type);
  };
  return {
    names: () => source.names(),
    has: (name) => source.info(name) !== undefined,
    shape: (name) => info(name).shape,
    info,
    floats,
    quantisedRows: (name) => {
      const { type, shape } = info(name);
      return type === 'I8' ? storedRows(name, shape) : quantiseRows(name, floats(name), shape[0]!);
    },
    bytes: (name) => {
      info(name);
      return source.read(name);
    },
    close: () => source.close(),
  };
}
