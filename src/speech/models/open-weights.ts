import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CTRANSLATE2_FILE, ctranslate2Source } from './ctranslate2-source.ts';
import { INDEX_FILE, SINGLE_FILE, safetensorsSource } from './safetensors-source.ts';
import { type StoredWeights, weightStore } from './weight-store.ts';

export type Layout = 'huggingface' | 'ctranslate2';

/** How a model's folder is laid out; Hugging Face when it holds both forms or none. */
export function layoutOf(folder: string): Layout {
  const hasSafetensors = [SINGLE_FILE, INDEX_FILE].some((file) => existsSync(join(folder, file)));
  return !hasSafetensors && existsSync(join(folder, CTRANSLATE2_FILE)) ? 'ctranslate2' : 'huggingface';
}

/**
 * Opens the weights of a model's folder, in Hugging Face layout (also our own 8-bit form) or in CTranslate2's. Files
 * are checked by their headers; tensors are read when they are asked for. The caller closes the store.
 *
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED.
 */
export function openWeights(folder: string): StoredWeights {
  return weightStore(layoutOf(folder) === 'ctranslate2' ? ctranslate2Source(folder) : safetensorsSource(folder));
}
