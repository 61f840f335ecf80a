import { setTimeout as delay } from 'node:timers/promises';
import type { Transcriber } from '../src/contracts/transcriber.ts';
import { TranscribeOptions } from '../src/contracts/transcript.ts';
import { type SpeechPoolOptions, startSpeechPool } from '../src/speech/pool.ts';

const READY_TIMEOUT_MS = 120_000;
const READY_POLL_MS = 5;
const LIMITS = { maxFileBytes: 1024 * 2 ** 20, maxAudioSeconds: 4 * 3600 };

/** A pool whose workers have all loaded their model. @throws Error when they have not within two minutes. */
export async function readyPool(options: Omit<SpeechPoolOptions, keyof typeof LIMITS>): Promise<Transcriber> {
  const pool = await startSpeechPool({ ...options, ...LIMITS });
  const deadlineMs = performance.now() + READY_TIMEOUT_MS;
  while (!pool.status().ready) {
    if (performance.now() > deadlineMs) {
      await pool.close();
      throw new Error(`expected the workers ready within ${READY_TIMEOUT_MS / 1000} s; they are not`);
    }
    await delay(READY_POLL_MS);
  }
  return pool;
}

/** The text of a file of Swedish sound, which the pool takes over. */
export async function transcribeFile(
  pool: Transcriber,
  file: Uint8Array<ArrayBuffer>,
  beamSize: number,
): Promise<string> {
  const options = TranscribeOptions.parse({ beamSize });
  return (await pool.transcribe({ file, options })).text;
}
