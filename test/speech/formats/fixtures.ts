import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, type ErrorCode } from '../../../src/contracts/errors.ts';
import { decodeAudio } from '../../../src/speech/formats/decode-audio.ts';
import type { DecodeLimits } from '../../../src/speech/formats/limits.ts';

export const LIMITS: DecodeLimits = { maxBytes: 10_000_000, maxSeconds: 60, timeoutMs: 20_000 };

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** One file of test/fixtures/audio/formats, as a copy that a test may spoil. */
export function formatFixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/audio/formats', name)));
}

/** The error that decoding ends in; fails when it gives sound, or an error without a code. */
export async function refusal(file: Uint8Array<ArrayBuffer>, limits: DecodeLimits = LIMITS): Promise<AppError> {
  try {
    await decodeAudio(file, limits);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('expected a refusal; got sound');
}

export async function refusalCode(file: Uint8Array<ArrayBuffer>, limits: DecodeLimits = LIMITS): Promise<ErrorCode> {
  return (await refusal(file, limits)).code;
}

export interface Alignment {
  readonly correlation: number;
  /** Samples by which the second sound lags behind the first. */
  readonly lag: number;
}

/** The lag, up to 1500 samples either way, at which two sounds are most alike. */
export function align(wanted: Float32Array, got: Float32Array): Alignment {
  let best: Alignment = { correlation: -1, lag: 0 };
  for (let lag = -1500; lag <= 1500; lag++) {
    const correlation = correlate(wanted, got, lag);
    if (correlation > best.correlation) best = { correlation, lag };
  }
  return best;
}

function correlate(wanted: Float32Array, got: Float32Array, lag: number): number {
  let both = 0;
  let wantedEnergy = 0;
  let gotEnergy = 0;
  for (let at = Math.max(0, -lag); at < Math.min(wanted.length, got.length - lag); at++) {
    const a = wanted[at]!;
    const b = got[at + lag]!;
    both += a * b;
    wantedEnergy += a * a;
    gotEnergy += b * b;
  }
  return both / Math.sqrt(wantedEnergy * gotEnergy);
}

/** A plain 16-bit mono WAV of given samples. */
export function wavFile(samples: Int16Array, rateHz = 16_000): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(44 + 2 * samples.length);
  const view = new DataView(file.buffer);
  const text = (at: number, word: string) => file.set(Buffer.from(word), at);
  text(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, 2 * rateHz, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  for (const [at, sample] of samples.entries()) view.setInt16(44 + 2 * at, sample, true);
  return file;
}
