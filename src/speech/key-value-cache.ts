import { type FloatTensor, floats, type TensorValue } from './onnx.ts';

const ROW_STEP = 128;

/** The decoder's self-attention keys and values of all layers: [rows, width] each, a row for each token kept. */
export class KeyValueCache {
  /** `key_L`, `value_L`: what a step of the decoder adds to the cache. */
  readonly names: readonly string[];
  readonly #width: number;
  #buffers: Float32Array[];
  #capacity = 0;
  #rows = 0;

  constructor({ decoderLayers, width }: { readonly decoderLayers: number; readonly width: number }) {
    this.#width = width;
    this.names = Array.from({ length: decoderLayers }, (_, layer) => [`key_${layer}`, `value_${layer}`]).flat();
    this.#buffers = this.names.map(() => new Float32Array(0));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Forgets all rows; the memory stays for the next ones. */
  clear(): void {
    this.#rows = 0;
  }

  /** All rows as [1, rows, width], where they lie. */
  tensors(prefix: string): Record<string, TensorValue> {
    const length = this.#rows * this.#width;
    const dims = [1, this.#rows, this.#width];
    return Object.fromEntries(
      this.names.map((name, index) => [`${prefix}${name}`, floats(this.#buffers[index].subarray(0, length), dims)]),
    );
  }

  /** @param outputs of one step, [1, new, width] each */
  append(outputs: Readonly<Record<string, TensorValue>>): void {
    const added = (outputs[this.names[0]] as FloatTensor).dims[1];
    this.#reserve(this.#rows + added);
    for (const [index, name] of this.names.entries()) {
      this.#buffers[index].set((outputs[name] as FloatTensor).data, this.#rows * this.#width);
    }
    this.#rows += added;
  }

  /** Drops all rows but those named, in ascending order; they move together. */
  keep(rows: readonly number[]): void {
    const width = this.#width;
    let target = 0;
    for (const { start, length } of consecutiveRuns(rows)) {
      for (const buffer of this.#buffers) buffer.copyWithin(target * width, start * width, (start + length) * width);
      target += length;
    }
    this.#rows = target;
  }

  #reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    this.#capacity = Math.ceil(rows / ROW_STEP) * ROW_STEP;
    this.#buffers = this.#buffers.map((old) => {
      const grown = new Float32Array(this.#capacity * this.#width);
      grown.set(old);
      return grown;
    });
  }
}

function consecutiveRuns(ascending: readonly number[]): { start: number; length: number }[] {
  const runs: { start: number; length: number }[] = [];
  for (const value of ascending) {
    const last = runs.at(-1);
    if (last && last.start + last.length === value) last.length++;
    else runs.push({ start: value, length: 1 });
  }
  return runs;
}
