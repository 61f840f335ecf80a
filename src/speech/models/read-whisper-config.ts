import { readCTranslate2Config } from './ctranslate2-config.ts';
import { readHuggingFaceConfig } from './huggingface-config.ts';
import { layoutOf } from './open-weights.ts';
import type { WhisperConfig } from './whisper-config.ts';

/**
 * Reads the config of a model's folder, in Hugging Face layout (`config.json`, `generation_config.json` where there is
 * one, `tokenizer.json`) or in CTranslate2's (`config.json`, `model.bin`, `tokenizer.json` or `vocabulary.json`).
 *
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED.
 */
export function readWhisperConfig(folder: string): WhisperConfig {
  return layoutOf(folder) === 'ctranslate2' ? readCTranslate2Config(folder) : readHuggingFaceConfig(folder);
}
