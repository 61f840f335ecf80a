/** A matrix kept as 8-bit rows: element [r, c] is `values[r * columns + c] * scales[r]`. */
export interface QuantisedRows {
  readonly rows: number;
  readonly columns: number;
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/**
 * A checkpoint's tensors by their Hugging Face names (`model.encoder.layers.0.self_attn.q_proj.weight`), whatever file
 * they came from. Linear weights are [out, in], convolutions [out, in, kernel].
 */
export interface WeightStore {
  names(): readonly string[];
  has(name: string): boolean;
  /** @throws AppError MODEL_INVALID when there is no such tensor. */
  shape(name: string): readonly number[];
  /** The tensor's values as 32-bit floats, row-major. @throws AppError MODEL_INVALID when there is no such tensor. */
  floats(name: string): Float32Array;
  /** The tensor as 8-bit rows: as stored, or quantised now (symmetric, one scale a row of the first dimension). */
  quantisedRows(name: string): QuantisedRows;
  close(): void;
}
