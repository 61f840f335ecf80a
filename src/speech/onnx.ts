import { InferenceSession, Tensor } from 'onnxruntime-node';
import { AppError } from '../contracts/errors.ts';

export type TensorData = Float32Array | BigInt64Array;

/** A tensor by its values and dimensions; the runtime reads the values where they lie. */
export interface TensorValue<Data extends TensorData = TensorData> {
  readonly data: Data;
  readonly dims: readonly number[];
}

export type FloatTensor = TensorValue<Float32Array>;

/**
 * One graph loaded for one thread. `run` computes on the calling thread and blocks it: only worker threads hold
 * sessions.
 */
export class OnnxSession {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /** @throws AppError MODEL_INVALID when the file is no graph that the runtime can load. */
  static async load(path: string): Promise<OnnxSession> {
    try {
      const session = await InferenceSession.create(path, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'basic',
        // Patterns are kept for every shape that comes, and a decoder's shapes never end. The arena doubles itself as
        // it grows: 30 MB a worker for nothing, and no faster.
        enableMemPattern: false,
        enableCpuMemArena: false,
        logSeverityLevel: 3,
        extra: { session: { force_spinning_stop: '1' } },
      });
      return new OnnxSession(session);
    } catch (error) {
      throw new AppError('MODEL_INVALID', 'the graph could not be loaded', { cause: error });
    }
  }

  /**
   * Runs the graph and tells the outputs named. Each is copied into memory of its own: ask for what is small, or once.
   */
  async run(
    inputs: Readonly<Record<string, TensorValue>>,
    outputs: readonly string[],
  ): Promise<Record<string, TensorValue>> {
    const feeds: Record<string, Tensor> = {};
    for (const name in inputs) feeds[name] = toTensor(inputs[name]);
    return (await this.#session.run(feeds, outputs)) as unknown as Record<string, TensorValue>;
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

export function floats(data: Float32Array, dims: readonly number[]): FloatTensor {
  return { data, dims };
}

export function integers(values: ArrayLike<number>, dims: readonly number[] = [values.length]): TensorValue {
  return { data: BigInt64Array.from(values, BigInt), dims };
}

/** Gives back the memory of a tensor that is not read any more. */
export function free({ data }: TensorValue): void {
  (data.buffer as ArrayBuffer).transfer(0);
}

function toTensor(value: TensorValue): Tensor {
  return value.data instanceof Float32Array
    ? new Tensor('float32', value.data, value.dims)
    : new Tensor('int64', value.data, value.dims);
}
