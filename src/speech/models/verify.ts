import { join } from 'node:path';
import { AppError } from '../../contracts/errors.ts';
import { checkTensors } from './expected-tensors.ts';
import { fileBytes, hashFile } from './model-files.ts';
import { openWeights } from './open-weights.ts';
import { readWhisperConfig } from './read-whisper-config.ts';
import type { PresentModel } from './registry.ts';

/**
 * Reads every file of a model and compares it with what was registered, then checks config and tensors.
 * @throws AppError MODEL_TRUNCATED, MODEL_CHECKSUM, MODEL_INVALID: the first fault found.
 */
export async function verifyModel({ folder, files }: PresentModel): Promise<void> {
  for (const [file, expected] of Object.entries(files)) {
    const path = join(folder, file);
    const sizeBytes = await fileBytes(path);
    if (sizeBytes < expected.sizeBytes) {
      throw new AppError('MODEL_TRUNCATED', `${path} is missing or too short`, {
        expected: `${expected.sizeBytes} bytes`,
        got: `${sizeBytes} bytes`,
      });
    }
    const { sha256 } = await hashFile(path);
    if (sha256 !== expected.sha256) {
      throw new AppError('MODEL_CHECKSUM', `${path} was changed`, {
        expected: `SHA-256 ${expected.sha256}`,
        got: sha256,
      });
    }
  }
  const weights = openWeights(folder);
  try {
    checkTensors(weights, readWhisperConfig(folder).dimensions);
  } finally {
    weights.close();
  }
}
