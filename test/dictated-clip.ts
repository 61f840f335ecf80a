import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { floatToS16le, joined } from '../src/audio/pcm.ts';
import { Resampler } from '../src/audio/resampler.ts';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { decodeAudio } from '../src/speech/formats/decode-audio.ts';
import { wavFile } from '../src/web/wav.ts';

const RATE_HZ = 48_000;
const LEAD_SECONDS = 1;
const REST_SECONDS = 2;

/** Writes a clip of the fixtures as a browser's microphone hears it: somebody begins after a moment, and is silent then. */
export async function writeMicrophone(path: string, clip: string): Promise<void> {
  const sound = await readFile(join(PROJECT_DIRECTORY, 'test/fixtures/audio/dictation', clip));
  const { samples, rateHz } = await decodeAudio(new Uint8Array(sound), { maxBytes: 1e6, maxSeconds: 60 });
  const resampler = new Resampler(rateHz, RATE_HZ);
  const silence = (seconds: number) => new Float32Array(seconds * RATE_HZ);
  const heard = joined(silence(LEAD_SECONDS), resampler.push(samples), resampler.flush(), silence(REST_SECONDS));
  await writeFile(path, await wavFile([floatToS16le(heard)], RATE_HZ).bytes());
}
