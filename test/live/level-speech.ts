import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import type { LiveCall } from '../../src/contracts/live-speech.ts';
import type { Utterance, UtteranceOptions } from '../../src/contracts/speech-messages.ts';
import type { Word } from '../../src/contracts/transcript.ts';
import { SimulatedSpeech } from './simulated-speech.ts';

/** Far enough apart that neither another rate nor 8-bit codes make one word another. */
const LEVEL_STEP = 2000;
/** What is shorter is the resampler swinging into a new level. */
const SHORTEST_SAMPLES = 400;

/** A word that is told by its loudness, 1 to 12, and the seconds that it fills. */
export interface LevelWord {
  readonly level: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Sound at any rate: a word is a constant, and all else is silence. */
export function plantLevels(words: readonly LevelWord[], seconds: number, rateHz: number): Int16Array {
  const samples = new Int16Array(Math.round(seconds * rateHz));
  for (const { level, startSeconds, endSeconds } of words) {
    samples.fill(level * LEVEL_STEP, Math.round(startSeconds * rateHz), Math.round(endSeconds * rateHz));
  }
  return samples;
}

/** A recogniser that hears words of any rate by their loudness. */
export class LevelSpeech extends SimulatedSpeech {
  override async recognise(samples: Float32Array, options: UtteranceOptions, call: LiveCall): Promise<Utterance> {
    const utterance = await super.recognise(samples, options, call);
    const words = levelsIn(samples);
    return { ...utterance, words, text: words.map(({ text }) => text).join(' ') };
  }
}

function levelsIn(samples: Float32Array): Word[] {
  const runs: { level: number; from: number; to: number }[] = [];
  for (const [at, sample] of samples.entries()) {
    const level = Math.round((sample * 32_768) / LEVEL_STEP);
    const last = runs.at(-1);
    if (last?.level === level) last.to = at + 1;
    else runs.push({ level, from: at, to: at + 1 });
  }
  return runs
    .filter(({ level, from, to }) => level > 0 && to - from >= SHORTEST_SAMPLES)
    .map(({ level, from, to }) => ({
      text: `l${level}`,
      startSeconds: from / SPEECH_RATE_HZ,
      endSeconds: to / SPEECH_RATE_HZ,
      probability: 0.5,
    }));
}
