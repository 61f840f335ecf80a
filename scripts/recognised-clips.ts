import { readFileSync } from 'node:fs';
import { SPEECH_RATE_HZ } from '../src/audio/pcm.ts';
import { AppError, type PlainError } from '../src/contracts/errors.ts';
import type { Transcriber } from '../src/contracts/transcriber.ts';
import type { TranscribeOptions } from '../src/contracts/transcript.ts';
import { wordsForScoring } from '../src/evaluation/normalise.ts';
import type { Recognised } from '../src/evaluation/report.ts';
import type { ErrorCount } from '../src/evaluation/score.ts';
import { decodeAudio } from '../src/speech/formats/decode-audio.ts';
import type { Clip } from './clip-folder.ts';
import { CLEAN, type Condition } from './degrade/conditions.ts';
import { speechShapedNoise } from './degrade/noise.ts';
import { speechLevelDbfs } from './degrade/speech-level.ts';
import { wavBytes } from './wav-bytes.ts';

const DECODING_LIMITS = { maxBytes: 1024 * 1024 * 1024, maxSeconds: 4 * 3600 };
/** A quiet room in which nobody speaks, and how loud somebody would. */
const SILENCE = { pieces: 12, pieceSeconds: 10, roomDbfs: -60, speechDbfs: -26, seed: 2 } as const;

/** What became of a clip. */
export interface Outcome {
  readonly clip: Clip;
  readonly recognised?: Recognised;
  readonly model?: string;
  readonly error?: PlainError;
}

/**
 * Has a clip recognised as it sounds under a condition.
 *
 * @throws AppError as the recogniser does, but for what is wrong with the clip: the others are still worth their figures
 */
export async function recogniseClip(
  transcriber: Transcriber,
  clip: Clip,
  options: TranscribeOptions,
  condition: Condition,
): Promise<Outcome> {
  try {
    const file = await fileUnder(condition, clip);
    const startMs = performance.now();
    const transcript = await transcriber.transcribe({ file, options });
    const recognised = {
      reference: clip.spoken,
      hypothesis: transcript.text,
      audioSeconds: transcript.durationSeconds,
      processingSeconds: (performance.now() - startMs) / 1000,
    };
    return { clip, recognised, model: transcript.model };
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code.startsWith('AUDIO_')) return { clip, error: error.toPlain() };
    throw error;
  }
}

/** Words heard where nobody speaks, and the minutes in which they were, piece by piece. @throws AppError as the recogniser does */
export async function wordsInSilence(
  transcriber: Transcriber,
  options: TranscribeOptions,
  condition: Condition,
): Promise<readonly ErrorCount[]> {
  const { pieces, pieceSeconds, roomDbfs, speechDbfs, seed } = SILENCE;
  const room = speechShapedNoise(pieces * pieceSeconds * SPEECH_RATE_HZ, roomDbfs, seed);
  const heard = condition.apply(room, speechDbfs);
  const length = Math.floor(heard.length / pieces);
  const counts: ErrorCount[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const samples = heard.subarray(piece * length, (piece + 1) * length);
    const text = await textUnlessSilent(transcriber, samples, options);
    counts.push({ errors: wordsForScoring(text).length, words: samples.length / SPEECH_RATE_HZ / 60 });
  }
  return counts;
}

/** Sound too faint to be heard at all is refused, which is an answer, too: no words. */
async function textUnlessSilent(
  transcriber: Transcriber,
  samples: Float32Array,
  options: TranscribeOptions,
): Promise<string> {
  try {
    return (await transcriber.transcribe({ file: wavBytes(samples), options })).text;
  } catch (thrown) {
    if (AppError.from(thrown).code === 'AUDIO_SILENT') return '';
    throw thrown;
  }
}

async function fileUnder(condition: Condition, { path }: Clip): Promise<Uint8Array<ArrayBuffer>> {
  const file = new Uint8Array(readFileSync(path));
  if (condition === CLEAN) return file;
  const { samples } = await decodeAudio(file, DECODING_LIMITS);
  return wavBytes(condition.apply(samples, speechLevelDbfs(samples)));
}
