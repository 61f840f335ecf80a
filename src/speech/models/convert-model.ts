import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTensors } from './expected-tensors.ts';
import { huggingFaceConfigFiles } from './huggingface-config.ts';
import { openWeights } from './open-weights.ts';
import { readWhisperConfig } from './read-whisper-config.ts';
import type { FloatType } from './tensor.ts';
import { writeEightBit, writeHuggingFace } from './write-weights.ts';

/** Our own 8-bit form, or the plain Hugging Face layout of one float type in one or more files. */
export type TargetForm = { readonly form: 'eight-bit' } | HuggingFaceForm;
interface HuggingFaceForm {
  readonly form: 'huggingface';
  readonly type: FloatType;
  readonly shards?: number;
}

/**
 * Reads a model's folder in any known layout, checks its config and every tensor's shape, and writes it into another
 * folder, which must exist: weights, `config.json`, `generation_config.json` and `tokenizer.json`. The same source
 * gives the same bytes.
 *
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_UNSUPPORTED, MODEL_TRUNCATED.
 */
export function convertModel(source: string, target: string, form: TargetForm): void {
  const config = readWhisperConfig(source);
  const weights = openWeights(source);
  try {
    checkTensors(weights, config.dimensions);
    if (form.form === 'eight-bit') writeEightBit(target, weights, config.dimensions);
    else writeHuggingFace(target, weights, { dimensions: config.dimensions, ...form });
  } finally {
    weights.close();
  }
  for (const [file, content] of Object.entries(huggingFaceConfigFiles(config))) {
    writeFileSync(join(target, file), `${JSON.stringify(content, null, 1)}\n`);
  }
  copyFileSync(join(source, 'tokenizer.json'), join(target, 'tokenizer.json'));
}
