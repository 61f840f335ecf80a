import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joined } from '../../audio/pcm.ts';
import { decodeAudio } from '../formats/decode-audio.ts';
import { calibrate } from './calibration.ts';
import { CALIBRATION_FILE } from './calibration-file.ts';
import { writeJsonAtomically } from './model-files.ts';
import { openWeights } from './open-weights.ts';
import { readWhisperConfig } from './read-whisper-config.ts';
import { BUNDLED_DIRECTORY } from './registry.ts';

const SPEECH_DIRECTORY = join(BUNDLED_DIRECTORY, 'calibration');
const CLIP_LIMITS = { maxBytes: 10_000_000, maxSeconds: 60 };

/** Measures the outlier split of a model on the speech that comes with the product, and writes it into its folder. */
export async function calibrateFolder(folder: string): Promise<void> {
  const speech = await readSpeech();
  const weights = openWeights(folder);
  try {
    const calibration = await calibrate(weights, readWhisperConfig(folder), speech);
    await writeJsonAtomically(join(folder, CALIBRATION_FILE), calibration);
  } finally {
    weights.close();
  }
}

/** All clips, one after another, at 16 kHz. */
async function readSpeech(): Promise<Float32Array> {
  const clips = readdirSync(SPEECH_DIRECTORY).filter((file) => file.endsWith('.flac'));
  const parts = [];
  for (const clip of clips.sort()) {
    parts.push((await decodeAudio(readFileSync(join(SPEECH_DIRECTORY, clip)), CLIP_LIMITS)).samples);
  }
  return joined(...parts);
}
